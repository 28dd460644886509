"""Would this batch's filing be sent back today, judged by which facts?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import (
    Assessor,
    Batch,
    Body,
    Candidate,
    ExamPaper,
    ExamSession,
    Region,
    Site,
    Supervisor,
)
from app.rules.bodies.approved_scope import BodyFacts
from app.rules.exam.exam_facts import Card, SessionFacts
from app.rules.filing.filing import filing_problems
from app.rules.filing.filing_facts import (
    CommissionFacts,
    FilingFacts,
    PaperFacts,
    PlanFacts,
    SignUp,
    SiteFacts,
)
from app.rules.reference.city import city_of
from app.rules.sign_up.sign_up import merged
from app.services.commissions import commission_facts
from app.services.filing import other_batches, other_sessions, place, requirements
from app.services.filing.late_filing import filing_exception_of
from app.services.reference import vocabulary
from app.services.reference.terms import calendar, terms
from app.services.sign_up import eligibility, sign_up

#: 评价对象 for staff of an enterprise, which must have commissioned the evaluation.
COMMISSIONED = "commissioned"
#: 评价对象 and 机构类型 of an employer that evaluates its own staff.
OWN_STAFF, EMPLOYER = "own_staff", "employer"


def problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return everything for which the reviewing centre would send the batch back, errors first.

    Judges the batch as of its submission date, or as of today while it has not been submitted.
    The submission, the page 报送前检查 and the command ``preflight`` all use this one check.
    """
    found = filing_problems(
        facts_of(session, batch),
        calendar(session),
        approved=vocabulary.approved_scope(session, batch.body_id).items,
        levels=vocabulary.levels(session).names,
        terms=terms(),
    )
    found = merged([*found, *eligibility.problems(session, batch)])
    return sorted(found, key=lambda problem: problem.severity != "error")


def facts_of(session: AnySession, batch: Batch) -> FilingFacts:
    """Return the batch on its submission date as input to the rules.

    Runs a fixed number of SQL statements.
    """
    on = eligibility.sign_up_day(batch)
    people = sign_up.people(session, batch)
    rows = exam_sessions(session, batch)
    days = sorted(
        {batch.exam_date, batch.exam_end or batch.exam_date, *(s.exam_date for s in rows)}
    )
    doubles, elsewhere = other_batches.OtherBatches(session, batch, days).found(rows)
    excepted = filing_exception_of(session, batch)
    body = batch.body
    return FilingFacts(
        submitted_on=on,
        exam_first=batch.exam_date,
        exam_last=batch.exam_end,
        body=body_facts(body),
        roster=sign_up.counted(people),
        sessions=[_session(one) for one in rows],
        plan=_plan(batch),
        commissioned=batch.target == COMMISSIONED,
        commission=_commission(batch),
        papers=_papers(session, batch),
        promise="已公开" if batch.promise_public else "",
        complaint_phone=batch.complaint_phone or "",
        late_exception=excepted.text if excepted is not None else "",
        enterprise=batch.enterprise.name if batch.enterprise is not None else "",
        own_staff=batch.target == OWN_STAFF and body.kind == EMPLOYER,
        sign_up=SignUp(checked=batch.roster_checked, approved=batch.roster_approved),
        people=people,
        doubles=doubles,
        certified=other_batches.certified_rows(session, batch, on),
        demands=requirements.demands_on(session, batch, people, on),
        elsewhere=elsewhere,
        staffing=requirements.staffing(session),
        sites=_sites(session, batch),
        city=place.city(batch),
    )


def numbered(
    session: AnySession,
    batch: Batch,
    model: type[Candidate] | type[ExamSession],
    serials: Iterable[int],
) -> dict[int, Any]:
    """Map serial number → row with ``id`` and ``title`` for these rows of the batch.

    ``model`` is Candidate (title: name) or ExamSession (title: exam date).
    """
    title = Candidate.name if model is Candidate else ExamSession.exam_date
    rows = session.execute(
        select(model.serial, model.id, title.label("title"))
        .select_from(model)
        .where(model.batch_id == batch.id, model.serial.in_(sorted(serials)))
        .order_by(model.id.desc())
    )
    return {row.serial: row for row in rows}


def body_facts(body: Body) -> BodyFacts:
    """Return the body's registration as input to the rules."""
    return BodyFacts(body.name, body.state == "registered", body.valid_from, body.valid_to)


def exam_sessions(session: AnySession, batch: Batch) -> Sequence[ExamSession]:
    """Return the batch's exam sessions by serial number, with assessors and supervisors loaded."""
    return session.scalars(
        select(ExamSession)
        .where(ExamSession.batch_id == batch.id)
        .options(
            joinedload(ExamSession.occupation),
            joinedload(ExamSession.work_type),
            joinedload(ExamSession.level),
            selectinload(ExamSession.assessors).selectinload(Assessor.occupations),
            selectinload(ExamSession.supervisors),
        )
        .order_by(ExamSession.serial, ExamSession.id)
    ).all()


def _session(one: ExamSession) -> SessionFacts:
    return SessionFacts(
        one.exam_date,
        one.occupation.name,
        one.work_type.name,
        one.level.digit,
        one.headcount,
        supervisors=tuple(_card(person) for person in one.supervisors),
        row=one.serial,
        assessors=tuple(_card(person) for person in one.assessors),
        sittings=other_sessions.sittings_of(one),
        invigilators=one.invigilators,
    )


def _card(person: Assessor | Supervisor) -> Card:
    jobs = person.occupations if isinstance(person, Assessor) else ()
    return Card(
        person.id,
        person.name,
        person.valid_from,
        person.valid_to,
        person.employer,
        frozenset(job.name for job in jobs),
    )


def _plan(batch: Batch) -> PlanFacts:
    plan = batch.plan
    if plan is None or plan.state != "published":
        return PlanFacts(None)
    own, planned = batch.enterprise, plan.enterprise
    other = planned is not None and (own is None or own.id != planned.id)
    return PlanFacts(
        plan.published_on,
        plan.planned_from,
        plan.planned_to,
        planned.name if planned is not None and other else "",
    )


def _commission(batch: Batch) -> CommissionFacts | None:
    letter = batch.commission
    if letter is None:
        return None
    return CommissionFacts(
        letter.letter_no or letter.no,
        letter.state == "commissioned",
        letter.letter_date,
        letter.valid_to,
        commission_facts.authority_of(letter),
    )


def _papers(session: AnySession, batch: Batch) -> list[PaperFacts]:
    rows = session.scalars(
        select(ExamPaper)
        .where(ExamPaper.batch_id == batch.id)
        .options(
            joinedload(ExamPaper.work_type),
            joinedload(ExamPaper.level),
            joinedload(ExamPaper.agreement),
        )
        .order_by(ExamPaper.id)
    ).all()
    return [
        PaperFacts(
            title=f"{row.work_type.name}（{row.level.name}）",
            source=row.source,
            # Registered copies mean that the paper was printed; 机考 has none.
            printed=row.copies > 0,
            printer=row.agreement.printer if row.agreement else "",
            agreement_from=row.agreement.signed_on if row.agreement else None,
            agreement_to=row.agreement.valid_to if row.agreement else None,
            work_type=row.work_type.name,
            level=row.level.digit,
            copies=row.copies,
        )
        for row in rows
    ]


def _sites(session: AnySession, batch: Batch) -> list[SiteFacts]:
    rows = session.execute(
        select(Site.name, Site.capacity, Region.code)
        .join(Site.region)
        .where(Site.body_id == batch.body_id)
    )
    return [SiteFacts(name, seats, city_of(code)) for name, seats, code in rows]
