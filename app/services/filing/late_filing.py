"""May this batch be submitted late, who permitted it and why?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core import clock, scope
from app.core.errors import Problem
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Batch, Centre
from app.roles import OF_CENTRE
from app.rules.filing.submission import (
    exception_problems,
    own_exception_problems,
    revocation_problems,
    submission_problems,
)
from app.services.reference.terms import calendar, terms


@dataclass(frozen=True)
class FilingException:
    """A centre's permission to submit one batch late, valid for the exam date it then had."""

    by: str
    by_id: int | None
    on: date
    reason: str
    exam_date: date

    @property
    def text(self) -> str:
        """The permission as the filing tables print it."""
        return f"经{self.by} {self.on} 批准逾期报送：{self.reason}"


def filing_exception_of(session: AnySession, batch: Batch) -> FilingException | None:
    """Return the permission in force for the batch; None once its exam date has changed."""
    if batch.late_on is None or batch.late_exam != batch.exam_date:
        return None
    return FilingException(
        batch.late_by, batch.late_by_id, batch.late_on, batch.late_reason, batch.late_exam
    )


def void_exception(batch: Batch) -> str:
    """Say why a permission has lapsed; empty where none was given or it is still in force."""
    if batch.late_on is None or batch.late_exam == batch.exam_date:
        return ""
    return (
        f"{batch.late_on} 批准的逾期报送只对认定日期 {batch.late_exam} 有效；"
        f"认定日期已改为 {batch.exam_date}，批准失效，仍来不及的须重新批准"
    )


def allowing_problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with permitting today that the batch be submitted late."""
    excepted = filing_exception_of(session, batch) is not None
    return exception_problems(
        clock.today(), batch.exam_date, calendar(session), terms(), excepted=excepted
    )


def revoking_problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with revoking the permission."""
    return revocation_problems(given=batch.late_on is not None)


def idle_moves(session: AnySession, batch: Batch) -> frozenset[str]:
    """Return the late-filing moves that would be refused now, for pages to leave out."""
    found = set()
    if allowing_problems(session, batch):
        found.add("allow_late")
    if revoking_problems(session, batch):
        found.add("revoke_late")
    return frozenset(found)


def sending_problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problem with submitting late on a permission that the submitter gave."""
    given = filing_exception_of(session, batch)
    if given is None or given.by_id is None:
        return []
    days = submission_problems(clock.today(), batch.exam_date, calendar(session), terms())
    # Who permits must not be who submits: the province may do both, but not for one batch.
    own = given.by_id == scope.actor_of(session).id
    return own_exception_problems(late=bool(days), by_submitter=own)


def allow(session: AnySession, actor: Actor, batch: Batch, reason: str) -> None:
    """Record on the batch that ``actor`` permits its late submission, for ``reason``."""
    key = actor.key_at(OF_CENTRE)
    centre = session.get(Centre, key) if key else None
    batch.late_reason, batch.late_exam = reason.strip(), batch.exam_date
    batch.late_on, batch.late_by_id = clock.today(), actor.id
    batch.late_by = f"{centre.name if centre is not None else ''} {actor.name}".strip()


def revoke(batch: Batch) -> None:
    """Clear the permission from the batch; the change history still shows it."""
    batch.late_reason, batch.late_by = "", ""
    batch.late_exam = batch.late_on = batch.late_by_id = None
