"""Would this batch's filing be sent back today? Its facts are gathered, the rules judge."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.errors import Problem
from app.models import Batch, Candidate, ExamPaper, ExamSession, Level, Occupation, WorkType
from app.rules.filing import filing_problems
from app.rules.filing_facts import (
    CommissionFacts,
    FilingFacts,
    HeadCount,
    PaperFacts,
    SessionFacts,
)
from app.rules.scope import BodyFacts
from app.scope import AnySession
from app.services import vocabulary
from app.services.late_filing import filing_exception_of
from app.services.terms import calendar, terms

#: 评价对象 whose members are staff of an enterprise that must have commissioned the evaluation.
COMMISSIONED = "commissioned"


def problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Everything for which the reviewing centre would send the batch back today."""
    return filing_problems(
        facts_of(session, batch),
        calendar(session),
        scope=vocabulary.approved_scope(session, batch.body_id).items,
        levels=vocabulary.levels(session).names,
        terms=terms(),
    )


def facts_of(session: AnySession, batch: Batch) -> FilingFacts:
    """The batch on the day of its submission as the rules take it; a fixed number of statements."""
    plan, commission = batch.plan, batch.commission
    excepted = filing_exception_of(session, batch)
    return FilingFacts(
        submitted_on=clock.today(),
        exam_first=batch.exam_date,
        exam_last=batch.exam_end,
        body=BodyFacts(
            batch.body.name,
            batch.body.state == "registered",
            batch.body.valid_from,
            batch.body.valid_to,
        ),
        roster=head_counts(session, batch),
        sessions=_sessions(session, batch),
        plan_published_on=(
            plan.published_on if plan is not None and plan.state == "published" else None
        ),
        commissioned=batch.target == COMMISSIONED,
        commission=(
            None
            if commission is None
            else CommissionFacts(
                commission.letter_no or commission.no,
                commission.state == "commissioned",
                commission.letter_date,
                commission.valid_to,
            )
        ),
        papers=_papers(session, batch),
        promise="已公开" if batch.promise_public else "",
        complaint_phone=batch.complaint_phone or "",
        late_exception=excepted.text if excepted is not None else "",
    )


def head_counts(session: AnySession, batch: Batch) -> list[HeadCount]:
    """How many candidates the roster has per occupation, work type and level; one statement."""
    rows = session.execute(
        select(Occupation.name, WorkType.name, Level.digit, func.count())
        .select_from(Candidate)
        .join(Candidate.occupation)
        .join(Candidate.work_type)
        .join(Candidate.level)
        .where(Candidate.batch_id == batch.id)
        .group_by(Occupation.name, WorkType.name, Level.digit)
        .order_by(Occupation.name, WorkType.name, Level.digit.desc())
    )
    return [HeadCount(*row) for row in rows]


def exam_sessions(session: AnySession, batch: Batch) -> Sequence[ExamSession]:
    """The batch's exam arrangement in its order, with its people."""
    return session.scalars(
        select(ExamSession)
        .where(ExamSession.batch_id == batch.id)
        .options(
            joinedload(ExamSession.occupation),
            joinedload(ExamSession.work_type),
            joinedload(ExamSession.level),
            selectinload(ExamSession.assessors),
            selectinload(ExamSession.supervisors),
        )
        .order_by(ExamSession.serial, ExamSession.id)
    ).all()


def _sessions(session: AnySession, batch: Batch) -> list[SessionFacts]:
    return [
        SessionFacts(
            one.exam_date,
            one.occupation.name,
            one.work_type.name,
            one.level.digit,
            one.headcount,
            tuple(person.name for person in one.supervisors),
            one.serial,
        )
        for one in exam_sessions(session, batch)
    ]


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
            # A paper of which copies are registered has been printed; 机考 has none.
            printed=row.copies > 0,
            printer=row.agreement.printer if row.agreement else "",
            agreement_from=row.agreement.signed_on if row.agreement else None,
            agreement_to=row.agreement.valid_to if row.agreement else None,
        )
        for row in rows
    ]
