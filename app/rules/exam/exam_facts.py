"""What must be known of an examination: when and where it is held, and before whom?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from app.core.errors import Severity

Part = Literal["theory", "practical"]
PART_NAMES: dict[Part, str] = {"theory": "理论考试", "practical": "实操考试"}
#: What a sitting without a written end lasts at the least.
SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True)
class Sitting:
    """The theory or the practical part of a session; what is not written is None or empty."""

    part: Part
    start: datetime | None = None
    end: datetime | None = None
    place: str = ""
    form: str = ""

    def meets(self, other: Sitting) -> bool:
        """Whether the two go on at one time; never where a beginning is not written."""
        if self.start is None or other.start is None:
            return False
        return self.start < other.until and other.start < self.until

    @property
    def until(self) -> datetime:
        """The end; where it is not written, a moment after the beginning."""
        if self.start is None:
            raise ValueError("a sitting without a beginning has no end")
        later = self.end is not None and self.end > self.start
        return self.end if later and self.end is not None else self.start + SHORTEST


@dataclass(frozen=True)
class Card:
    """An assessor or a supervisor; ``occupations`` are those of an assessor's card."""

    key: int
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    employer: str = ""
    occupations: frozenset[str] = frozenset()

    def valid_on(self, day: date | None) -> bool:
        """Whether the card is in force on that day; a day not yet known is not held against it."""
        if day is None:
            return True
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class SessionFacts:
    """One row of the exam arrangement.

    ``level`` is a digit, ``row`` the serial number (序号), ``invigilators`` how many watch the
    theory paper: the form of the notice has no such column, None says that nobody wrote it down.
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
        """That part of the session; None where it has none."""
        return next((one for one in self.sittings if one.part == part), None)


@dataclass(frozen=True)
class Elsewhere:
    """A session of another batch on the same days.

    ``batch`` is how it may be called before this user, without its number where that is not to
    be known; ``severity`` follows from how far the two batches are; ``same_body`` tells whether
    equal words mean the same room.
    """

    batch: str
    severity: Severity
    same_body: bool
    session: SessionFacts


def rows_of(sessions: Iterable[SessionFacts]) -> tuple[int, ...]:
    """The serial numbers of sessions, in order, each once."""
    return tuple(sorted({one.row for one in sessions if one.row is not None}))
