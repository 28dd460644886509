"""Does a move come with the note that it requires?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule

NOTE_MISSING = Rule(
    "note_missing", "退回、终止、暂停等步骤写明理由", "note_problems", basis=CENTRE, number="0-10"
)


def note_problems(move: str, note: str, *, required: bool) -> list[Problem]:
    """Return the problem if a note is required but blank; ``move`` is the move's label."""
    if not required or note.strip():
        return []
    return [NOTE_MISSING.broken(f"“{move}”必须写明理由", field="note")]
