"""What must be known of a batch to say whether its filing would be sent back?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.scope import BodyFacts


@dataclass(frozen=True)
class HeadCount:
    """So many candidates of the roster for one occupation, work type and level (a digit)."""

    occupation: str
    work_type: str
    level: str
    count: int


@dataclass(frozen=True)
class SessionFacts:
    """One row of the exam arrangement; ``level`` is a digit, ``row`` the number staff see."""

    day: date | None
    occupation: str
    work_type: str
    level: str
    count: int
    supervisors: Sequence[str] = ()
    row: int | None = None


@dataclass(frozen=True)
class CommissionFacts:
    """The commission letter; ``in_force`` is False for drafts and for revoked ones."""

    number: str
    in_force: bool
    issued_on: date | None
    valid_to: date | None = None


@dataclass(frozen=True)
class PaperFacts:
    """One exam paper. A paper that is not ``printed`` (机考) needs no printing agreement."""

    title: str
    source: str
    printed: bool
    printer: str = ""
    agreement_from: date | None = None
    agreement_to: date | None = None


@dataclass(frozen=True)
class FilingFacts:
    """A batch on the day of its submission, as plain values.

    ``submitted_on`` is today until it has been submitted. ``exam_first`` and ``exam_last`` are
    the days declared for the batch (``exam_last`` None: not declared). ``commissioned`` says that
    the candidates are another enterprise's staff. ``promise`` and ``complaint_phone`` are what was
    made public. ``late_exception`` is the reason for which a centre admits a late filing.
    """

    submitted_on: date
    exam_first: date | None
    exam_last: date | None
    body: BodyFacts
    roster: Sequence[HeadCount]
    sessions: Sequence[SessionFacts]
    plan_published_on: date | None
    commissioned: bool
    commission: CommissionFacts | None
    papers: Sequence[PaperFacts]
    promise: str
    complaint_phone: str
    late_exception: str = ""

    @property
    def exam_days(self) -> list[date]:
        """Every day on which the batch examines, as declared and as arranged, in order."""
        declared = [day for day in (self.exam_first, self.exam_last) if day is not None]
        return sorted({*declared, *(s.day for s in self.sessions if s.day is not None)})
