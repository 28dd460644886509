"""How severe is it that another batch needs the same person or place at the same time?"""

from __future__ import annotations

from typing import Literal

from app.core.errors import Severity

#: ``open``: in preparation; ``sent``: submitted, exam not over; ``held``: exam over.
Standing = Literal["open", "sent", "held"]


def weight(mine: Standing, other: Standing, *, same_body: bool) -> Severity | None:
    """Return the severity, or None where the other batch has to give way.

    A submitted batch comes first: one in preparation does not block it, nor one of another body.
    Exams that are over give a warning, since they can no longer be moved.
    """
    if other == "held":
        return "warning"
    if other == "sent":
        return "warning" if mine == "held" else "error"
    if mine != "open":
        return None
    return "error" if same_body else "warning"
