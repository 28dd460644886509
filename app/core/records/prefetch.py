"""How are the rows that a bulk act needs read in a fixed number of statements?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import InstanceState, RelationshipDirection, RelationshipProperty
from sqlalchemy.orm.attributes import set_committed_value

from app.core.declarations.base import Entity
from app.core.scope import AnySession

#: The most keys in one statement: both databases accept at least this many.
MOST_KEYS = 10_000


def is_stored(row: Entity) -> bool:
    """Return whether the database holds the row, so that it is neither new nor deleted."""
    state: InstanceState[Any] = inspect(row)
    return state.persistent


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    """Yield the distinct keys in portions that fit into one statement."""
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), MOST_KEYS):
        yield wanted[start : start + MOST_KEYS]


def rows_of(session: AnySession, model: type[Any], keys: Iterable[int]) -> dict[int, Any]:
    """Return the rows among these keys that the actor sees, by key, freshly read."""
    found = {}
    for some in chunks(keys):
        asked = select(model).where(model.id.in_(some))
        # Rows that the session read earlier may have been saved by others since.
        for row in session.scalars(asked.execution_options(populate_existing=True)):
            found[row.id] = row
    return found


def versions_of(
    session: AnySession, model: type[Any], keys: Iterable[int], *, hold: bool = False
) -> dict[int, int]:
    """Return the current version of each of these rows that the actor sees, by key.

    ``hold`` locks the rows until the transaction ends. SQLite has no row locks: there the lock
    of its single writer serves.
    """
    found: dict[int, int] = {}
    # Always locking in the order of ids keeps two acts from deadlocking each other.
    for some in chunks(sorted(keys) if hold else keys):
        asked = select(model.id, model.version).where(model.id.in_(some))
        if hold:
            asked = asked.order_by(model.id).with_for_update(of=model)
        found |= {row.id: row.version for row in session.execute(asked)}
    return found


def read_relations(session: AnySession, rows: Sequence[Entity]) -> list[Any]:
    """Read what the rows refer to, and what those refer to in turn; return what was read.

    Takes one statement per relation, however many rows. A row out of scope reads as None. The
    caller must keep the result: the session holds its rows only weakly.
    """
    parents = _read_parents(session, rows)
    held: list[Any] = [*parents]
    by_model: dict[type[Any], list[Entity]] = {}
    for parent in parents:
        by_model.setdefault(type(parent), []).append(parent)
    for some in by_model.values():
        held.extend(_read_parents(session, some))
    return held


def _read_parents(session: AnySession, rows: Sequence[Entity]) -> list[Entity]:
    found: dict[Entity, None] = {}
    if rows:
        model: Any = type(rows[0])
        for relation, key in many_to_one(model):
            _read_one(session, rows, relation, key)
            found |= {getattr(row, relation.key): None for row in rows}
    return [one for one in found if one is not None]


@lru_cache(maxsize=256)
def many_to_one(model: type[Any]) -> tuple[tuple[RelationshipProperty[Any], str], ...]:
    """Return the many-to-one relations of ``model``, each with the attribute of its key."""
    mapper = inspect(model)
    return tuple(
        (one, mapper.get_property_by_column(next(iter(one.local_columns))).key)
        for one in mapper.relationships
        if one.direction is RelationshipDirection.MANYTOONE
    )


def _read_one(
    session: AnySession, rows: Sequence[Entity], relation: RelationshipProperty[Any], key: str
) -> None:
    wanting = [
        (row, getattr(row, key))
        for row in rows
        if is_stored(row) and relation.key not in inspect(row).dict
    ]
    target = relation.mapper.class_
    found: dict[int, Any] = {}
    for some in chunks(value for _, value in wanting if value is not None):
        found |= {one.id: one for one in session.scalars(select(target).where(target.id.in_(some)))}
    for row, value in wanting:
        # As if loaded: setting the attribute itself would count as a change of the row.
        set_committed_value(row, relation.key, found.get(value))


@lru_cache(maxsize=256)
def lists_of(model: Any) -> tuple[str, ...]:
    """Return the names of the relations of ``model`` to many rows."""
    return tuple(one.key for one in inspect(model).relationships if one.uselist)


def read_lists(session: AnySession, rows: Sequence[Entity], names: Iterable[str]) -> None:
    """Read these relations to many rows, with one statement for each relation."""
    stored = {row.id: row for row in rows if is_stored(row)}
    if not stored:
        return
    model: type[Any] = type(rows[0])
    for name in names:
        lists: dict[int, list[Any]] = {key: [] for key in stored}
        relation = inspect(model).relationships[name]
        order = relation.order_by or ()
        for some in chunks(stored):
            asked = (
                select(model.id, relation.mapper.class_)
                .select_from(model)
                .join(getattr(model, name))
                .where(model.id.in_(some))
                .order_by(*order)
            )
            for key, one in session.execute(asked):
                lists[key].append(one)
        for key, row in stored.items():
            set_committed_value(row, name, lists[key])
