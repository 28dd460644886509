"""How is each batch's next due date stored and kept current, so that lists can query it?

Flushes note which batches a change affects: a step, a new exam date, a publicity or a calendar
day. Their dates are recomputed before the commit, so that lists agree with the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, event, or_, select, update
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction, scoped_session

from app.core.scope import AnySession
from app.core.tables import Step
from app.core.transaction import transaction
from app.models import Batch, CalendarYear, Publicity, WorkdayOverride
from app.rules.deadlines import PRESSING, BatchDates, next_deadline
from app.rules.workdays import WorkCalendar
from app.services.reference.terms import read_calendar, terms

_TOUCHED = "deadlines_touched"
_AT_ONCE = 500

#: A change to one of these may move the due date of any open batch, so all are recomputed.
_OF_ALL = (WorkdayOverride, CalendarYear)

Next = tuple[date | None, str]


def touch(session: AnySession, batch_ids: Iterable[int]) -> None:
    """Mark these batches for recomputation before the commit.

    For callers that change batches by SQL statement, which the flush listener does not see.
    """
    _touched(session).update(batch_ids)


def recompute(session: AnySession, batch_ids: Iterable[int] | None = None) -> int:
    """Recompute next_due for these batches (None: all); return how many changed.

    Runs a fixed number of SQL statements per few hundred batches.
    """
    calendar = read_calendar(session)
    known: dict[tuple[str, BatchDates], Next] = {}
    changed = 0
    for ids in _parts(session, batch_ids):
        changed += _recompute(session, ids, calendar, known)
    return changed


def recompute_by_parts(session: AnySession, batch_ids: Iterable[int] | None = None) -> int:
    """Recompute like ``recompute``, committing every few hundred batches.

    Other writers get their turn in between instead of waiting for the whole run.
    """
    changed = 0
    for ids in _parts(session, batch_ids):
        with transaction(session):
            changed += recompute(session, ids)
    return changed


def _parts(session: AnySession, batch_ids: Iterable[int] | None) -> Iterator[tuple[int, ...]]:
    if batch_ids is None:
        # Batches in a state without deadlines matter only if they still store one.
        wanted = select(Batch.id).where(or_(Batch.state.in_(PRESSING), Batch.next_due_kind != ""))
        # The calendar is shared: a change moves dates of batches outside its editor's scope.
        batch_ids = session.scalars(wanted.execution_options(unscoped=True)).all()
    ids = sorted(set(batch_ids))
    return (tuple(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE))


def _recompute(
    session: AnySession,
    ids: tuple[int, ...],
    calendar: WorkCalendar,
    known: dict[tuple[str, BatchDates], Next],
) -> int:
    wanted = select(
        Batch.id, Batch.state, Batch.exam_date, Batch.exam_end, Batch.next_due, Batch.next_due_kind
    ).where(Batch.id.in_(ids))
    publicities = _publicities(session, ids)
    changes = []
    # Recompute every affected batch, in the scope of whoever made the change or not.
    for row in session.execute(wanted.execution_options(unscoped=True)):
        opened, closed = publicities.get(row.id, (None, None))
        dates = BatchDates(row.exam_date, row.exam_end or row.exam_date, opened, closed)
        key = (row.state, dates)
        if key not in known:
            known[key] = _next(row.state, dates, calendar)
        due, kind = known[key]
        # Most dates stay as they are, so most batches are only read.
        if (due, kind) != (row.next_due, row.next_due_kind):
            changes.append({"batch_id": row.id, "due": due, "kind": kind})
    _write(session, changes)
    return len(changes)


def _next(state: str, dates: BatchDates, calendar: WorkCalendar) -> Next:
    found = next_deadline(state, dates, calendar, terms())
    return (None, "") if found is None else (found.due, found.key)


def _publicities(
    session: AnySession, ids: tuple[int, ...]
) -> Mapping[int, tuple[date | None, date | None]]:
    """Map batch id → (opened, closed) of its latest publicity that was not cancelled."""
    wanted = (
        select(Publicity.batch_id, Publicity.opens_on, Publicity.closed_on)
        .where(Publicity.batch_id.in_(ids), Publicity.state != "cancelled")
        .order_by(Publicity.id)
    )
    # A batch's due date must not depend on whose scope it is computed in.
    rows = session.execute(wanted.execution_options(unscoped=True))
    return {row.batch_id: (row.opens_on, row.closed_on) for row in rows}


def _write(session: AnySession, changes: list[dict[str, Any]]) -> None:
    if not changes:
        return
    # Bypass the ORM: a derived date is no edit, so it must not enter the change history nor raise
    # the row version, which would make a form that someone has open stale.
    table: Any = Batch.__table__
    statement = (
        update(table)
        .where(table.c.id == bindparam("batch_id"))
        .values(next_due=bindparam("due"), next_due_kind=bindparam("kind"))
    )
    session.connection().execute(statement, changes)


def _touched(session: AnySession) -> set[int | str]:
    found: set[int | str] = session.info.setdefault(_TOUCHED, set())
    return found


def _note(session: Session, _context: UOWTransaction) -> None:
    for one in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(one, Batch) and one not in session.deleted:
            _touched(session).add(one.id)
        elif isinstance(one, Publicity):
            _touched(session).add(one.batch_id)
        elif isinstance(one, Step):
            _note_step(session, one)
        elif isinstance(one, _OF_ALL):
            _touched(session).add("all")


def _note_step(session: Session, step: Step) -> None:
    if step.entity == "Batch":
        _touched(session).add(step.record_id)
    elif step.entity == "Publicity":
        publicity = select(Publicity.batch_id).where(Publicity.id == step.record_id)
        row = session.connection().execute(publicity).one_or_none()
        _touched(session).update(row or ())


def _settle(session: Session) -> None:
    """Flush, then recompute every batch that this transaction has touched."""
    # What is still pending may touch further batches, which the flush notes.
    session.flush()
    touched = session.info.pop(_TOUCHED, None)
    if touched:
        ids = None if "all" in touched else [one for one in touched if isinstance(one, int)]
        recompute(session, ids)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    # A savepoint ends too; what it touched still counts for the whole.
    if transaction.parent is None:
        session.info.pop(_TOUCHED, None)


def install(session: AnySession) -> None:
    """Listen on ``session`` (once per session maker) to keep due dates current."""
    target = session.session_factory if isinstance(session, scoped_session) else session
    if not event.contains(target, "after_flush", _note):
        event.listen(target, "after_flush", _note)
        event.listen(target, "before_commit", _settle)
        event.listen(target, "after_transaction_end", _forget)
