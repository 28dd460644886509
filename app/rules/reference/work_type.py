"""Does a work type belong to the occupation given with it?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import Rule

WORK_TYPE_OF_OTHER_OCCUPATION = Rule(
    "work_type_of_other_occupation",
    "所选工种属于所选职业",
    "belonging_problems",
    basis="国家职业分类大典",
    number="0-68",
)


def belonging_problems(work_type: str, belongs_to: int, occupation: int) -> list[Problem]:
    """Object where the work type belongs to an occupation (id) other than the chosen one."""
    if belongs_to == occupation:
        return []
    message = f"工种“{work_type}”不属于所选职业，请重新选择"
    return [WORK_TYPE_OF_OTHER_OCCUPATION.broken(message, field="work_type")]
