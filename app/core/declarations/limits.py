"""Which values does the database itself refuse, according to the declared fields?

Each limit is a named CHECK constraint of its table. Code lists, states and links are not limits:
they refer to rows, of which a centre may add its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import CheckConstraint, Column, Date, DateTime, Integer, Table, event, inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import conv

from app.core.declarations.field import Field
from app.core.errors import Problem
from app.core.refusals.records import (
    OUT_OF_ORDER,
    OUT_OF_RANGE,
    STATE_UNKNOWN,
    UNLISTED,
    YEAR_UNREAL,
)

FIRST_YEAR, LAST_YEAR = 1900, 2999
_INFO = "limit"
_NAME = re.compile(r"\b(?:ck_\w+_(?:range|order|choice)|known_(\w+)_state)\b")


@dataclass(frozen=True)
class Limit:
    """What a CHECK constraint demands of the columns of one row; an empty value meets it.

    ``condition`` is SQL that every engine reads alike: column names in double quotes, and no
    parentheses, so that it can be found again in the definition of a table.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    condition: str
    field: Field
    low: Any = None
    high: Any = None

    def problem(self) -> Problem:
        """Return the problem of a row that breaks the limit."""
        label, column = self.field.label, self.columns[0]
        if self.name.endswith("_state"):
            return STATE_UNKNOWN.of(field=column, label=label)
        if self.name.endswith("_choice"):
            return UNLISTED.of(field=column, label=label)
        if self.name.endswith("_order"):
            earlier = Model.metadata.tables[self.table].columns[self.columns[1]].info["field"]
            return OUT_OF_ORDER.of(field=column, label=label, earlier=earlier.label)
        if isinstance(self.low, date):
            return YEAR_UNREAL.of(field=column, label=label)
        return OUT_OF_RANGE.of(field=column, label=label, range=self.range)

    @property
    def range(self) -> str:
        """The range of a number in words."""
        if self.high is None:
            return f"不能小于{self.low}"
        return f"不能大于{self.high}" if self.low is None else f"应在{self.low}至{self.high}之间"

    def is_met(self, item: Any) -> bool:
        """Return whether the row meets the limit, for ranges of numbers and orders of days.

        Years and choices have checks of their own.
        """
        values: list[Any] = [getattr(item, column, None) for column in self.columns]
        if None in values or isinstance(self.low, date) or self.name.endswith("_choice"):
            return True
        if len(values) > 1:
            return bool(values[0] >= values[1])
        low, high = self.low, self.high
        return (low is None or low <= values[0]) and (high is None or values[0] <= high)


@event.listens_for(Column, "after_parent_attach")
def _limit(column: Column[Any], table: Any) -> None:
    declared = column.info.get("field")
    if declared is None or not isinstance(table, Table):
        return
    for one in _limits(column, table.name, declared):
        # A final name: the naming convention would repeat the table in it.
        made = CheckConstraint(one.condition, name=conv(one.name), info={_INFO: one})
        table.append_constraint(made)


def _limits(column: Column[Any], table: str, declared: Field) -> Iterator[Limit]:
    name, quoted = f"ck_{table}_{column.name}", f'"{column.name}"'
    own = (column.name,)
    low: Any = declared.minimum
    high: Any = declared.maximum
    if isinstance(column.type, Date | DateTime):
        low, high = date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 1, 1)
        condition = f"{quoted} >= '{low}' AND {quoted} < '{high}'"
        yield Limit(f"{name}_range", table, own, condition, declared, low, high)
    elif low is not None or high is not None:
        ends = [f"{quoted} >= {low}"] if low is not None else []
        ends += [f"{quoted} <= {high}"] if high is not None else []
        yield Limit(f"{name}_range", table, own, " AND ".join(ends), declared, low, high)
    if declared.not_before:
        both = (column.name, declared.not_before)
        condition = f'{quoted} >= "{declared.not_before}"'
        yield Limit(f"{name}_order", table, both, condition, declared)
    if declared.choices:
        values = dict.fromkeys(value for value, _label in declared.choices)
        if isinstance(column.type, Integer):
            said = [f"{quoted} = {int(value)}" for value in values]
        else:
            # An optional choice that was not made is stored as an empty text.
            texts = (value.replace("'", "''") for value in ("", *values))
            said = [f"{quoted} = '{text}'" for text in dict.fromkeys(texts)]
        yield Limit(f"{name}_choice", table, own, " OR ".join(said), declared)


def limits_of(table: Any) -> Mapping[str, Limit]:
    """Return the limits of a table by the names of their constraints."""
    found = (one.info.get(_INFO) for one in table.constraints)
    made = [one for one in found if one is not None]
    return {one.name: one for one in sorted(made, key=lambda one: one.name)}


def limit_problems(item: Any, said: set[str]) -> list[Problem]:
    """Return a problem for each limit of the row that is broken, except fields in ``said``."""
    table = inspect(type(item)).local_table
    broken = [one for one in limits_of(table).values() if not one.is_met(item)]
    return [one.problem() for one in broken if one.columns[0] not in said]


def broken_limit(error: BaseException) -> Limit | None:
    """Return the limit because of which the database refused a row; None if it was another."""
    if not isinstance(error, IntegrityError):
        return None
    named = _NAME.search(str(error.orig))
    if named is None:
        return None
    if named[1] is not None:
        field = Model.metadata.tables[named[1]].columns["state"].info["field"]
        return Limit(named[0], named[1], ("state",), "", field)
    known = (limits_of(table).get(named[0]) for table in Model.metadata.tables.values())
    return next((one for one in known if one is not None), None)
