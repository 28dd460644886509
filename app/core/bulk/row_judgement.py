"""What would happen to each of many rows, before anything is written?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect

from app.core.bulk.row_edit import EditedRow, RowEdit, own_values
from app.core.declarations.base import Entity
from app.core.declarations.behaviour import behaviour_of
from app.core.errors import (
    NotFound,
    RulesBroken,
    Stale,
)
from app.core.history import history
from app.core.records import judging, prefetch
from app.core.records.read_once import reading
from app.core.refusals.changes import ROW_TWICE
from app.core.roles import Actor
from app.core.scope import AnySession

MISSING = "没有这条记录，或不在您的管辖范围内"


def judge_rows(
    session: AnySession, actor: Actor, model: type[Entity], edits: Sequence[RowEdit]
) -> list[EditedRow]:
    """Apply the edits to their rows and judge each row; nothing is written."""
    with reading(session):
        rows = [EditedRow(edit) for edit in edits]
        held = _find(session, model, rows)
        before = {row.item: own_values(row.item) for row in rows if not row.refused}
        for row in rows:
            row.touched = not row.refused and _take_over(row)
        touched = [row for row in rows if row.touched]
        kept = judging.judge(session, actor, [row.item for row in touched])
        for row in touched:
            refused = kept.refused.get(row.item)
            if refused is not None:
                row.refuse(refused)
            elif row.item in kept.warned:
                row.settle(before[row.item], kept.warned[row.item])
        held.clear()
        return rows


def _find(session: AnySession, model: type[Entity], rows: Sequence[EditedRow]) -> list[Any]:
    """Give each edit its row and read what the checks need.

    The caller must keep the result: the session holds its rows only weakly.
    """
    found = prefetch.rows_of(session, model, [one.edit.key for one in rows if one.edit.key])
    newer = _saved_since(session, model, rows, found)
    met: set[int] = set()
    for row in rows:
        key = row.edit.key
        if key is None:
            row.item = model()
        elif key not in found:
            row.title = f"#{key}"
            row.refuse(NotFound(MISSING))
        elif key in newer:
            row.refuse(Stale(newer[key]))
        elif key in met:
            row.refuse(RulesBroken([ROW_TWICE.of()]))
        else:
            row.item, row.version = found[key], found[key].version
        met.add(key or 0)
    stored = [row.item for row in rows if row.item is not None and row.edit.key is not None]
    held = prefetch.read_relations(session, stored)
    prefetch.read_lists(session, stored, _lists(model, rows))
    for row in rows:
        if row.edit.key in found:
            row.title = str(found[row.edit.key])
    return [*held, *found.values()]


def _lists(model: type[Entity], rows: Sequence[EditedRow]) -> list[str]:
    """Return the relations to many rows that these edits set or that saving reads."""
    edited = {name for row in rows for name in row.edit.values}
    many = {one.key for one in inspect(model).relationships if one.uselist}
    return sorted((edited & many) | set(behaviour_of(model).reads))


def _saved_since(
    session: AnySession, model: type[Entity], rows: Sequence[EditedRow], found: Mapping[int, Any]
) -> dict[int, str]:
    """Return, by key, who saved which row after its values were shown, in Chinese."""
    shown = {one.edit.key: one.edit.version for one in rows if one.edit.version is not None}
    late = [key for key, row in found.items() if shown.get(key, row.version) != row.version]
    last = history.last_events(session, model, late) if late else {}
    return {key: who_was_faster(last.get(key)) for key in late}


def who_was_faster(event: history.Event | None) -> str:
    """Return who saved the row meanwhile and what they changed, worded as a refusal."""
    if event is None:
        return "这条记录刚刚被别人办理或保存过，没有覆盖；请刷新后核对"
    changed = "；".join(f"{one.label}由“{one.before}”改为“{one.after}”" for one in event.changes)
    detail = f"（{changed}）" if changed else ""
    return f"{event.who}于 {event.at:%Y-%m-%d %H:%M} 保存过这条记录{detail}，没有覆盖；请刷新后核对"


def _take_over(row: EditedRow) -> bool:
    """Set the values on the row; return whether there is anything to write."""
    for name, value in row.edit.values.items():
        after = _storable(type(row.item), name, value)
        if row.edit.key is None:
            if after is not None:
                setattr(row.item, name, after)
                row.changes[name] = (None, after)
            continue
        # Taken before setting; a list is copied below, since a relation changes in place.
        before = getattr(row.item, name)
        if not _same(before, after):
            row.changes[name] = (list(before) if isinstance(before, list) else before, after)
            setattr(row.item, name, after)
    return row.edit.key is None or bool(row.changes)


def _storable(model: type[Entity], name: str, value: Any) -> Any:
    """Return the value for the column; the column's default if it cannot store NULL.

    Raises ValueError for a state, which only a move may change.
    """
    if name == "state":
        raise ValueError(f"{model.__name__}.{name} changes by steps alone")
    column = inspect(model).columns.get(name)
    if value not in (None, "") or column is None:
        return value
    return None if column.nullable else getattr(column.default, "arg", value)


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return {one.id for one in before} == {one.id for one in after or ()}
    return bool(before == after)
