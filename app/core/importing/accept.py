"""How does a preview become rows? In one transaction, with a line of history for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.core import audit
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import AppError, BadSheet, NotFound, Stale
from app.core.history import operations
from app.core.importing.forms import MODELS
from app.core.importing.judged_against import marks_of
from app.core.importing.permission import check_open
from app.core.importing.preview import preview
from app.core.importing.result import Imported, Judged, Preview
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Batch, Candidate, Score
from app.services.results import retakes, scoring


def accept(
    session: AnySession,
    actor: Actor,
    batch: Batch,
    kind: str,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
) -> Preview:
    """Write what the preview of the file shows: new and changed rows; refused ones are left out.

    A blank cell leaves what is stored. Returns the preview that was written. Raises as
    ``preview``, BadSheet also where a column is missing, and Stale when somebody else changed the
    same rows meanwhile; then nothing is written.
    """
    done = write(session, actor, batch, kind, data, filename, mapping)
    session.commit()
    return done.shown


MEANWHILE = "同一批次的数据刚刚被别人改过，没有导入任何数据，请重新预览后再接受"


def write(
    session: AnySession,
    actor: Actor,
    batch: Batch,
    kind: str,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
    hold: Callable[[Preview], None] = lambda shown: None,
) -> Imported:
    """``accept`` without the commit, for acts that keep more in the same transaction.

    The file is read and judged while others write; only then is the batch held, and what was judged
    must still be so. ``hold`` is called in between: it keeps what else must not move meanwhile.
    """
    _read(session, batch)
    judged_against = marks_of(session, batch)
    shown = preview(session, actor, batch, kind, data, filename, mapping)
    check_columns(shown)
    wanted = [row.values for row in shown.rows if row.status in ("new", "changed")]
    try:
        hold(shown)
        _hold(session, batch)
        check_open(session, actor, batch, kind)
        if marks_of(session, batch) != judged_against:
            raise Stale(MEANWHILE)
        with operations.operation(session, actor, MODELS[kind], f"import:{filename}") as begun:
            _write(session, batch, MODELS[kind], wanted)
            begun.count = len(wanted)
    except AppError:
        session.rollback()
        raise
    except (IntegrityError, StaleDataError) as error:
        session.rollback()
        raise Stale(MEANWHILE) from error
    return Imported(shown, begun.name if wanted else "")


def check_columns(shown: Preview) -> None:
    """Raise BadSheet where the sheet lacks a column that every row needs."""
    if shown.missing:
        columns = "、".join(shown.missing)
        message = f"表中没有找到必需的列：{columns}，没有导入任何数据，请补上该列后重新导入"
        raise BadSheet(message, "columns_missing")


def _hold(session: AnySession, batch: Batch) -> None:
    """Keep the batch in its state until the rows are written: a write locks on both databases."""
    session.execute(update(Batch).where(Batch.id == batch.id).values(version=Batch.version))
    _read(session, batch)


def _read(session: AnySession, batch: Batch) -> None:
    """Let the batch be as the database has it now."""
    wanted = select(Batch).where(Batch.id == batch.id)
    if session.scalar(wanted.execution_options(populate_existing=True)) is None:
        raise NotFound("没有这个批次，或不在您的管辖范围内")


def _write(session: AnySession, batch: Batch, model: type[Any], wanted: Sequence[Judged]) -> None:
    changes = [(one, one.changes) for one in wanted]
    lists = _list_names(model)
    before = [
        {name: _names(getattr(one.stored, name)) for name in changed if name in lists}
        if one.stored is not None
        else dict.fromkeys(lists & set(changed), "")
        for one, changed in changes
    ]
    written = [_put(model, batch, one, changed) for one, changed in changes]
    if model is Score:
        outcomes = scoring.outcomes(session, batch)
        for item in written:
            outcomes.judge(item)
    fresh = [item for item in written if item.id is None]
    _number(session, batch, model, fresh)
    if model is Candidate:
        _insert(session, batch, model, fresh)
    session.add_all(item for item in fresh if item.id is None)
    session.flush()
    if model is Candidate:
        retakes.follow_roster(session, batch)
        scoring.judge_again(session, batch)
    audit.record(
        session,
        model.__name__,
        "edit",
        [
            (item.id, str(getattr(item, describe(model).title)), _moved(item, old))
            for item, old in zip(written, before, strict=True)
            if old
        ],
    )


def _put(model: type[Any], batch: Batch, one: Judged, changed: Mapping[str, Any]) -> Any:
    item = one.stored if one.stored is not None else model(batch_id=batch.id)
    for name, value in changed.items():
        setattr(item, name, value)
    return item


def _number(session: AnySession, batch: Batch, model: type[Any], fresh: Sequence[Any]) -> None:
    """New rows go on counting in the order of the sheet where the model has a running number."""
    if not hasattr(model, "serial"):
        return
    last = session.scalar(select(func.max(model.serial)).where(model.batch_id == batch.id)) or 0
    for serial, item in enumerate(fresh, start=last + 1):
        item.serial = serial


def _insert(session: AnySession, batch: Batch, model: type[Any], fresh: Sequence[Any]) -> None:
    """Write new rows that consist of columns and are counted in their batch, with their history.

    Three statements; through the session it takes several times as long, and others wait for it.
    """
    if not fresh:
        return
    mapper = inspect(model)
    given = [dict(inspect(one).dict) for one in fresh]
    names = {name for one in given for name in one} & {one.key for one in mapper.column_attrs}
    # All rows have the same columns: a blank cell gives what a row gets that does not name it.
    blank = {name: getattr(mapper.columns[name].default, "arg", None) for name in names}
    common = {"version": 1, **audit.marks(session)}
    rows = [{name: one.get(name, blank[name]) for name in names} | common for one in given]
    # With its empty values each row has the same columns, and all go in together.
    session.execute(insert(model).execution_options(render_nulls=True), rows)
    # The batch is held: nobody else counts on from here.
    mine = (model.batch_id == batch.id, model.serial >= fresh[0].serial)
    keys = session.scalars(select(model.id).where(*mine).order_by(model.serial))
    for one, key in zip(fresh, keys, strict=True):
        one.id = key
    audit.record_added(session, fresh)


def _list_names(model: type[Entity]) -> frozenset[str]:
    """Relations to many, which history does not see in the row's own columns."""
    relations = {one.key: one.uselist for one in model.__mapper__.relationships}
    return frozenset(
        field.name for field in describe(model).where("relation") if relations[field.name]
    )


def _names(people: Sequence[Any]) -> str:
    return "、".join(str(one) for one in people)


def _moved(item: Any, before: Mapping[str, str]) -> dict[str, list[str]]:
    return {name: [old, _names(getattr(item, name))] for name, old in before.items()}
