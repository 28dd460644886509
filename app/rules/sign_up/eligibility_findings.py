"""Which problems of eligibility does a roster have, grouped by reason?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.errors import Problem
from app.core.rule import Rule
from app.rules.sign_up.eligibility_verdict import Verdict

ELIGIBILITY_NONE = Rule(
    "eligibility_none",
    "参评人员至少符合一条报名日施行的国家职业技能标准申报条件",
    "eligibility_problems",
    clause="流程三",
    remedy="核对年限、现有证书和学历；确实不符合的，改报较低的等级或从名册删去",
    number="3-01",
)
ELIGIBILITY_UNKNOWN = Rule(
    "eligibility_unknown",
    "参评人员符合申报条件有据可查；现有资料不能确定的，指明还需要什么",
    "eligibility_problems",
    clause="流程三",
    severity="warning",
    remedy="补登取证时间、学历、专业、职称等情况，或收取所列材料备查",
    number="3-02",
)
INSURANCE_EVIDENCE_MISSING = Rule(
    "insurance_evidence_missing",
    "参加社会培训评价组织评价、凭工作年限申报的，有社保证明",
    "insurance_problems",
    clause="流程三",
    basis="通知第二条",
    remedy="在“报名资料”里上传社保证明：整批一份，或每人一份",
    number="3-03",
)

_ROWS_SHOWN = 10


@dataclass(frozen=True)
class Case:
    """One candidate: the serial number (序号) on the roster and the verdict.

    ``insured`` says that the materials include evidence of social insurance.
    """

    row: int
    verdict: Verdict
    insured: bool = False


def eligibility_problems(cases: Iterable[Case]) -> list[Problem]:
    """Return one problem per reason with the rows to which it applies; errors first."""
    none: dict[str, list[int]] = {}
    unknown: dict[str, list[int]] = {}
    for case in cases:
        if case.verdict.answer == "none":
            none.setdefault(_reason(case.verdict), []).append(case.row)
        elif case.verdict.answer == "unknown":
            unknown.setdefault(_needed(case.verdict), []).append(case.row)
    return [
        *(
            ELIGIBILITY_NONE.broken(_named(rows) + text, field="level", rows=rows)
            for text, rows in none.items()
        ),
        *(
            ELIGIBILITY_UNKNOWN.broken(_named(rows) + text, field="level", rows=rows)
            for text, rows in unknown.items()
        ),
    ]


def insurance_problems(cases: Iterable[Case], *, trainer: bool) -> list[Problem]:
    """Object to candidates applying by years of work alone without evidence of insurance.

    Applies to bodies of the kind 社会培训评价组织 (``trainer``) only.
    """
    rows = [
        case.row
        for case in cases
        if trainer
        and not case.insured
        and case.verdict.route is not None
        and case.verdict.route.route.insurance
    ]
    if not rows:
        return []
    message = f"{_named(rows)}依工作年限直接申报，尚无社保证明"
    return [INSURANCE_EVIDENCE_MISSING.broken(message, field="materials", rows=rows)]


def _reason(verdict: Verdict) -> str:
    reasons = "；".join(f"{one.route.name}：{'，'.join(one.reasons)}" for one in verdict.routes)
    return f"申报{verdict.level}，{_edition(verdict)}的申报条件都不符合（{reasons}）"


def _needed(verdict: Verdict) -> str:
    if not verdict.routes:
        return verdict.sentence.removesuffix("。")
    ways = "；".join(f"{one.route.name}：{'、'.join(one.evidence)}" for one in verdict.open_routes)
    return (
        f"申报{verdict.level}，凭现有资料不能确定是否符合{_edition(verdict)}的申报条件，"
        f"需要下列之一——{ways}"
    )


def _edition(verdict: Verdict) -> str:
    return verdict.routes[0].route.edition


def _named(rows: Sequence[int]) -> str:
    shown = "、".join(str(row) for row in rows[:_ROWS_SHOWN])
    more = f"等{len(rows)}人" if len(rows) > _ROWS_SHOWN else ""
    return f"名册序号{shown}{more}："
