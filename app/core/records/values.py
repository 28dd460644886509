"""Which value of a field does the text of a cell mean, and how is a value written as text?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Integer, Numeric, String, inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import Problem
from app.core.records.code_lists import CodeName, code_for, code_lists, code_name
from app.core.records.related import Related
from app.core.records.sheet_columns import column_for
from app.core.refusals.records import (
    DIGITS_LOST,
    MASKED,
    NUMBER_TOO_LARGE,
    REQUIRED,
    RETIRED_VALUE,
    TOO_LONG,
    TOO_MANY_DECIMALS,
    UNKNOWN_VALUE,
)
from app.core.scope import AnySession
from app.core.sheets.reading.cell import coerce, fold_text
from app.core.sheets.reading.table import Cell

_LARGEST_INTEGER = 2**31 - 1
_SHOWN_CHOICES = 12
_SHOWN = 30
# How Excel writes a long number, whose digits are then lost.
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2,}")
_YES_NO = (
    CodeName("1", "是", ("有", "√", "✓", "Y", "YES", "TRUE", "对"), active=True),
    CodeName("0", "否", ("无", "×", "N", "NO", "FALSE", "错"), active=True),
)
#: Replaces digits that the reader of a list may not see.
MASK = "*"


class Reader:
    """Converts cells to values of one table's declared fields, and values to texts.

    No statement is run per row: code lists are read once, and related records for all texts
    passed to ``prefetch``, within the scope of the session's actor.
    """

    def __init__(
        self,
        session: AnySession,
        model: type[Entity],
        lists: Mapping[str, tuple[CodeName, ...]] | None = None,
    ) -> None:
        self.model = model
        self._session = session
        self._fields = {field.name: field for field in describe(model).fields}
        self._columns = inspect(model).columns
        self._relations = inspect(model).relationships
        self._sheet = {name: column_for(model, field) for name, field in self._fields.items()}
        self._lists = lists
        self._related: dict[type[Entity], Related] = {}
        self._codes: dict[tuple[str, str], CodeName | None] = {}

    @property
    def lists(self) -> Mapping[str, tuple[CodeName, ...]]:
        """All code lists by kind; read once per reader."""
        if self._lists is None:
            self._lists = code_lists(self._session)
        return self._lists

    def prefetch(self, name: str, texts: Iterable[str]) -> None:
        """Read what these texts may mean for the field, so that single rows need no statement."""
        field = self._fields[name]
        if field.relation:
            self.related(name).prefetch({fold_text(text) for text in texts})

    def related(self, name: str) -> Related:
        """Return the lookup behind a relation; relations to the same table share one."""
        target: type[Entity] = self._relations[name].mapper.class_
        if target not in self._related:
            self._related[target] = Related(self._session, target)
        return self._related[target]

    def read(
        self, name: str, text: str, beside: Mapping[str, Any] | None = None
    ) -> tuple[Any, Problem | None]:
        """Return the value that a text means for the field and the problem with it, if any.

        ``beside`` holds values of the same row, which distinguish related records of the same name.
        A blank text gives the value of an empty field. A retired value comes with the problem
        ``retired`` and a masked number with ``masked``, each beside its value: what is already
        stored may stay.
        """
        return self.read_cell(name, coerce(text, self._sheet[name], 0), beside)

    def read_cell(
        self, name: str, cell: Cell, beside: Mapping[str, Any] | None = None
    ) -> tuple[Any, Problem | None]:
        """Read like ``read`` a cell that was parsed from a sheet as the field's column."""
        field = self._fields[name]
        if cell.problem is not None:
            return None, _without_row(cell.problem)
        if not cell.text:
            return self._empty(field)
        if field.relation:
            return self._relation(field, cell.text, beside or {})
        type_ = self._columns[name].type
        items = self.choices(name)
        if items:
            return self._of_list(field, items, cell.text, type_)
        if field.sensitive and MASK in cell.text:
            return cell.text, MASKED.of(field=name, label=field.label)
        return _plain(field, type_, cell)

    def choices(self, name: str) -> tuple[CodeName, ...]:
        """Return the fixed values of the field: 是 and 否, a code list or declared choices."""
        field = self._fields[name]
        if field.relation:
            return ()
        if isinstance(self._columns[name].type, Boolean):
            return _YES_NO
        if field.codes:
            return self.lists.get(field.codes, ())
        return tuple(CodeName(value, label, (), active=True) for value, label in field.choices)

    def write(self, name: str, value: Any) -> str:
        """Return the text that ``read`` turns into this value again; nothing is masked."""
        field = self._fields[name]
        if isinstance(value, bool):
            return "是" if value else "否"
        if field.codes or field.choices:
            items = self.choices(name)
            return code_name("" if value is None else str(value), items)
        if value is None:
            return ""
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "、".join(str(one) for one in value)
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        return value.isoformat() if isinstance(value, date) else str(value)

    def _empty(self, field: Field) -> tuple[Any, Problem | None]:
        if field.required:
            return None, REQUIRED.of(field=field.name, label=field.label)
        if field.relation:
            return ([] if self._relations[field.name].uselist else None), None
        column = self._columns[field.name]
        given = column.default.arg if column.default is not None else None
        return (None if column.nullable or callable(given) else given), None

    def _relation(
        self, field: Field, text: str, beside: Mapping[str, Any]
    ) -> tuple[Any, Problem | None]:
        related = self.related(field.name)
        if self._relations[field.name].uselist:
            return related.several(field, text, beside)
        return related.one(field, text, beside)

    def _of_list(
        self, field: Field, items: tuple[CodeName, ...], text: str, type_: Any
    ) -> tuple[Any, Problem | None]:
        item = self._item(field, items, text)
        if item is not None:
            value = _typed(item.code, type_)
            if item.active:
                return value, None
            return value, RETIRED_VALUE.of(field=field.name, label=field.label, value=item.name)
        names = [one.name for one in items if one.active]
        more = "等" if len(names) > _SHOWN_CHOICES else ""
        shown = "、".join(names[:_SHOWN_CHOICES]) + more
        written = text[:_SHOWN]
        return None, UNKNOWN_VALUE.of(
            field=field.name, label=field.label, text=written, choices=shown
        )

    def _item(self, field: Field, items: tuple[CodeName, ...], text: str) -> CodeName | None:
        key = (field.name, text)
        if key not in self._codes:
            code = code_for(text, items)
            if code is None:  # retired values are still recognised by name
                revived = [CodeName(one.code, one.name, one.aliases, active=True) for one in items]
                code = code_for(text, revived)
            self._codes[key] = next((one for one in items if one.code == code), None)
        return self._codes[key]


def decimal(number: Any) -> Decimal:
    """Convert a number from a sheet without binary noise: 0.1 stays 0.1."""
    return Decimal(f"{number:.15g}") if isinstance(number, float) else Decimal(str(number))


def _typed(code: str, type_: Any) -> Any:
    if isinstance(type_, Boolean):
        return code == "1"
    return int(code) if isinstance(type_, Integer) else code


def _plain(field: Field, type_: Any, cell: Cell) -> tuple[Any, Problem | None]:
    value = cell.value
    if isinstance(type_, Integer) and isinstance(value, int):
        return _bounded(field, value, value, _LARGEST_INTEGER)
    if isinstance(type_, Numeric):
        return _number(field, decimal(value), type_)
    if isinstance(type_, String) and _SCIENTIFIC.fullmatch(str(value)):
        return None, DIGITS_LOST.of(field=field.name, label=field.label, value=value)
    if isinstance(type_, String) and type_.length and len(str(value)) > type_.length:
        return None, TOO_LONG.of(field=field.name, label=field.label, most=type_.length)
    return value, None


def _number(field: Field, number: Decimal, type_: Any) -> tuple[Any, Problem | None]:
    places = type_.scale or 0
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        return None, TOO_MANY_DECIMALS.of(field=field.name, label=field.label, places=places)
    return _bounded(field, number, number, 10 ** ((type_.precision or 12) - places) - 1)


def _bounded(field: Field, value: Any, number: Any, most: int) -> tuple[Any, Problem | None]:
    if abs(number) <= most:
        return value, None
    return None, NUMBER_TOO_LARGE.of(field=field.name, label=field.label)


def _without_row(problem: Problem) -> Problem:
    return problem if problem.row else replace(problem, row=None)
