"""Which rows would repeat a unique value of another row, and how is that worded?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import String, UniqueConstraint, cast, inspect, literal, select, update
from sqlalchemy.orm import InstanceState

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import Problem
from app.core.records.prefetch import MOST_KEYS
from app.core.refusals.records import CONFLICT, DUPLICATE
from app.core.scope import AnySession

Key = dict[str, Any]
Values = tuple[Any, ...]


@lru_cache(maxsize=256)
def keys_of(model: type[Any]) -> tuple[tuple[str, ...], ...]:
    """Return the unique keys of a table, each as a tuple of column names."""
    table: Any = inspect(model).local_table
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys = {tuple(column.key for column in one.columns) for one in unique}
    # To the database a unique index binds as a constraint does.
    keys |= {tuple(one.columns.keys()) for one in table.indexes if one.unique}
    return tuple(sorted(keys))


def unique_keys(item: Entity) -> list[Key]:
    """Return the row's values under each unique key, as column → value; runs no statement."""
    model: Any = type(item)
    return [{name: _value(item, name) for name in key} for key in keys_of(model)]


def _value(item: Entity, name: str) -> Any:
    """Return what will be written: the related row's key, the value or the column's default."""
    relation = name.removesuffix("_id")
    state: InstanceState[Any] = inspect(item)
    if name.endswith("_id") and state.dict.get(relation) is not None:
        return state.dict[relation].id
    value = state.dict.get(name)
    if value is None and not state.persistent:
        value = getattr(inspect(type(item)).columns[name].default, "arg", None)
    return value


def taken(session: AnySession, items: Sequence[Entity]) -> dict[Entity, Problem]:
    """Return the new and changed rows of one table whose unique values are already taken.

    Rows outside the actor's scope count too, because the database's constraint knows no scope. If
    two of ``items`` want the same values, the later one is refused; rows that exchange their
    values are accepted. Takes one statement per unique key that these rows touch.
    """
    found: dict[Entity, Problem] = {}
    model: Any = type(items[0]) if items else None
    for key in keys_of(model) if items else ():
        wanted = _wanted(items, key)
        stored = _stored(session, model, key, wanted)
        moving = {item.id: item for same in wanted.values() for item in same}
        for values, same in wanted.items():
            if any(one not in moving for one in stored.get(values, ())):
                found |= dict.fromkeys(same, _taken(model, key))
            found |= dict.fromkeys(same[1:], _twice(model, key))
    return found


def make_room(session: AnySession, items: Sequence[Entity]) -> None:
    """Free the unique values that the rows about to be written pass on to one another."""
    model: Any = type(items[0]) if items else None
    for key in keys_of(model) if items else ():
        wanted = _wanted(items, key)
        moving = {item.id: item for same in wanted.values() for item in same if item.id}
        if moving:
            stored = _stored(session, model, key, wanted)
            _make_room(session, key, list(_left(wanted, stored, moving)))


def _left(
    wanted: Mapping[Values, Sequence[Entity]],
    stored: Mapping[Values, Sequence[int]],
    moving: Mapping[int, Entity],
) -> Iterable[Entity]:
    """Yield the rows of this act whose stored values another of its rows is about to take."""
    for values, same in wanted.items():
        takers = {item.id for item in same}
        yield from (moving[one] for one in stored.get(values, ()) if one in moving.keys() - takers)


def _make_room(session: AnySession, key: Sequence[str], rows: Iterable[Entity]) -> None:
    """Replace the values that rows of this act leave to others by placeholders.

    The database checks uniqueness row by row, so two rows could not otherwise exchange values.
    Only a column that the row itself changes is used: the placeholder is overwritten, or rolled
    back, before the act ends.
    """
    aside: dict[str, list[Entity]] = {}
    for row in rows:
        changed = _changed_text(row, key)
        if changed:
            aside.setdefault(changed, []).append(row)
    for name, left in aside.items():
        model: Any = type(left[0])
        value = literal("~").concat(cast(model.id, String))
        moved = update(model).where(model.id.in_([row.id for row in left])).values({name: value})
        session.connection().execute(moved)


def _changed_text(row: Entity, key: Sequence[str]) -> str:
    """Return a text column of the key whose value the row changes; empty if there is none."""
    state: InstanceState[Any] = inspect(row)
    columns = inspect(type(row)).columns
    texts = (name for name in key if isinstance(columns[name].type, String))
    return next((name for name in texts if state.attrs[name].history.has_changes()), "")


def _wanted(items: Iterable[Entity], key: tuple[str, ...]) -> dict[Values, list[Entity]]:
    """Group the rows by the values that they are about to take.

    Rows with an empty part are left out, since SQL never counts NULL as a duplicate.
    """
    found: dict[Values, list[Entity]] = {}
    for item in items:
        if _touches(item, key):
            values = tuple(_value(item, name) for name in key)
            if None not in values:
                found.setdefault(values, []).append(item)
    return found


def _touches(item: Entity, key: tuple[str, ...]) -> bool:
    state: InstanceState[Any] = inspect(item)
    if not state.persistent:
        return True
    names = {*key, *(name.removesuffix("_id") for name in key)}
    return not names.isdisjoint(state.committed_state)


def _stored(
    session: AnySession, model: type[Entity], key: tuple[str, ...], wanted: Iterable[Values]
) -> Mapping[Values, list[int]]:
    """Return the ids of the rows that hold each of these values.

    Asks by the column with the most distinct values, which excludes the most rows.
    """
    asked = list(wanted)
    if not asked:
        return {}
    distinct = [set(column) for column in zip(*asked, strict=True)]
    most_distinct = max(range(len(key)), key=lambda place: len(distinct[place]))
    columns = [inspect(model).columns[name] for name in key]
    found: dict[Values, list[int]] = {}
    ordered = list(distinct[most_distinct])
    for start in range(0, len(ordered), MOST_KEYS):
        some = columns[most_distinct].in_(ordered[start : start + MOST_KEYS])
        # The constraint spans all rows, including those that the actor cannot see.
        rows = select(model.id, *columns).where(some).execution_options(unscoped=True)
        for number, *values in session.execute(rows):
            found.setdefault(tuple(values), []).append(number)
    return found


def _taken(model: type[Entity], key: Iterable[str]) -> Problem:
    fields = [_field(model, name) for name in key]
    named = "、".join(field.label for field in fields)
    return DUPLICATE.of(field=fields[-1].name, named=named, what=describe(model).label)


def _twice(model: type[Entity], key: Iterable[str]) -> Problem:
    fields = [_field(model, name) for name in key]
    named = "、".join(field.label for field in fields)
    message = f"本次提交里另有一行的“{named}”与此相同，请核对后修改"
    return DUPLICATE.saying(message, field=fields[-1].name)


def conflict(
    session: AnySession, model: type[Entity], rows: Iterable[tuple[int | None, list[Key]]]
) -> Problem:
    """Return why the database refused rows with these unique values, judging by its rows now."""
    for own_id, keys in rows:
        for key in keys:
            if _is_taken(session, model, own_id, key):
                return _taken(model, key)
    message = f"{describe(model).label}没有保存：所选的关联记录可能刚刚被删除，请重新选择后再保存"
    return CONFLICT.saying(message)


def _is_taken(session: AnySession, model: type[Entity], own_id: int | None, key: Key) -> bool:
    same = [inspect(model).columns[name] == value for name, value in key.items()]
    # The constraint spans all rows, including those that the actor cannot see.
    found = select(model.id).where(*same).limit(1).execution_options(unscoped=True)
    if own_id is not None:
        found = found.where(model.id != own_id)
    return session.scalar(found) is not None


def _field(model: type[Entity], name: str) -> Field:
    declared = {field.name: field for field in describe(model).fields}
    return declared.get(name) or declared[name.removesuffix("_id")]
