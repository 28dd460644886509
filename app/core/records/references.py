"""Which of these rows are referred to by others, and so cannot be deleted?"""

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
    """Return the rows that others refer to, with the Chinese name of one referring table.

    Rows that would be deleted along do not count; rows out of scope do. Takes one statement per
    referring column, however many rows.
    """
    found: dict[int, str] = {}
    named: Any = model
    for column, label in _columns_to(named):
        for some in prefetch.chunks(key for key in keys if key not in found):
            asked = select(column).where(column.in_(some)).distinct()
            # The foreign key also holds for referring rows that the actor cannot see.
            rows = session.scalars(asked.execution_options(unscoped=True))
            found |= dict.fromkeys(rows, label)
    return found


@lru_cache(maxsize=256)
def _columns_to(model: Any) -> tuple[tuple[Column[Any], str], ...]:
    """Return the key columns that point at the table, with the label of the referring table."""
    own = set(_deleted_along(model))
    return tuple(
        (column, describe(other).label)
        for other in entities()
        for column in _pointing(other, model)
        if column not in own
    )


def _pointing(other: type[Entity], model: Any) -> Iterator[Column[Any]]:
    """Yield the keys to ``model`` in the other table and in its association tables."""
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
