"""How urgent is a deadline today, and how is that shown?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Standing(NamedTuple):
    """The text and the colour that describe a deadline today."""

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
    """Have ``judge`` describe deadlines, given the day, what it is for, and today."""
    _judges[:] = [judge]


def standing_of(due: date, what: str | None, today: date) -> Standing:
    """Return the description of the deadline ``due`` as of ``today``."""
    return _judges[0](due, what, today)
