"""Does each examiner's name in an arrangement identify one person with a valid card?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import shown_day

Fault = Literal["unknown", "expired", "ambiguous"]
Kind = Literal["assessor", "supervisor"]

ASSESSOR_UNKNOWN = Rule(
    "assessor_unknown",
    "考务安排中的考评员已登记",
    "name_problems",
    clause="流程六",
    basis=INFERRED,
    number="6-05",
)
ASSESSOR_EXPIRED = Rule(
    "assessor_expired",
    "导入考务安排时，考评员的证件在考试日有效",
    "name_problems",
    clause="流程六",
    basis=INFERRED,
    number="6-06",
)
ASSESSOR_AMBIGUOUS = Rule(
    "assessor_ambiguous",
    "考务安排中的考评员姓名只指一个人",
    "name_problems",
    clause="流程六",
    basis=INFERRED,
    number="6-07",
)
SUPERVISOR_UNKNOWN = Rule(
    "supervisor_unknown",
    "考务安排中的督导员已登记",
    "name_problems",
    clause="流程六",
    basis=INFERRED,
    number="6-08",
)
SUPERVISOR_EXPIRED = Rule(
    "supervisor_expired",
    "导入考务安排时，督导员的证件在考试日有效",
    "name_problems",
    clause="流程六",
    basis=INFERRED,
    number="6-09",
)
SUPERVISOR_AMBIGUOUS = Rule(
    "supervisor_ambiguous",
    "考务安排中的督导员姓名只指一个人",
    "name_problems",
    clause="流程六",
    basis=INFERRED,
    number="6-10",
)
_RULES: dict[tuple[Kind, Fault], Rule] = {
    ("assessor", "unknown"): ASSESSOR_UNKNOWN,
    ("assessor", "expired"): ASSESSOR_EXPIRED,
    ("assessor", "ambiguous"): ASSESSOR_AMBIGUOUS,
    ("supervisor", "unknown"): SUPERVISOR_UNKNOWN,
    ("supervisor", "expired"): SUPERVISOR_EXPIRED,
    ("supervisor", "ambiguous"): SUPERVISOR_AMBIGUOUS,
}
_LABELS: dict[Kind, str] = {"assessor": "考评员", "supervisor": "督导员"}


def fault_of(registered: int, valid: int) -> Fault | None:
    """Return the fault of a name, or None.

    ``registered`` people have the name, ``valid`` of them with a card valid on the exam day.
    """
    if valid == 1:
        return None
    return "ambiguous" if valid else "expired" if registered else "unknown"


def name_problems(
    kind: Kind, fault: Fault, names: Sequence[str], day: date | None, field: str
) -> list[Problem]:
    """Return one problem with all names of a cell with the same fault; ``day`` is the exam day."""
    if not names:
        return []
    label = _LABELS[kind]
    who = f"{label}“{'”、“'.join(names)}”"
    if fault == "unknown":
        message = f"{who}没有登记，请先在“{label}”中登记后再导入，或改正姓名"
    elif fault == "expired":
        on = shown_day(day) if day else "考试日"
        message = f"{who}的证件在{on}不在有效期内，请更新“{label}”中的有效期或换人"
    else:
        message = f"{who}有多名同名人员，分不清是哪一位，请在“考务安排”中手工录入这一场"
    return [_RULES[kind, fault].broken(message, field=field)]
