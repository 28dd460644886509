"""Does a move come with the reason that it asks for?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule

NOTE_MISSING = Rule(
    "note_missing", "退回、撤回、暂停等步骤写明理由", "note_problems", basis=CENTRE, number="0-10"
)


def note_problems(move: str, note: str, *, required: bool) -> list[Problem]:
    """An objection to a move of that label without a reason, where one is required."""
    if not required or note.strip():
        return []
    return [NOTE_MISSING.broken(f"“{move}”必须写明理由", field="note")]
