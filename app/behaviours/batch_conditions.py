"""What is asked before a batch moves, and what follows from it?"""

from __future__ import annotations

from datetime import date

from app.behaviours.archive import index_files
from app.behaviours.results import begin_publicity, received
from app.core import clock
from app.core.errors import Problem
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import Batch, Objection, Publicity
from app.rules.bodies.approved_scope import body_problems
from app.rules.exam.sessions import beginning_problems
from app.rules.results.publicity import (
    open_objection_problems,
    publicity_begin_problems,
    publicity_period_problems,
)
from app.rules.results.results import results_submission_problems, unscored_problems
from app.services.certificates import certificates, number_rules
from app.services.filing import filing, late_filing
from app.services.publicities import publicity_of
from app.services.reference.terms import calendar, terms
from app.services.results import scoring
from app.services.supervision import supervision


def submitting(session: AnySession, batch: Batch) -> list[Problem]:
    """Everything that a filing lacks, and a leave that the sender gave themselves."""
    return [*filing.problems(session, batch), *late_filing.sending_problems(session, batch)]


def body_stopped(session: AnySession, batch: Batch) -> list[Problem]:
    """A body that was suspended or ran out after the filing examines nobody."""
    days = [batch.exam_date, batch.exam_end or batch.exam_date]
    return body_problems(filing.body_facts(batch.body), days)


def beginning_exam(session: AnySession, batch: Batch) -> list[Problem]:
    """A body that may not examine, and a day that has not come."""
    return body_stopped(session, batch) + beginning_problems(clock.today(), batch.exam_date)


def unscored(session: AnySession, batch: Batch) -> list[Problem]:
    """Candidates without complete marks."""
    return unscored_problems(scoring.results(session, batch))


def publicising(session: AnySession, batch: Batch) -> list[Problem]:
    """An exam that is not over, or days that cannot be counted."""
    last = batch.exam_end or batch.exam_date
    days, today = calendar(session), clock.today()
    begin = publicity_begin_problems(last, today, days, terms())
    if begin and begin[0].severity == "error":
        return begin
    # The period is as long as it must be; what may be lacking is the calendar to count it by.
    return begin + publicity_period_problems(today, date.max, days, terms())


def submitting_results(session: AnySession, batch: Batch) -> list[Problem]:
    """A publicity that has not run its time, objections without answer, marks missing."""
    publicity = publicity_of(session, batch)
    ended = publicity.closed_on if publicity is not None else None
    # Of every publicity: one that was begun anew does not answer what was said of the first.
    of_batch = Objection.publicity.has(Publicity.batch_id == batch.id)
    return [
        *results_submission_problems(ended, clock.today(), calendar(session), terms()),
        *open_objection_problems(received(session, of_batch)),
        *unscored(session, batch),
    ]


def registering(session: AnySession, batch: Batch) -> list[Problem]:
    """A body whose certificates cannot be numbered today."""
    return number_rules.missing(session, batch.body, clock.today())


def submitted(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Keep the day."""
    batch.submitted_on = clock.today()


def late_allowed(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Keep the leave with the reason that was noted."""
    late_filing.allow(session, actor, batch, engine.last_note(session, batch))


def late_revoked(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Forget the leave."""
    late_filing.revoke(batch)


def filed(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Keep the day, and plan the supervision of the city."""
    batch.filed_on = clock.today()
    supervision.plan(session, actor, batch)


def publicised(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Begin the publicity."""
    begin_publicity(session, actor, batch)


def results_sent(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Keep the day."""
    batch.results_on = clock.today()


def registered(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Keep the day, and number the certificates."""
    batch.registered_on = clock.today()
    certificates.reserve(session, actor, batch, clock.today())


def certified(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Issue the certificates."""
    certificates.issue(session, actor, batch)


def archived(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Keep the day, and put the files on the index."""
    batch.archived_on = clock.today()
    index_files(session, actor, batch)
