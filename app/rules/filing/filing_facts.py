"""What must be known of a batch to say whether its filing would be sent back?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Severity
from app.rules.bodies.approved_scope import BodyFacts
from app.rules.exam.exam_facts import Elsewhere, SessionFacts, Sitting
from app.rules.sign_up.roster import CandidateRow


@dataclass(frozen=True)
class HeadCount:
    """So many candidates of the roster for one occupation, work type and level (a digit).

    ``rows`` are their serial numbers (序号), where they are known.
    """

    occupation: str
    work_type: str
    level: str
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class CommissionFacts:
    """The commission letter; ``in_force`` is False for drafts and for revoked ones."""

    number: str
    in_force: bool
    issued_on: date | None
    valid_to: date | None = None


@dataclass(frozen=True)
class PlanFacts:
    """The plan; ``published_on`` None: not public. The days bound what it announces, if written."""

    published_on: date | None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class PaperFacts:
    """One exam paper. A paper that is not ``printed`` (机考) needs no printing agreement.

    ``level`` is a digit; ``copies`` counts what is printed.
    """

    title: str
    source: str
    printed: bool
    printer: str = ""
    agreement_from: date | None = None
    agreement_to: date | None = None
    work_type: str = ""
    level: str = ""
    copies: int = 0


@dataclass(frozen=True)
class SignUp:
    """Whether the enterprise has checked who signed up, and whether the body has approved it."""

    checked: bool
    approved: bool


@dataclass(frozen=True)
class Double:
    """A candidate (``row``) who stands on the roster of another batch whose days overlap.

    ``batch`` is how that batch may be called before this user, ``sittings`` are those of the
    group in which the person sits there.
    """

    row: int
    batch: str
    severity: Severity
    first: date
    last: date
    sittings: Sequence[Sitting] = ()


@dataclass(frozen=True)
class Demand:
    """A kind of material that this filing must carry; ``kind`` is the code, ``name`` its words.

    ``lacking`` are the serial numbers of those who have handed in none, where each must; a demand
    on the batch as a whole has none and is met or not by ``met``.
    """

    name: str
    kind_name: str
    severity: Severity
    clause: str
    met: bool
    lacking: tuple[int, ...] = ()


@dataclass(frozen=True)
class SiteFacts:
    """An exam site of the body with the number of seats (0: not written)."""

    name: str
    capacity: int


@dataclass(frozen=True)
class StaffingNorm:
    """How many must examine, for an occupation or ('') for all without a norm of their own.

    ``severity`` is what too few weigh. Ratios are candidates to one person, 0 for no bound;
    ``own_employer`` None admits assessors of the candidates' own employer; ``supervisor_rooms`` 0
    lets a supervisor walk between all rooms of a batch.
    """

    occupation: str = ""
    severity: Severity = "warning"
    theory_ratio: int = 15
    theory_least: int = 2
    practical_least: int = 3
    practical_ratio: int = 0
    practical_odd: bool = True
    review_least: int = 3
    review_odd: bool = True
    own_employer: Severity | None = "warning"
    supervisor_rooms: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class FilingFacts:
    """A batch on the day of its submission, as plain values.

    ``submitted_on`` is today until it has been submitted. ``exam_first`` and ``exam_last`` are
    the days declared for the batch (``exam_last`` None: one day only). ``commissioned`` says that
    the candidates are staff of the ``enterprise`` that commissioned the body. ``promise`` and
    ``complaint_phone`` are what was made public. ``late_exception`` is the reason for which a
    centre admits a late filing. ``own_staff`` says that an employer evaluates its own staff.
    ``people`` are the candidates one by one, levels as digits; ``roster`` counts them.
    """

    submitted_on: date
    exam_first: date | None
    exam_last: date | None
    body: BodyFacts
    roster: Sequence[HeadCount]
    sessions: Sequence[SessionFacts]
    plan: PlanFacts
    commissioned: bool
    commission: CommissionFacts | None
    papers: Sequence[PaperFacts]
    promise: str
    complaint_phone: str
    late_exception: str = ""
    enterprise: str = ""
    own_staff: bool = False
    sign_up: SignUp = SignUp(checked=True, approved=True)
    people: Sequence[CandidateRow] = ()
    doubles: Sequence[Double] = ()
    certified: Sequence[int] = ()
    demands: Sequence[Demand] = ()
    elsewhere: Sequence[Elsewhere] = ()
    staffing: Sequence[StaffingNorm] = (StaffingNorm(),)
    sites: Sequence[SiteFacts] = ()

    @property
    def exam_days(self) -> list[date]:
        """Every day on which the batch examines, as declared and as arranged, in order."""
        declared = [day for day in (self.exam_first, self.exam_last) if day is not None]
        return sorted({*declared, *self.arranged_days})

    @property
    def arranged_days(self) -> list[date]:
        """Every day that the arrangement names: of a session, or of one of its papers; in order."""
        days = {one.day for one in self.sessions if one.day is not None}
        papers = (paper.start for one in self.sessions for paper in one.sittings)
        return sorted(days | {start.date() for start in papers if start is not None})
