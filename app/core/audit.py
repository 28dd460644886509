"""Who changed what, as marked on the row and recorded in its history?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import LargeBinary, event, insert, inspect
from sqlalchemy.orm import Session, UOWTransaction, scoped_session
from sqlalchemy.orm.attributes import get_history

from app.core import clock, replaced_files
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.scope import AnySession, actor_of
from app.core.tables import Change, Remains
from app.core.tables.packed import rows_for

_UNRECORDED = frozenset(
    {"id", "version", "created_at", "created_by_id", "changed_at", "changed_by_id"}
)


def _recorded(model: type[Entity]) -> list[str]:
    """Return the columns whose values the history keeps; a stored file is kept with its row."""
    return [
        one.key
        for one in inspect(model).column_attrs
        if one.key not in _UNRECORDED
        and not (one.key == "content" and isinstance(one.columns[0].type, LargeBinary))
    ]


#: Suffix of the entry with a relation's keys, which is stored beside the one with its titles.
KEYS = "_ids"


def begin_operation(session: AnySession, name: str) -> None:
    """Assign the further changes of this session to the operation called ``name``."""
    session.info["operation"] = name


@contextmanager
def naming(session: AnySession, name: str) -> Iterator[None]:
    """Assign the changes inside the block to operation ``name``; if empty, to the present one."""
    before: str = session.info.get("operation", "")
    begin_operation(session, name or before)
    try:
        yield
    finally:
        begin_operation(session, before)


@contextmanager
def restoring(session: AnySession) -> Iterator[None]:
    """Record rows added inside the block as restored."""
    session.info["added_as"] = "restore"
    try:
        yield
    finally:
        del session.info["added_as"]


def write(
    session: AnySession, entity: str, kind: str, rows: Iterable[tuple[int, str, dict[str, Any]]]
) -> None:
    """Record history for rows changed without the session: (id, title, field → [before, after])."""
    made = [
        _line(session, entity, kind, record_id, title, fields) for record_id, title, fields in rows
    ]
    if made:
        session.execute(insert(Change), rows_for(made))


def write_added(session: AnySession, rows: Sequence[Entity]) -> None:
    """Record history for rows inserted without the session, from their loaded values."""
    if not rows:
        return
    names = _recorded(type(rows[0]))
    found = []
    for one in rows:
        values: dict[str, Any] = inspect(one).dict
        fields = {
            name: [None, plain(values[name])] for name in names if values.get(name) is not None
        }
        found.append((one.id, _title(one), fields))
    write(session, type(rows[0]).__name__, "add", found)


def marks(session: AnySession) -> dict[str, Any]:
    """Return who creates a row and when, for rows inserted without the session."""
    return {"created_at": clock.now(), "created_by_id": actor_of(session).id}


def _line(
    session: AnySession, entity: str, kind: str, record_id: int, title: str, fields: dict[str, Any]
) -> dict[str, Any]:
    actor = actor_of(session)
    return {
        "entity": entity,
        "record_id": record_id,
        "kind": kind,
        "title": title[:200],
        "fields": fields,
        "source": actor.source,
        "operation": session.info.get("operation", ""),
        "actor_id": actor.id,
        "actor_name": actor.name,
        "at": clock.now(),
    }


def _mark(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    actor, now = actor_of(session), clock.now()
    for one in session.new:
        if isinstance(one, Entity):
            one.created_at, one.created_by_id = now, actor.id
    for one in session.dirty:
        if isinstance(one, Entity) and session.is_modified(one):
            one.changed_at, one.changed_by_id = now, actor.id
            replaced_files.keep_replaced(session, one)
    for one in session.deleted:
        if isinstance(one, Entity):
            replaced_files.keep_deleted(session, one)
            _read_whole(session, one)


def _read_whole(session: Session, one: Entity) -> None:
    """Load what a deletion has to record while the row still exists.

    File contents do not go into the history but into a table of their own.
    """
    mapper = inspect(type(one))
    for name in [one.key for one in mapper.column_attrs if not one.deferred]:
        getattr(one, name)
    for name in _lists_of(type(one)):
        getattr(one, name)
    files = [one.key for one in mapper.column_attrs if isinstance(one.columns[0].type, LargeBinary)]
    rows = [
        {"entity": type(one).__name__, "record_id": one.id, "column": name, "content": content}
        for name in files
        if (content := getattr(one, name)) is not None
    ]
    if rows:
        session.connection().execute(insert(Remains), rows)


def _lists_of(model: type[Entity]) -> list[str]:
    """Return the names of the many-to-many relations of a table."""
    return [one.key for one in inspect(model).relationships if one.secondary is not None]


def _write_flush(session: Session, _context: UOWTransaction) -> None:
    made: list[dict[str, Any]] = []
    named: str = session.info.get("added_as", "add")
    for kind, ones in (("add", session.new), ("edit", session.dirty), ("delete", session.deleted)):
        for one in ones:
            if not isinstance(one, Entity):
                continue
            fields = _changed_fields(session, one, kind)
            if fields or kind == "delete":
                title, what = _title(one), named if kind == "add" else kind
                made.append(_line(session, type(one).__name__, what, one.id, title, fields))
    if made:
        session.connection().execute(insert(Change), rows_for(made))


def _title(one: Entity) -> str:
    # Only loaded values: no query may be run inside a flush.
    value: Any = inspect(one).dict.get(describe(type(one)).title)
    return "" if value is None else str(value)


def _changed_fields(session: Session, one: Entity, kind: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name in _recorded(type(one)):
        before: Any
        after: Any
        if kind == "delete":
            before, after = inspect(one).dict.get(name), None
        else:
            change = get_history(one, name)
            if not change.has_changes():
                continue
            before = change.deleted[0] if change.deleted else None
            after = change.added[0] if change.added else None
        if before != after:
            found[name] = [plain(before), plain(after)]
    return found | _changed_lists(one, kind)


def _changed_lists(one: Entity, kind: str) -> dict[str, list[Any]]:
    """Return the changed many-to-many relations, by the titles and by the keys of their rows.

    The titles stay readable when a row is gone; the keys allow an undo.
    """
    found: dict[str, list[Any]] = {}
    for name in _lists_of(type(one)):
        if name not in inspect(one).dict:
            continue
        change = get_history(one, name)
        before = [*change.unchanged, *change.deleted]
        after = [] if kind == "delete" else [*change.unchanged, *change.added]
        if before != after and (kind == "delete" or change.has_changes()):
            found[name] = [_titles(before), _titles(after)]
            found[f"{name}{KEYS}"] = [_keys(before), _keys(after)]
    return found


def _keys(rows: Iterable[Entity]) -> list[int]:
    return sorted(row.id for row in rows)


def _titles(rows: Iterable[Entity]) -> str | None:
    return "、".join(sorted(_title(row) or f"#{row.id}" for row in rows)) or None


def plain(value: Any) -> Any:
    """Return the value as stored in JSON: dates in ISO format, decimals as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    # History notes that a file was there; its content is kept once, with its record.
    if isinstance(value, bytes):
        return f"{len(value)} 字节"
    return value


def install(session: AnySession) -> None:
    """Record the history of every flush of ``session``; does nothing the second time."""
    target = session.session_factory if isinstance(session, scoped_session) else session
    if not event.contains(target, "before_flush", _mark):
        event.listen(target, "before_flush", _mark)
        event.listen(target, "after_flush", _write_flush)
