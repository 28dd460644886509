"""Which uploads exist, who may see them, and how is one locked while it is processed?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, select, true, update

from app.core.declarations.base import Entity
from app.core.errors import NotFound
from app.core.importing.entities import ROWS, model_of
from app.core.importing.result import Counts
from app.core.scope import AnySession, actor_of
from app.core.tables import ImportRun

_SHOWN_RUNS = 20


def find_run(session: AnySession, run_id: int) -> tuple[ImportRun, Any | None]:
    """Return the upload and the record that it belongs to, if any.

    Raises NotFound if either is out of the actor's scope. An upload that belongs to no record is
    visible to the place that sent it.
    """
    run = session.scalar(select(ImportRun).where(ImportRun.id == run_id))
    if run is None:
        raise NotFound(_MISSING)
    if run.parent_entity is not None:
        of = model_of(run.parent_entity)
        parent = session.scalar(select(of).where(of.id == run.parent_id))
        if parent is None:
            raise NotFound(_MISSING)
        return run, parent
    if session.scalar(select(ImportRun.id).where(ImportRun.id == run_id, _ours(session))) is None:
        raise NotFound(_MISSING)
    return run, None


_MISSING = "没有这次导入，或不在您的管辖范围内"


def _ours(session: AnySession) -> ColumnElement[bool]:
    """Return the condition for uploads of the actor's own place; all if the actor sees all."""
    actor = actor_of(session)
    if actor.sees_all:
        return true()
    if actor.place is None:
        return false()
    return and_(ImportRun.place_kind == actor.place.kind, ImportRun.place_id == actor.place.key)


def runs_of(session: AnySession, parent: Entity) -> Sequence[ImportRun]:
    """Return the latest uploads to a record, newest first."""
    return _latest(
        session,
        ImportRun.parent_entity == type(parent).__name__,
        ImportRun.parent_id == parent.id,
    )


def runs_of_rows(session: AnySession, model: type[Entity]) -> Sequence[ImportRun]:
    """Return the latest uploads of a table's rows from the actor's own place, newest first."""
    return _latest(
        session, ImportRun.entity == model.__name__, ImportRun.kind == ROWS, _ours(session)
    )


def _latest(session: AnySession, *where: ColumnElement[bool]) -> Sequence[ImportRun]:
    asked = select(ImportRun).where(*where).order_by(ImportRun.id.desc()).limit(_SHOWN_RUNS)
    return session.scalars(asked).all()


def counts_of(run: ImportRun) -> Counts:
    """Return the numbers of rows that the upload added, changed, left and refused, or would."""
    return Counts(**run.counts)


def hold_run(session: AnySession, run: ImportRun) -> None:
    """Lock the upload, so that no one else closes or withdraws it meanwhile."""
    # An update locks on both databases, whereas SQLite ignores SELECT FOR UPDATE.
    wanted = ImportRun.id == run.id
    session.execute(update(ImportRun).where(wanted).values(state=ImportRun.state))
    session.scalar(select(ImportRun).where(wanted).execution_options(populate_existing=True))
