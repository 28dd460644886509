"""Which value does a cell give to a plain column, and what if it gives none?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Integer, Numeric, String, inspect

from app.errors import Problem
from app.models import Entity
from app.models.field import Field, describe
from app.scope import AnySession
from app.services import vocabulary
from app.services.vocabulary import CodeName
from app.sheets.table import Row

_LARGEST_INTEGER = 2**31 - 1
_SHOWN_CHOICES = 12
_YES_NO = (
    CodeName("1", "是", ("有", "√", "Y"), active=True),
    CodeName("0", "否", ("无", "×", "N"), active=True),
)


class Wordings:
    """The centre's code lists as the words of a sheet meet them; each wording is looked up once."""

    def __init__(self, session: AnySession) -> None:
        self.lists = vocabulary.code_lists(session)
        self._known: dict[tuple[str, str], str | None] = {}

    def code(self, kind: str, text: str) -> str | None:
        """The code that ``text`` means in the list ``kind``, or None."""
        if (kind, text) not in self._known:
            self._known[kind, text] = vocabulary.code_for(text, self.lists.get(kind, ()))
        return self._known[kind, text]

    def name(self, kind: str, code: str) -> str:
        """The official name of a code."""
        return vocabulary.code_name(code, self.lists.get(kind, ()))

    def values(
        self, model: type[Entity], row: Row, names: Iterable[str]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """The values of the declared fields ``names`` in a row, and what stands against them.

        A blank cell gives no value. A cell that was refused when it was read gives none either;
        its problem is the row's own.
        """
        values: dict[str, Any] = {}
        found: list[Problem] = []
        for name in names:
            if row.value(name) is None:
                continue
            value, problem = self._value(model, describe(model).field(name), row)
            if problem is None:
                values[name] = value
            else:
                found.append(problem)
        return values, found

    def _value(self, model: type[Entity], field: Field, row: Row) -> tuple[Any, Problem | None]:
        written = row.value(field.name)
        type_ = inspect(model).columns[field.name].type
        items = self._items(field, type_)
        if items:
            return self._of_list(field, items, row, boolean=isinstance(type_, Boolean))
        if isinstance(type_, Integer):
            return written, _size_problem(field, row, written)
        if isinstance(type_, Numeric):
            return decimal(written), None
        if isinstance(type_, String) and type_.length and len(str(written)) > type_.length:
            message = f"“{field.label}”超过 {type_.length} 个字，请缩短"
            return None, Problem("too_long", message, field.name, row.number)
        return written, None

    def _items(self, field: Field, type_: Any) -> tuple[CodeName, ...]:
        if isinstance(type_, Boolean):
            return _YES_NO
        if field.codes:
            return self.lists.get(field.codes, ())
        return tuple(CodeName(v, label, (), active=True) for v, label in field.choices if v)

    def _of_list(
        self, field: Field, items: tuple[CodeName, ...], row: Row, *, boolean: bool
    ) -> tuple[Any, Problem | None]:
        text = row.text(field.name)
        code = self.code(field.codes, text) if field.codes else vocabulary.code_for(text, items)
        if code is not None:
            return (code == "1") if boolean else code, None
        names = [item.name for item in items if item.active]
        more = "等" if len(names) > _SHOWN_CHOICES else ""
        choices = "、".join(names[:_SHOWN_CHOICES]) + more
        message = f"“{field.label}”写的是“{text[:30]}”，无法识别，请填{choices}之一"
        return None, Problem(f"{field.name}_unknown", message, field.name, row.number)


def decimal(number: Any) -> Decimal:
    """A number as read from a sheet, without binary noise."""
    return Decimal(f"{number:.15g}") if isinstance(number, float) else Decimal(str(number))


def _size_problem(field: Field, row: Row, number: Any) -> Problem | None:
    if abs(number) <= _LARGEST_INTEGER:
        return None
    message = f"“{field.label}”的数值太大，请核对"
    return Problem("number_too_large", message, field.name, row.number)
