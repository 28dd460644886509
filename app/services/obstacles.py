"""What stands in the way of a move: which rules object to it, on this record, today?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.core import clock
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import Batch, Body, BodyScope, Commission, Objection, Plan, Publicity
from app.rules.bodies.approved_scope import body_problems
from app.rules.reference.credit_code import credit_code_problems
from app.rules.results.publicity import (
    open_objection_problems,
    publicity_begin_problems,
    publicity_close_problems,
    publicity_period_problems,
)
from app.rules.results.results import results_submission_problems, unscored_problems
from app.services.archive import destructions
from app.services.certificates import certificate_changes, number_rules, segments
from app.services.filing import filing, late_filing
from app.services.reference.terms import calendar, terms
from app.services.results import scoring
from app.services.supervision import supervision

Guard = Callable[[AnySession, Any], list[Problem]]


def problems_against(session: AnySession, record: Any, move: str) -> list[Problem]:
    """The rules that object to ``move`` on this record now; warnings are among them."""
    guard = _GUARDS.get((type(record).__name__, move))
    return [] if guard is None else guard(session, record)


def publicity_of(session: AnySession, batch: Batch) -> Publicity | None:
    """The batch's latest publicity that was not cancelled."""
    return session.scalar(
        select(Publicity)
        .where(Publicity.batch_id == batch.id, Publicity.state != "cancelled")
        .order_by(Publicity.id.desc())
        .limit(1)
    )


def _submit_batch(session: AnySession, batch: Batch) -> list[Problem]:
    return [*filing.problems(session, batch), *late_filing.sending_problems(session, batch)]


def _body_stopped(session: AnySession, batch: Batch) -> list[Problem]:
    """A body that was suspended or ran out after the filing examines nobody."""
    days = [batch.exam_date, batch.exam_end or batch.exam_date]
    return body_problems(filing.body_facts(batch.body), days)


def _begin_exam(session: AnySession, batch: Batch) -> list[Problem]:
    found = _body_stopped(session, batch)
    if clock.today() < batch.exam_date:
        message = f"认定日期是 {batch.exam_date}，还没有到，不能开始考评"
        found.append(Problem("exam_not_reached", message, field="exam_date", clause="流程六"))
    return found


def _unscored(session: AnySession, batch: Batch) -> list[Problem]:
    return unscored_problems(scoring.results(session, batch))


def _publicise(session: AnySession, batch: Batch) -> list[Problem]:
    last = batch.exam_end or batch.exam_date
    days, today = calendar(session), clock.today()
    begin = publicity_begin_problems(last, today, days, terms())
    if begin and begin[0].severity == "error":
        return begin
    # The period is as long as it must be; what may be lacking is the calendar to count it by.
    return begin + publicity_period_problems(today, date.max, days, terms())


def _submit_results(session: AnySession, batch: Batch) -> list[Problem]:
    publicity = publicity_of(session, batch)
    ended = publicity.closed_on if publicity is not None else None
    # Of every publicity: one that was begun anew does not answer what was said of the first.
    of_batch = Objection.publicity.has(Publicity.batch_id == batch.id)
    return [
        *results_submission_problems(ended, clock.today(), calendar(session), terms()),
        *open_objection_problems(_received(session, of_batch)),
        *_unscored(session, batch),
    ]


def _received(session: AnySession, of: ColumnElement[bool]) -> int:
    """How many of those objections wait for an answer."""
    waiting = select(func.count()).select_from(Objection).where(of, Objection.state == "received")
    return int(session.scalar(waiting) or 0)


def _close_publicity(session: AnySession, publicity: Publicity) -> list[Problem]:
    ends = publicity.closes_on or clock.today()
    waiting = _received(session, Objection.publicity_id == publicity.id)
    return publicity_close_problems(clock.today(), ends, waiting)


def _submit_body(session: AnySession, body: Body) -> list[Problem]:
    found: list[Problem] = []
    scoped = session.scalar(
        select(func.count()).select_from(BodyScope).where(BodyScope.body_id == body.id)
    )
    if not scoped:
        message = "还没有登记备案范围，请先登记职业、工种和等级"
        found.append(Problem("scope_missing", message, clause="流程一"))
    if body.credit_code:
        found.extend(credit_code_problems(body.credit_code))
    return found


def _commission(session: AnySession, commission: Commission) -> list[Problem]:
    found: list[Problem] = []
    if not commission.promise:
        message = "企业尚未承诺兑现待遇，请取得承诺后勾选“企业已承诺兑现待遇”"
        found.append(Problem("promise_missing", message, field="promise", clause="流程一"))
    if commission.body.state != "registered":
        message = f"受托机构“{commission.body.name}”不在已备案状态，不能接受委托"
        found.append(Problem("body_not_registered", message, field="body", clause="流程一"))
    if commission.body.valid_to < clock.today():
        message = f"受托机构的备案已于 {commission.body.valid_to} 到期"
        found.append(Problem("body_not_valid", message, field="body", clause="流程一"))
    return found


def _publish(session: AnySession, plan: Plan) -> list[Problem]:
    names = ("arrangement", "conditions", "content", "incentives")
    missing = [describe(Plan).field(name).label for name in names if not getattr(plan, name)]
    if not missing:
        return []
    message = f"公布前请补全：{'、'.join(missing)}"
    return [Problem("plan_incomplete", message, field=names[0], clause="流程二")]


def _register(session: AnySession, batch: Batch) -> list[Problem]:
    return number_rules.missing(session, batch.body, clock.today())


_GUARDS: dict[tuple[str, str], Guard] = {
    ("Batch", "submit"): _submit_batch,
    ("Batch", "allow_late"): late_filing.allowing_problems,
    ("Batch", "revoke_late"): late_filing.revoking_problems,
    ("Batch", "file"): _body_stopped,
    ("Batch", "begin_exam"): _begin_exam,
    ("Batch", "score"): _unscored,
    ("Batch", "publicise"): _publicise,
    ("Batch", "submit_results"): _submit_results,
    ("Batch", "review_results"): supervision.batch_problems,
    ("Inspection", "order"): supervision.ordering_problems,
    ("Inspection", "close"): supervision.release_problems,
    ("Inspection", "suspend_batch"): supervision.suspension_problems,
    ("Inspection", "suspend_body"): supervision.body_suspension_problems,
    ("Batch", "register"): _register,
    ("Batch", "certify"): segments.check_segments,
    ("CertificateChange", "submit"): certificate_changes.problems,
    ("CertificateChange", "approve"): certificate_changes.problems,
    ("Destruction", "submit"): destructions.problems,
    ("Destruction", "approve"): destructions.problems,
    ("Destruction", "execute"): destructions.problems,
    ("Publicity", "close"): _close_publicity,
    ("Body", "submit"): _submit_body,
    ("Commission", "submit"): _commission,
    ("Commission", "commission"): _commission,
    ("Plan", "publish"): _publish,
}
