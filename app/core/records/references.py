"""Which rows still refer to these, so that they cannot be deleted?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, inspect, select

from app.core.declarations.base import Entity, entities
from app.core.declarations.field import describe
from app.core.records import prefetch
from app.core.scope import AnySession


def referred(session: AnySession, model: type[Entity], keys: Sequence[int]) -> dict[int, str]:
    """The rows that others refer to, with the Chinese name of one kind of those others.

    Rows that are deleted with theirs do not count. Whoever refers, seen or not, keeps the row. One
    statement per table that may refer, however many rows.
    """
    found: dict[int, str] = {}
    named: Any = model
    for column, label in _columns_to(named):
        for some in prefetch.chunks(key for key in keys if key not in found):
            asked = select(column).where(column.in_(some)).distinct()
            # A row that is referred to stays, whoever refers to it.
            rows = session.scalars(asked.execution_options(unscoped=True))
            found |= dict.fromkeys(rows, label)
    return found


@lru_cache(maxsize=256)
def _columns_to(model: Any) -> tuple[tuple[Column[Any], str], ...]:
    """The key columns that point at the table, each with the name of the rows it stands in."""
    own = set(_deleted_along(model))
    return tuple(
        (column, describe(other).label)
        for other in entities()
        for column in _pointing(other, model)
        if column not in own
    )


def _pointing(other: type[Entity], model: Any) -> Iterator[Column[Any]]:
    """Keys in the other table itself, or in the one that ties its rows to several of ours."""
    target = inspect(model).local_table
    tables: list[Any] = [inspect(other).local_table]
    ties = [one for one in inspect(other).relationships if one.secondary is not None]
    tables += [one.secondary for one in ties if one.mapper.class_ is model]
    for table in tables:
        for column in table.columns:
            if any(key.column.table is target for key in column.foreign_keys):
                yield column


def _deleted_along(model: Any) -> Iterator[Any]:
    for one in inspect(model).relationships:
        if one.cascade.delete or one.secondary is not None:
            yield from one.remote_side
