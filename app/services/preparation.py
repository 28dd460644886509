"""What fills itself in when a row is added or saved? Numbers, defaults, values that follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.models import (
    ArchiveFile,
    Batch,
    BodyNumberRule,
    Candidate,
    CertificateChange,
    Commission,
    Complaint,
    Destruction,
    Entity,
    ExamSession,
    Inspection,
    Objection,
    Plan,
    Publicity,
    Score,
)
from app.roles import Actor
from app.rules.identity import birth_date
from app.rules.retention import keep_until
from app.scope import AnySession
from app.services import number_rules, scoring
from app.services.numbering import next_number
from app.services.reading import read_once
from app.services.terms import terms
from app.workflow.tables import table_of

Prepare = Callable[[AnySession, Actor, Any], None]


def before_adding(session: AnySession, actor: Actor, item: Entity) -> None:
    """Fill in what a new row of this kind gets by itself."""
    table = table_of(type(item).__name__)
    if table is not None and getattr(item, "state", None) is None:
        item.state = table.first
    prepare = _ADDING.get(type(item))
    if prepare is not None:
        prepare(session, actor, item)
    before_saving(session, actor, item)


def before_saving(session: AnySession, actor: Actor, item: Entity) -> None:
    """Recompute what follows from the values of a row."""
    prepare = _SAVING.get(type(item))
    if prepare is not None:
        prepare(session, actor, item)


def _batch(session: AnySession, actor: Actor, item: Any) -> None:
    if item.body is None:  # said by the check of what must be filled in
        return
    if item.centre is None and item.centre_id is None:
        item.centre = item.body.centre
    if item.city_centre is None and item.city_centre_id is None:
        item.city_centre = item.body.city_centre
    if item.commission is not None and item.enterprise is None:
        item.enterprise = item.commission.enterprise
    if not item.complaint_phone:
        item.complaint_phone = item.body.complaint_phone
    if not item.contact:
        item.contact, item.phone = item.body.contact, item.body.phone
    year = (item.exam_date or clock.today()).year
    item.no = next_number(session, f"{item.body.code}-{year}")


def _commission(session: AnySession, actor: Actor, item: Commission) -> None:
    item.requested_on = item.requested_on or clock.today()
    item.no = next_number(session, f"WT-{clock.today().year}")


def _plan(session: AnySession, actor: Actor, item: Plan) -> None:
    item.no = next_number(session, f"JH-{item.year or clock.today().year}")


def _publicity(session: AnySession, actor: Actor, item: Publicity) -> None:
    item.no = next_number(session, f"GS-{clock.today().year}")
    if item.batch is not None and not item.phone:
        item.phone = item.batch.complaint_phone


def _objection(session: AnySession, actor: Actor, item: Objection) -> None:
    item.no = next_number(session, f"YY-{clock.today().year}")


def _complaint(session: AnySession, actor: Actor, item: Complaint) -> None:
    item.no = next_number(session, f"JB-{clock.today().year}")


def _inspection(session: AnySession, actor: Actor, item: Inspection) -> None:
    item.no = next_number(session, f"DD-{clock.today().year}")


@read_once
def _serials(session: AnySession, model: Any, batch_id: int) -> Iterator[int]:
    """The numbers that follow the last one of the batch: one act asks once and goes on counting."""
    last = session.scalar(select(func.max(model.serial)).where(model.batch_id == batch_id))
    return count(int(last or 0) + 1)


def _candidate(session: AnySession, actor: Actor, item: Candidate) -> None:
    if item.batch is not None:
        item.serial = item.serial or next(_serials(session, Candidate, item.batch.id))


def _candidate_values(session: AnySession, actor: Actor, item: Candidate) -> None:
    item.birth_date = birth_date(item.id_number) or item.birth_date
    if item.attempt == "new" and item.retake_of_id is not None:
        scoring.sit_anew(item)
    if item.level is not None:
        for score in item.scores:
            scoring.judge(session, score)


def _exam_session(session: AnySession, actor: Actor, item: ExamSession) -> None:
    if item.batch is not None:
        item.serial = item.serial or next(_serials(session, ExamSession, item.batch.id))


def _score(session: AnySession, actor: Actor, item: Score) -> None:
    if item.candidate is not None:
        item.batch = item.candidate.batch
        scoring.judge(session, item)


def _archive_file(session: AnySession, actor: Actor, item: ArchiveFile) -> None:
    item.archived_on = item.archived_on or clock.today()
    item.keep_until = keep_until(
        item.archived_on, "paper" if item.carrier == "paper" else "electronic", terms()
    )


def _number_rule(session: AnySession, actor: Actor, item: Any) -> None:
    if item.body is not None:  # said by the check of what must be filled in
        number_rules.fill_in(item)


def _certificate_change(session: AnySession, actor: Actor, item: Any) -> None:
    item.no = next_number(session, f"BG-{clock.today().year}")
    if item.certificate is not None:
        item.batch = item.certificate.batch
        item.centre = item.batch.centre


def _destruction(session: AnySession, actor: Actor, item: Any) -> None:
    item.no = next_number(session, f"XH-{clock.today().year}")
    if item.body is not None:
        item.centre = item.body.centre


#: Relations to many rows that saving a row of the table looks at.
READS: dict[type[Any], tuple[str, ...]] = {Candidate: ("scores",)}

_ADDING: dict[type[Any], Prepare] = {
    Batch: _batch,
    Commission: _commission,
    Plan: _plan,
    Publicity: _publicity,
    Objection: _objection,
    Complaint: _complaint,
    Inspection: _inspection,
    Candidate: _candidate,
    ExamSession: _exam_session,
    CertificateChange: _certificate_change,
    Destruction: _destruction,
}
_SAVING: dict[type[Any], Prepare] = {
    Candidate: _candidate_values,
    Score: _score,
    ArchiveFile: _archive_file,
    BodyNumberRule: _number_rule,
}
