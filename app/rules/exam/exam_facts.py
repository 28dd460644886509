"""Which facts about an exam session do the rules need: when, where and with whom?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from app.core.errors import Severity

Part = Literal["theory", "practical"]
PART_NAMES: dict[Part, str] = {"theory": "理论考试", "practical": "实操考试"}
#: Assumed length of a sitting without an end time, so that equal starts overlap.
SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True)
class Sitting:
    """The theory or practical part of a session; unknown times are None, other fields ''."""

    part: Part
    start: datetime | None = None
    end: datetime | None = None
    place: str = ""
    form: str = ""

    def meets(self, other: Sitting) -> bool:
        """Return whether the two overlap in time; never if a start time is missing."""
        if self.start is None or other.start is None:
            return False
        return self.start < other.until and other.start < self.until

    @property
    def until(self) -> datetime:
        """The end, or shortly after the start where the end is missing or not later."""
        if self.start is None:
            raise ValueError("a sitting without a beginning has no end")
        later = self.end is not None and self.end > self.start
        return self.end if later and self.end is not None else self.start + SHORTEST


@dataclass(frozen=True)
class Card:
    """The card of an assessor or supervisor; ``occupations`` are those on an assessor's card."""

    key: int
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    employer: str = ""
    occupations: frozenset[str] = frozenset()

    def valid_on(self, day: date | None) -> bool:
        """Return whether the card is valid on ``day``; always where the day is not known yet."""
        if day is None:
            return True
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class SessionFacts:
    """One row of the exam arrangement.

    ``level`` is a digit, ``row`` the serial number (序号), ``invigilators`` the number of
    invigilators in the theory paper; None: not recorded, as the notice's form has no such column.
    """

    day: date | None
    occupation: str
    work_type: str
    level: str
    count: int
    supervisors: Sequence[Card] = ()
    row: int | None = None
    assessors: Sequence[Card] = ()
    sittings: Sequence[Sitting] = ()
    invigilators: int | None = None

    def of_part(self, part: Part) -> Sitting | None:
        """Return that part of the session, or None."""
        return next((one for one in self.sittings if one.part == part), None)


@dataclass(frozen=True)
class Elsewhere:
    """A session of another batch on the same days.

    ``batch`` is how to name it to this user, without the number if it is out of scope. ``severity``
    follows from the states of both batches. ``same_body``: equal room names mean the same room.
    """

    batch: str
    severity: Severity
    same_body: bool
    session: SessionFacts


def rows_of(sessions: Iterable[SessionFacts]) -> tuple[int, ...]:
    """Return the distinct serial numbers of the sessions, sorted."""
    return tuple(sorted({one.row for one in sessions if one.row is not None}))
