"""Does a work type belong to the occupation that stands beside it?"""

from __future__ import annotations

from app.core.errors import Problem
from app.models import WorkType


def work_type_problems(work_type: WorkType, occupation_id: int) -> list[Problem]:
    """An objection where it belongs to another one."""
    if work_type.occupation_id == occupation_id:
        return []
    message = f"工种“{work_type.name}”不属于所选职业，请重新选择"
    return [Problem("work_type_of_other_occupation", message, field="work_type")]
