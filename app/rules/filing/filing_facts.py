"""Which facts about a batch decide whether its filing would be sent back?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Severity
from app.rules.bodies.approved_scope import BodyFacts
from app.rules.commissions.authority import Authority
from app.rules.exam.exam_facts import Elsewhere, SessionFacts, Sitting
from app.rules.sign_up.roster import CandidateRow


@dataclass(frozen=True)
class HeadCount:
    """The number of candidates for one occupation, work type and level (a digit).

    ``rows`` are their serial numbers (序号), where known.
    """

    occupation: str
    work_type: str
    level: str
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class CommissionFacts:
    """The commission letter; ``in_force`` is False for drafts and revoked letters."""

    number: str
    in_force: bool
    issued_on: date | None
    valid_to: date | None = None
    authority: Authority | None = None


@dataclass(frozen=True)
class PlanFacts:
    """The plan and its announced period, if given; ``published_on`` None: not published.

    ``enterprise`` is the other enterprise for which it was made, if it is not the batch's.
    """

    published_on: date | None
    first: date | None = None
    last: date | None = None
    enterprise: str = ""


@dataclass(frozen=True)
class PaperFacts:
    """One exam paper. One that is not ``printed`` (机考) needs no printing agreement.

    ``level`` is a digit; ``copies`` is the number printed.
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
    """Whether the enterprise has checked the applicants and the body has approved them."""

    checked: bool
    approved: bool


@dataclass(frozen=True)
class Double:
    """A candidate (``row``) who is on the roster of another batch with overlapping exam days.

    ``batch`` is how to name that batch to this user; ``sittings`` are those of the person's group
    there.
    """

    row: int
    batch: str
    severity: Severity
    first: date
    last: date
    sittings: Sequence[Sitting] = ()


@dataclass(frozen=True)
class Demand:
    """A kind of material that this filing must include.

    ``without`` are serial numbers of candidates who have none, where each must have one; it is
    empty for a requirement on the batch as a whole, which ``met`` decides.
    """

    name: str
    kind_name: str
    severity: Severity
    clause: str
    met: bool
    without: tuple[int, ...] = ()


@dataclass(frozen=True)
class SiteFacts:
    """An exam site of the body, its number of seats (0: not recorded) and its city ('': unknown).

    ``city`` is as ``app.rules.reference.city.city_of`` gives it.
    """

    name: str
    capacity: int
    city: str = ""


@dataclass(frozen=True)
class StaffingNorm:
    """How many must examine an occupation, or ('') any occupation without a norm of its own.

    ``severity`` applies where there are too few. Ratios are candidates per person, 0: no limit.
    ``own_employer`` None admits assessors of the candidates' own employer; ``supervisor_rooms`` 0
    lets a supervisor watch all rooms of a batch.
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
    """A batch on its submission date, as plain values.

    ``submitted_on`` is today until it has been submitted. ``exam_first`` and ``exam_last`` are
    the declared exam days (``exam_last`` None: one day only). ``commissioned`` says that the
    candidates are staff of the ``enterprise`` that commissioned the body. ``promise`` and
    ``complaint_phone`` are what was made public. ``late_exception`` is the text of a centre's
    permission to submit late, or ''. ``own_staff`` says that an employer evaluates its own staff.
    ``people`` are the candidates one by one, levels as digits; ``roster`` counts them.
    ``city`` is that of the place of evaluation, or '' where it was not recorded.
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
    city: str = ""

    @property
    def exam_days(self) -> list[date]:
        """All exam days, declared and arranged, sorted."""
        declared = [day for day in (self.exam_first, self.exam_last) if day is not None]
        return sorted({*declared, *self.arranged_days})

    @property
    def arranged_days(self) -> list[date]:
        """All days named in the arrangement, of sessions or of their papers, sorted."""
        days = {one.day for one in self.sessions if one.day is not None}
        papers = (paper.start for one in self.sessions for paper in one.sittings)
        return sorted(days | {start.date() for start in papers if start is not None})
