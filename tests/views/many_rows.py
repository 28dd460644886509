"""How does a test get many different rows of every table? By copying one world so many times."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Integer,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
)

from app.core import scope
from app.core.declarations.base import entities
from app.core.roles import SYSTEM
from app.core.scope import AnySession

FIRST = 1_000_000


def copy_everything(session: AnySession, numbers: range) -> None:
    """Copies of the first row of every table, each related to the copies of the same number.

    Related rows differ from copy to copy: what asks for each of them is seen in the count.
    """
    tables: dict[Table, type[Any]] = {model.__table__: model for model in entities()}
    with scope.acting(session, SYSTEM):
        for table in next(iter(tables)).metadata.sorted_tables:
            if table in tables:
                row = session.execute(select(table).order_by(table.c.id).limit(1)).mappings().one()
                session.execute(insert(table), [_copy(table, row, n, tables) for n in numbers])
            elif _joins(table, tables):
                rows = [{key.name: FIRST + n for key in table.columns} for n in numbers]
                session.execute(insert(table), rows)
        session.commit()


def _joins(table: Table, tables: dict[Table, Any]) -> bool:
    """Whether the table only ties rows of two tables of the product together."""
    targets = [key.column.table for key in table.foreign_keys]
    return len(targets) == len(table.columns) == 2 and all(one in tables for one in targets)


def _copy(table: Table, row: Any, number: int, tables: dict[Table, Any]) -> dict[str, Any]:
    values = dict(row) | {"id": FIRST + number}
    single = _unique(table)
    for column in table.columns:
        value = values[column.name]
        target = next((key.column.table for key in column.foreign_keys), None)
        if value is not None and target in tables and target is not table:
            values[column.name] = FIRST + number
        elif _is_chosen(column):
            continue  # another value would be none of its list; the other columns differ
        elif column.name in single and value is not None and column.name != "id":
            values[column.name] = _other(column, value, number)
    return values


def _is_chosen(column: Column[Any]) -> bool:
    declared = column.info.get("field")
    return declared is not None and bool(declared.choices)


def _unique(table: Table) -> set[str]:
    found = {column.name for column in table.columns if column.unique}
    for one in table.constraints:
        if isinstance(one, UniqueConstraint):
            found |= {column.name for column in one.columns if not column.foreign_keys}
    for index in table.indexes:
        found |= {column.name for column in index.columns if index.unique}
    return found


def _other(column: Column[Any], value: Any, number: int) -> Any:
    if isinstance(column.type, String):
        # One sign tells sixty rows apart even where only one fits.
        return f"{chr(0x4E00 + number)}{value}"[: column.type.length]
    if isinstance(column.type, Date):
        return date(2000, 1, 1) + timedelta(number)
    return value + number + 1 if isinstance(column.type, Integer | Numeric) else value
