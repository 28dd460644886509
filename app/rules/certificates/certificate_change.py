"""May a certificate be corrected, reissued or voided as applied for?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.rules.reference.identity import identity_problems

CHANGE_STATE = Rule(
    "change_state",
    "只有已核发且未作废的证书可以更正、补发；作废的证书不再变更",
    "change_problems",
    basis=INFERRED,
    number="0-18",
)
CHANGE_PENDING = Rule(
    "change_pending",
    "一本证书同一时间只有一项变更在办理",
    "change_problems",
    basis=CENTRE,
    number="0-19",
)
CHANGE_REASON = Rule(
    "change_reason",
    "变更原因与变更种类相符",
    "change_problems",
    basis=CENTRE,
    number="0-20",
)
CHANGE_EVIDENCE = Rule(
    "change_evidence",
    "提交变更申请须附证明材料",
    "change_problems",
    basis=CENTRE,
    number="0-21",
)
CHANGE_CONTENT = Rule(
    "change_content",
    "更正须写明与原来不同的内容；补发、作废不改内容；等级、年份和编号不能更正",
    "content_problems",
    basis=INFERRED,
    number="0-22",
)
CHANGE_IDENTITY = Rule(
    "change_identity",
    "更正后的证件号码符合其证件类型的规则，同批次中没有另一人使用",
    "content_problems",
    basis="GB 11643",
    number="0-23",
)
CHANGE_OCCUPATION = Rule(
    "change_occupation",
    "更正后的工种属于更正后的职业",
    "content_problems",
    basis=INFERRED,
    number="0-24",
)

#: Kind of change → the reasons that it admits.
REASONS: Mapping[str, frozenset[str]] = {
    "correct": frozenset({"entry_error", "renamed", "renumbered"}),
    "reissue": frozenset({"lost", "damaged"}),
    "void": frozenset({"issued_wrongly", "violation", "fraud", "surrendered"}),
}
#: Kind of change → the states of a certificate that admit it.
STATES: Mapping[str, frozenset[str]] = {
    "correct": frozenset({"valid", "corrected", "reissued"}),
    "reissue": frozenset({"valid", "corrected", "reissued"}),
    "void": frozenset({"reserved", "valid", "corrected", "reissued"}),
}
TITLES = {"correct": "更正", "reissue": "补发", "void": "作废"}


@dataclass(frozen=True)
class ChangeFacts:
    """An application: its kind and reason, the certificate's state, and the new values.

    ``before`` and ``after`` map holder, gender, document_kind, id_number, occupation and
    work_type to values; '' in ``after`` means unchanged. ``pending`` is the number of another open
    application. ``id_taken`` says that another candidate has the new number, ``work_type_fits``
    that the work type belongs to the occupation after the change.
    """

    kind: str
    reason: str
    standing: str
    standing_label: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    pending: str = ""
    evidence: bool = True
    id_taken: bool = False
    work_type_fits: bool = True


def change_problems(facts: ChangeFacts) -> list[Problem]:
    """Return the problems with the application apart from the new values themselves."""
    title, found = TITLES[facts.kind], []
    if facts.standing not in STATES[facts.kind]:
        message = f"证书现在是“{facts.standing_label}”，不能{title}"
        found.append(CHANGE_STATE.broken(message, field="certificate"))
    if facts.pending:
        message = f"这本证书的变更 {facts.pending} 正在办理，请等它办结后再申请"
        found.append(CHANGE_PENDING.broken(message, field="certificate"))
    if facts.reason not in REASONS[facts.kind]:
        message = f"所选的变更原因不是{title}的原因，请重新选择"
        found.append(CHANGE_REASON.broken(message, field="reason"))
    if not facts.evidence:
        message = f"申请{title}须附证明材料，请点“编辑”上传后再提交"
        found.append(CHANGE_EVIDENCE.broken(message, field="file"))
    return found


def content_problems(facts: ChangeFacts) -> list[Problem]:
    """Return the problems with the new values."""
    given = {name: value for name, value in facts.after.items() if value}
    if facts.kind != "correct":
        if not given:
            return []
        message = f"{TITLES[facts.kind]}不改证书内容，请清空更正后的各项"
        return [CHANGE_CONTENT.broken(message, field=f"new_{next(iter(given))}")]
    if all(facts.before[name] == value for name, value in given.items()):
        message = "没有写明更正的内容，请至少填写一项与原来不同的"
        return [CHANGE_CONTENT.broken(message, field="new_holder")]
    return [*_identity(facts, given), *_occupation(facts)]


def _identity(facts: ChangeFacts, given: Mapping[str, str]) -> list[Problem]:
    if not {"id_number", "document_kind"} & set(given):
        return []
    after = {**facts.before, **given}
    found = [
        CHANGE_IDENTITY.broken(one.message, field="new_id_number")
        for one in identity_problems(after["id_number"], kind=after["document_kind"])
        if one.severity == "error"
    ]
    if facts.id_taken:
        message = "更正后的证件号码是同批次另一名参评人员的，请核对"
        found.append(CHANGE_IDENTITY.broken(message, field="new_id_number"))
    return found


def _occupation(facts: ChangeFacts) -> list[Problem]:
    if facts.work_type_fits:
        return []
    message = "更正后的工种不属于更正后的职业，请把职业和工种一起填对"
    return [CHANGE_OCCUPATION.broken(message, field="new_work_type")]
