"""May a batch or a body be suspended because of an inspection?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import Rule

NOT_TO_BE_SUSPENDED = Rule(
    "not_to_be_suspended",
    "督导中发现问题的，只暂停还在办理的批次、已备案的机构",
    "suspension_problems",
    clause="流程六",
    number="6-28",
)


def suspension_problems(what: str, state: str, *, may_leave: bool) -> list[Problem]:
    """Object where ``what`` cannot be suspended in the state with that label."""
    if may_leave:
        return []
    return [NOT_TO_BE_SUSPENDED.broken(f"{what}现在是“{state}”，不能暂停")]
