"""Which stored rows do the keys in a sheet mean?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, or_, select

from app.core.declarations.base import Entity
from app.core.scope import AnySession

Key = tuple[Any, ...]

_IN_STATEMENT = 5_000


def find_known(
    session: AnySession, model: type[Entity], names: Sequence[str], keys: Iterable[Key]
) -> dict[Key, list[int]]:
    """Return the ids of the rows in scope that have one of these keys, by key.

    A key holds the values of the fields ``names``, related rows by their ids. Keys without a row
    are left out. Takes a few statements in all.
    """
    wanted = set(keys)
    found: dict[Key, list[int]] = defaultdict(list)
    columns = [_column(model, name) for name in names]
    for statement in _statements(model, columns, wanted):
        for number, *values in session.execute(statement):
            key = comparable(values)
            if key in wanted:
                found[key].append(number)
    return dict(found)


def comparable(values: Iterable[Any]) -> Key:
    """Return values as a key: None for an empty text, the id for a related row."""
    return tuple(getattr(value, "id", value) if value != "" else None for value in values)


def _column(model: type[Entity], name: str) -> Any:
    mapper = inspect(model)
    if name in mapper.relationships:
        return getattr(model, f"{name}_id")
    return getattr(model, name)


def _statements(
    model: type[Entity], columns: Sequence[Any], keys: set[Key]
) -> Iterable[Select[Any]]:
    """Yield statements for the rows that may have one of the keys.

    They filter by the column with the most distinct values, which excludes the most rows.
    """
    if not keys:
        return
    values = [{key[at] for key in keys} for at in range(len(columns))]
    widest = max(range(len(columns)), key=lambda at: len(values[at]))
    others = [
        _among(column, values[at])
        for at, column in enumerate(columns)
        if at != widest and len(values[at]) <= _IN_STATEMENT // 10
    ]
    chosen = sorted(values[widest], key=lambda value: (value is not None, str(value)))
    for start in range(0, len(chosen), _IN_STATEMENT):
        part = _among(columns[widest], chosen[start : start + _IN_STATEMENT])
        yield select(model.id, *columns).where(part, *others)


def _among(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    given = [value for value in values if value is not None]
    if len(given) == len(list(values)):
        return column.in_(given)  # type: ignore[no-any-return]
    empty = [column.is_(None)]
    if column.type.python_type is str:
        empty.append(column == "")
    return or_(column.in_(given), *empty)
