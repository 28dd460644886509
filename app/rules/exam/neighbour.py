"""What does it weigh that another batch wants the same person or place at one time?"""

from __future__ import annotations

from typing import Literal

from app.core.errors import Severity

#: ``open``: still being prepared; ``sent``: sent in, until its exam is over; ``held``: examined.
Standing = Literal["open", "sent", "held"]


def weight(mine: Standing, other: Standing, *, same_body: bool) -> Severity | None:
    """An error, a warning, or None where the other batch has to give way.

    Who has sent in comes first: a batch that is only being prepared does not stop one that was
    sent in, nor that of another body. Exams that are over are a warning, since nothing can be
    moved any more.
    """
    if other == "held":
        return "warning"
    if other == "sent":
        return "warning" if mine == "held" else "error"
    if mine != "open":
        return None
    return "error" if same_body else "warning"
