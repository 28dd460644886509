"""What is checked before a batch makes a move, and what does the move do besides?"""

from __future__ import annotations

from datetime import date

from app.behaviours.archive import index_files
from app.behaviours.results import begin_publicity, cancel_publicities, unsettled
from app.core import clock
from app.core.errors import Problem
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import Batch, Objection, Publicity
from app.rules.bodies.approved_scope import body_problems
from app.rules.bodies.standing import standing_problems
from app.rules.exam.sessions import beginning_problems, ending_problems
from app.rules.filing.submission import after_exam_problems
from app.rules.results.publicity import (
    open_objection_problems,
    publicity_begin_problems,
    publicity_period_problems,
)
from app.rules.results.results import results_submission_problems, unscored_problems
from app.services.certificates import certificates, number_rules, segments
from app.services.filing import filing, late_filing
from app.services.publicities import publicity_of
from app.services.reference.terms import calendar, terms
from app.services.results import published, scoring
from app.services.supervision import supervision


def submitting(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems of the filing, and of a late permission that the sender gave."""
    return [*filing.problems(session, batch), *late_filing.sending_problems(session, batch)]


def body_stopped(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with the body: it may have been suspended or expired since filing."""
    # The days of the exam count, not today: a registration may end in between.
    days = [batch.exam_date, batch.exam_end or batch.exam_date]
    return body_problems(filing.body_facts(batch.body), days)


def reviewing(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with the body, and with a review that the exam has overtaken."""
    late = after_exam_problems(clock.today(), batch.exam_date, filed=True)
    return body_stopped(session, batch) + late


def beginning_exam(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with the body, and with starting before the exam date."""
    return body_stopped(session, batch) + beginning_problems(clock.today(), batch.exam_date)


def unscored(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with candidates without complete marks."""
    return unscored_problems(scoring.results(session, batch))


def scoring_done(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems: the exam is not over yet, or candidates have no complete marks."""
    last = batch.exam_end or batch.exam_date
    return [*ending_problems(clock.today(), last), *unscored(session, batch)]


def publicising(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with publicising today.

    The exam must be over and the calendar known far enough to count the period.
    """
    last = batch.exam_end or batch.exam_date
    days, today = calendar(session), clock.today()
    begin = publicity_begin_problems(last, today, days, terms())
    if begin and begin[0].severity == "error":
        return begin
    # The period always ends on its computed date, so only a missing calendar year can be wrong.
    return begin + publicity_period_problems(today, date.max, days, terms())


def submitting_results(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems: publicity not run in full, unanswered objections, missing marks."""
    publicity = publicity_of(session, batch)
    ended = publicity.closed_on if publicity is not None else None
    # Count objections to every publicity: restarting one does not answer those to the first.
    of_batch = Objection.publicity.has(Publicity.batch_id == batch.id)
    return [
        *results_submission_problems(ended, clock.today(), calendar(session), terms()),
        *open_objection_problems(unsettled(session, of_batch)),
        *unscored(session, batch),
        # Without a publicity that has run its time, that alone is said.
        *(published.unpublished_problems(session, batch) if ended else ()),
    ]


def publicising_again(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems: nothing has changed since, or the results are not ready."""
    return [
        *published.republishing_problems(session, batch),
        *unscored(session, batch),
        *publicising(session, batch),
    ]


def reviewing_results(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with the city's supervision, and with results that are not public."""
    return [
        *supervision.batch_problems(session, batch),
        *published.unpublished_problems(session, batch),
    ]


def registering(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems: the body was stopped, no number rule, results that are not public."""
    return [
        *standing_problems(filing.body_facts(batch.body), clock.today()),
        *number_rules.missing(session, batch.body, clock.today()),
        *published.unpublished_problems(session, batch),
    ]


def certifying(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with the body, the segments, and results that are not public."""
    return [
        *standing_problems(filing.body_facts(batch.body), clock.today()),
        *segments.check_segments(session, batch),
        *published.unpublished_problems(session, batch),
    ]


def submitted(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Record the submission date."""
    batch.submitted_on = clock.today()


def unsubmitted(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Clear the submission date of a batch that is a draft again."""
    batch.submitted_on = None


def late_allowed(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Record the late permission, with the note of the move as its reason."""
    late_filing.allow(session, actor, batch, engine.last_note(session, batch))


def late_revoked(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Clear the late permission."""
    late_filing.revoke(batch)


def filed(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Record the filing date and plan the city centre's supervision."""
    batch.filed_on = clock.today()
    supervision.plan(session, actor, batch)


def publicised(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Open the publicity of the results."""
    begin_publicity(session, actor, batch)


def scores_reopened(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Cancel the publicity: what it said is about to change."""
    cancel_publicities(session, actor, batch)


def results_sent(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Record the date on which the results were submitted."""
    batch.results_on = clock.today()


def registered(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Record the registration date and number the certificates."""
    batch.registered_on = clock.today()
    certificates.reserve(session, actor, batch, clock.today())


def certified(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Make the numbered certificates valid."""
    certificates.issue(session, actor, batch)


def archived(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Record the archiving date and create the archive index."""
    batch.archived_on = clock.today()
    index_files(session, actor, batch)
