"""Which uploads are there, whose are they, and does one stay as it is while it is worked on?"""

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
    """The upload and the record that it was brought into, if any; NotFound where either is out of
    the actor's sight.

    Rows that were brought into no record are the affair of the place that sent them in.
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
    """The uploads of the actor's own place; all of them where the actor sees all."""
    actor = actor_of(session)
    if actor.sees_all:
        return true()
    if actor.place is None:
        return false()
    return and_(ImportRun.place_kind == actor.place.kind, ImportRun.place_id == actor.place.key)


def runs_of(session: AnySession, parent: Entity) -> Sequence[ImportRun]:
    """The latest uploads to a record, newest first."""
    return _latest(
        session,
        ImportRun.parent_entity == type(parent).__name__,
        ImportRun.parent_id == parent.id,
    )


def runs_of_rows(session: AnySession, model: type[Entity]) -> Sequence[ImportRun]:
    """The latest uploads of rows of a table from the actor's own place, newest first."""
    return _latest(
        session, ImportRun.entity == model.__name__, ImportRun.kind == ROWS, _ours(session)
    )


def _latest(session: AnySession, *where: ColumnElement[bool]) -> Sequence[ImportRun]:
    asked = select(ImportRun).where(*where).order_by(ImportRun.id.desc()).limit(_SHOWN_RUNS)
    return session.scalars(asked).all()


def counts_of(run: ImportRun) -> Counts:
    """How many rows the upload added, changed, left and refused, or would."""
    return Counts(**run.counts)


def hold_run(session: AnySession, run: ImportRun) -> None:
    """Let nobody else close or withdraw the upload meanwhile."""
    # A write locks on both databases; a select for update is nothing to SQLite.
    wanted = ImportRun.id == run.id
    session.execute(update(ImportRun).where(wanted).values(state=ImportRun.state))
    session.scalar(select(ImportRun).where(wanted).execution_options(populate_existing=True))
