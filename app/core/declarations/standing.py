"""How does a day that is to be kept stand today? The product says what its deadlines mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Standing(NamedTuple):
    """What is said of a day to be kept, and in which colour."""

    text: str
    colour: str


def _plain(due: date, _what: str | None, today: date) -> Standing:
    days = (due - today).days
    if days < 0:
        return Standing(f"已过 {-days} 天", "red")
    return Standing(
        "今天到期" if days == 0 else f"还有 {days} 天", "orange" if days < 3 else "blue"
    )


Judge = Callable[[date, str | None, date], Standing]
_judges: list[Judge] = [_plain]


def declare(judge: Judge) -> None:
    """Let ``judge`` say how a day stands, given what it is the day of, and today."""
    _judges[:] = [judge]


def standing_of(due: date, what: str | None, today: date) -> Standing:
    """How the day stands."""
    return _judges[0](due, what, today)
