"""What fills itself in when a row is added or saved? Numbers, defaults, values that follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.declarations.base import Entity
from app.core.records import prefetch
from app.core.records.numbering import next_number
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import (
    ArchiveFile,
    Batch,
    BodyNumberRule,
    Candidate,
    CertificateChange,
    Commission,
    Complaint,
    Destruction,
    ExamSession,
    Inspection,
    Objection,
    Plan,
    Publicity,
    Score,
)
from app.rules.archive.retention import keep_until
from app.rules.reference.identity import birth_date
from app.services.certificates import number_rules
from app.services.reference.terms import terms
from app.services.results import scoring
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


def take_numbers(session: AnySession, items: Iterable[Entity]) -> None:
    """Give new rows, about to be written, their numbers: a number judged and refused is no gap."""
    serials: dict[int, Iterator[int]] = {}
    for item in items:
        numbered: Any = item
        if type(item) in _PREFIXES:
            numbered.no = next_number(session, _PREFIXES[type(item)](item))
        elif type(item) in _COUNTED and numbered.batch is not None and not numbered.serial:
            batch_id = numbered.batch.id
            if batch_id not in serials:
                serials[batch_id] = _serials(session, type(item), batch_id)
            numbered.serial = next(serials[batch_id])


def numbered_later(item: Entity) -> tuple[str, ...]:
    """The field that ``take_numbers`` will fill in for a new row, if any."""
    if prefetch.is_stored(item):
        return ()
    return ("no",) if type(item) in _PREFIXES else ("serial",) if type(item) in _COUNTED else ()


def _serials(session: AnySession, model: Any, batch_id: int) -> Iterator[int]:
    """The numbers that follow the last one of the batch."""
    last = session.scalar(select(func.max(model.serial)).where(model.batch_id == batch_id))
    return count(int(last or 0) + 1)


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


def _commission(session: AnySession, actor: Actor, item: Commission) -> None:
    item.requested_on = item.requested_on or clock.today()


def _publicity(session: AnySession, actor: Actor, item: Publicity) -> None:
    if item.batch is not None and not item.phone:
        item.phone = item.batch.complaint_phone


def _candidate_values(session: AnySession, actor: Actor, item: Candidate) -> None:
    item.birth_date = birth_date(item.id_number) or item.birth_date
    if item.attempt == "new" and item.retake_of_id is not None:
        scoring.sit_anew(item)
    if item.level is not None:
        for score in item.scores:
            scoring.judge(session, score)


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
    if item.certificate is not None:
        item.batch = item.certificate.batch
        item.centre = item.batch.centre


def _destruction(session: AnySession, actor: Actor, item: Any) -> None:
    if item.body is not None:
        item.centre = item.body.centre


#: Relations to many rows that saving a row of the table looks at.
READS: dict[type[Any], tuple[str, ...]] = {Candidate: ("scores",)}

_ADDING: dict[type[Any], Prepare] = {
    Batch: _batch,
    Commission: _commission,
    Publicity: _publicity,
    CertificateChange: _certificate_change,
    Destruction: _destruction,
}
_SAVING: dict[type[Any], Prepare] = {
    Candidate: _candidate_values,
    Score: _score,
    ArchiveFile: _archive_file,
    BodyNumberRule: _number_rule,
}


def _year() -> int:
    return clock.today().year


#: Tables whose rows are counted within their batch.
_COUNTED: tuple[type[Any], ...] = (Candidate, ExamSession)

#: What the number of a row begins with, for the tables whose rows are numbered across batches.
_PREFIXES: dict[type[Any], Callable[[Any], str]] = {
    Batch: lambda item: f"{item.body.code}-{(item.exam_date or clock.today()).year}",
    Commission: lambda item: f"WT-{_year()}",
    Plan: lambda item: f"JH-{item.year or _year()}",
    Publicity: lambda item: f"GS-{_year()}",
    Objection: lambda item: f"YY-{_year()}",
    Complaint: lambda item: f"JB-{_year()}",
    Inspection: lambda item: f"DD-{_year()}",
    CertificateChange: lambda item: f"BG-{_year()}",
    Destruction: lambda item: f"XH-{_year()}",
}
