"""How are the values in a line of history turned back into values of a row?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, DateTime, Numeric, inspect, select

from app.core.audit import KEYS
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.records import prefetch
from app.core.scope import AnySession


def typed(model: type[Entity], name: str, value: Any) -> Any:
    """Convert a value from its form in the history to the type of its column."""
    column = inspect(model).columns[name]
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(column.type, Numeric) else value


class Related:
    """The rows that lines of history refer to, read once per relation for all lines."""

    def __init__(
        self, session: AnySession, model: type[Entity], values: Iterable[Mapping[str, Any]]
    ) -> None:
        self._rows: dict[str, dict[int, Any]] = {}
        every = list(values)
        named: Any = model
        wanted: dict[str, tuple[Any, list[int]]] = {}
        for relation, key in prefetch.many_to_one(named):
            keys = [one[key] for one in every if one.get(key) is not None]
            wanted[relation.key] = (relation.mapper.class_, keys)
        for name in lists_of(model):
            keys = [key for one in every for key in one.get(f"{name}{KEYS}") or ()]
            wanted[name] = (inspect(model).relationships[name].mapper.class_, keys)
        for name, (target, keys) in wanted.items():
            self._rows[name] = {
                row.id: row
                for some in prefetch.chunks(keys)
                for row in session.scalars(select(target).where(target.id.in_(some)))
            }

    def row(self, name: str, key: int | None) -> Any:
        """Return the related row; raises LookupError if it is deleted or out of scope."""
        return None if key is None else self._rows[name][key]


def lists_of(model: type[Entity]) -> list[str]:
    """Return the names of the many-to-many relations of a table."""
    return [one.key for one in inspect(model).relationships if one.secondary is not None]


def values_of(model: type[Entity], before: Mapping[str, Any], related: Related) -> dict[str, Any]:
    """Convert a line's values to field → value; raises LookupError if a related row is gone.

    Columns without a declared field are left out, because they are derived from others.
    """
    named: Any = model
    relations = {key: one.key for one, key in prefetch.many_to_one(named)}
    declared = {field.name for field in describe(model).fields}
    found: dict[str, Any] = {}
    for name, value in before.items():
        many = name.removesuffix(KEYS)
        if name in relations:
            found[relations[name]] = related.row(relations[name], value)
        elif name.endswith(KEYS) and many in lists_of(model):
            found[many] = [related.row(many, key) for key in value or ()]
        elif name in declared and name in inspect(model).columns:
            found[name] = typed(model, name, value)
    return found
