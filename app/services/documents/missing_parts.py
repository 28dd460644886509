"""Why is a document of a batch not available yet?"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select

from app.core.scope import AnySession
from app.models import Batch, Candidate, Certificate, ExamSession, Score
from app.services import publicities
from app.services.certificates import certificate_sheets


def letter(session: AnySession, batch: Batch) -> str:
    """Return why there is no 委托函 yet; empty if there is."""
    if batch.commission is None:
        return "本批次没有委托企业的委托，不出具委托函"
    return "" if batch.commission.letter_no else "委托还没有出具委托函"


def publicity(session: AnySession, batch: Batch) -> str:
    """Return why there is no 公示 yet; empty if there is."""
    found = publicities.publicity_of(session, batch)
    return "还没有公示；开始公示后才有公示稿" if found is None else ""


def scores(session: AnySession, batch: Batch) -> str:
    """Return why there are no documents about results yet; empty if there are."""
    held = exists().where(Score.candidate_id == Candidate.id)
    return _unless(session, "还没有成绩", (Candidate.batch_id == batch.id) & held)


def sessions(session: AnySession, batch: Batch) -> str:
    """Return why there are no documents for the exam day yet; empty if there are."""
    planned = exists().where(ExamSession.batch_id == batch.id)
    people = Candidate.batch_id == batch.id
    return _unless(session, "还没有参评人员", people) or _unless(
        session, "还没有考务安排", people & planned
    )


def candidates(session: AnySession, batch: Batch) -> str:
    """Return why there are no files per candidate yet; empty if there are."""
    return _unless(session, "还没有参评人员", Candidate.batch_id == batch.id)


def certificates(session: AnySession, batch: Batch) -> str:
    """Return why there are no certificates to print yet; empty if there are."""
    held = exists().where(
        Certificate.candidate_id == Candidate.id, Certificate.state.in_(certificate_sheets.IN_FORCE)
    )
    return _unless(session, "还没有核发的证书", (Candidate.batch_id == batch.id) & held)


def _unless(session: AnySession, reason: str, condition: ColumnElement[bool]) -> str:
    return "" if session.scalar(select(Candidate.id).where(condition).limit(1)) else reason
