"""Does a record that was sent back come again with an answer to each point, and changed?"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule

RETURN_UNANSWERED = Rule(
    "return_unanswered",
    "退回的每一条意见都有整改说明，才能再次报送",
    "answer_problems",
    basis=CENTRE,
    number="0-87",
)
RETURN_UNCHANGED = Rule(
    "return_unchanged",
    "退回后没有改动任何内容的，写明不改的理由，才能再次报送",
    "unchanged_problems",
    basis=CENTRE,
    number="0-88",
)

#: The longest part of a point that a message repeats.
_QUOTED = 30


def answer_problems(points: Mapping[int, str], answers: Mapping[int, str]) -> list[Problem]:
    """Return a problem for each point, by its serial, whose answer is missing or blank."""
    return [
        RETURN_UNANSWERED.broken(
            f"退回意见第{serial}条“{_quoted(text)}”还没有整改说明，请在这条记录的“整改”页填写，"
            "或单独办理这一条并在意见里写明（意见有几条，就写几行）",
            field="note",
        )
        for serial, text in points.items()
        if not answers.get(serial, "").strip()
    ]


def _quoted(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def unchanged_problems(changed: int, reason: str) -> list[Problem]:
    """Return the problem where no row was changed since the return, and no reason is given."""
    if changed or reason.strip():
        return []
    message = "退回后没有改动任何内容；确实不用改的，请在意见里另写一行理由"
    return [RETURN_UNCHANGED.broken(message, field="note")]
