"""What was asked of a list? Search words and conditions out of the address, as declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Numeric,
    String,
    and_,
    false,
    or_,
    true,
)

from app.models import Entity
from app.models.field import Field, describe
from app.views.columns import column_of
from app.views.interface import as_key

#: Names in the address that are not fields.
RESERVED = frozenset({"q", "sort", "page", "size", "format", "tab", "selection"})

#: Nothing that a list holds is looked for by more characters.
LONGEST = 500
#: PostgreSQL refuses a number of some thousand decimals.
MOST_PLACES = 20


@dataclass(frozen=True)
class Condition:
    """One condition that was asked for: its field, what was written, and what it means."""

    field: Field
    values: tuple[str, str]
    clause: ColumnElement[bool]
    key: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters of the address that make up this condition."""
        if self.field.search == "range":
            return (f"{self.field.name}_from", f"{self.field.name}_to")
        return (self.field.name,)


@dataclass(frozen=True)
class Search:
    """Everything that was asked of a list."""

    words: str = ""
    conditions: tuple[Condition, ...] = ()
    clauses: tuple[ColumnElement[bool], ...] = dataclass_field(default_factory=tuple)


def searchable(model: type[Entity]) -> list[Field]:
    """The fields that a list of ``model`` can be narrowed by."""
    return [one for one in describe(model).fields if one.search or one.relation]


def read_search(model: type[Entity], args: Mapping[str, str]) -> Search:
    """Search words and conditions in ``args``; a value that cannot be read matches no row."""
    conditions = tuple(
        condition
        for one in searchable(model)
        if (condition := _condition(model, one, args)) is not None
    )
    words = asked(args, "q")
    clauses = tuple(condition.clause for condition in conditions)
    if words:
        clauses += (_quick(model, words),)
    return Search(words, conditions, clauses)


def asked(args: Mapping[str, str], name: str) -> str:
    """What stands under ``name`` in the address, as far as a database can compare it."""
    # PostgreSQL takes no NUL in a text, SQLite no pattern of more than 50,000 bytes.
    return args.get(name, "").replace("\0", "").strip()[:LONGEST]


def quick_fields(model: type[Entity]) -> list[Field]:
    """The fields that the one search box covers."""
    return [one for one in describe(model).where("quick") if not one.relation]


def _quick(model: type[Entity], words: str) -> ColumnElement[bool]:
    fields = quick_fields(model)
    return or_(false(), *[_words(getattr(model, one.name), one.search, words) for one in fields])


def _words(column: Any, search: str | None, words: str) -> ColumnElement[bool]:
    if search == "exact":
        return column.in_({words, words.upper()})
    if search == "prefix":
        forms = dict.fromkeys((words, words.upper()))
        return or_(*[column.startswith(form, autoescape=True) for form in forms])
    return column.icontains(words, autoescape=True)


def _condition(model: type[Entity], field: Field, args: Mapping[str, str]) -> Condition | None:
    if field.search == "range":
        first, last = (asked(args, f"{field.name}_{end}") for end in ("from", "to"))
        if not (first or last):
            return None
        return Condition(field, (first, last), _range(model, field, first, last))
    value = asked(args, field.name)
    if not value:
        return None
    if field.relation:
        return _related(model, field, value)
    return Condition(field, (value, ""), _single(model, field, value))


def _related(model: type[Entity], field: Field, value: str) -> Condition:
    key, attribute = as_key(value), getattr(model, field.name)
    column = column_of(model, field)
    if key is None:
        return Condition(field, (value, ""), false())
    if column is None:
        target = attribute.property.mapper.class_
        return Condition(field, (value, ""), attribute.any(target.id == key), key)
    return Condition(field, (value, ""), column == key, key)


def _single(model: type[Entity], field: Field, value: str) -> ColumnElement[bool]:
    attribute, column = getattr(model, field.name), column_of(model, field)
    if column is None or isinstance(column.type, String):
        if field.search == "pick":
            return attribute == value
        return _words(attribute, field.search, value)
    read = value_for(column.type, value)
    return false() if read is None else attribute == read


def _range(model: type[Entity], field: Field, first: str, last: str) -> ColumnElement[bool]:
    attribute, column = getattr(model, field.name), column_of(model, field)
    clauses: list[ColumnElement[bool]] = []
    for written, is_last in ((first, False), (last, True)):
        if not written or column is None:
            continue
        limit = value_for(column.type, written)
        if limit is None:
            return false()
        clauses.append(attribute >= limit if not is_last else _up_to(attribute, limit))
    return and_(true(), *clauses)


def _up_to(attribute: Any, limit: Any) -> ColumnElement[bool]:
    if isinstance(limit, datetime):
        return attribute <= datetime.combine(limit, time.max)
    return attribute <= limit


def _comparable(amount: Decimal) -> Decimal | None:
    if not (amount.is_finite() and abs(amount) < 10**12):
        return None
    exponent = amount.as_tuple().exponent
    return amount if isinstance(exponent, int) and -exponent <= MOST_PLACES else None


def value_for(type_: Any, written: str) -> Any:
    """``written`` as a value of the column type; None when it is none, never an exception."""
    try:
        if isinstance(type_, Boolean):
            return {"1": True, "0": False}.get(written)
        if isinstance(type_, Integer):
            number = int(written)
            return number if -(2**31) <= number < 2**31 else None
        if isinstance(type_, Numeric):
            return _comparable(Decimal(written))
        if isinstance(type_, DateTime):
            return datetime.combine(date.fromisoformat(written), datetime.min.time())
        if isinstance(type_, Date):
            return date.fromisoformat(written)
    except (ValueError, ArithmeticError):
        return None
    return written
