"""Which SQL condition does each operator stand for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

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
)

from app.core import clock, outside
from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.outside import as_key
from app.core.views.columns import column_of, is_many, target_of
from app.core.views.lists.periods import LONGEST_SPAN, PERIODS

Kind = Literal["text", "pick", "flag", "relation", "many", "day", "moment", "number", "private"]
Clause = ColumnElement[bool] | None


@dataclass(frozen=True)
class Subject:
    """The field of a condition, with the attribute and column to compare."""

    model: type[Entity]
    field: Field
    attribute: Any
    column: Any

    @property
    def kind(self) -> Kind:
        return kind_of(self.model, self.field)

    def value(self, written: str) -> Any:
        """Return ``written`` as a value of the field; None if it cannot be read."""
        if self.field.relation:
            return as_key(written)
        return value_for(self.column.type, written)

    @property
    def stored(self) -> Any:
        """The column that is compared: a relation's key, otherwise the field itself."""
        return self.column if self.field.relation else self.attribute


def subject_of(model: type[Entity], field: Field) -> Subject:
    """Return the field as the subject of conditions."""
    return Subject(model, field, getattr(model, field.name), column_of(model, field))


def kind_of(model: type[Entity], field: Field) -> Kind:
    """Return the kind of field that decides which operators fit."""
    if field.relation:
        return "many" if is_many(model, field) else "relation"
    if field.sensitive:
        return "private"
    if field.codes or field.choices or field.name == "state":
        return "pick"
    type_: Any = column_of(model, field)
    for kind, types in _KINDS:
        if isinstance(type_.type, types):
            return kind
    return "text"


_KINDS: tuple[tuple[Kind, Any], ...] = (
    ("flag", Boolean),
    ("moment", DateTime),
    ("day", Date),
    ("number", (Integer, Numeric)),
)


def value_for(type_: Any, written: str) -> Any:
    """Return ``written`` as a value of the column type; None, never an exception, if unreadable."""
    try:
        if isinstance(type_, Boolean):
            return {"1": True, "0": False}.get(written)
        if isinstance(type_, Integer):
            return outside.whole(written)
        if isinstance(type_, Numeric):
            return outside.amount(written)
        if isinstance(type_, DateTime | Date):
            return date.fromisoformat(written)
    except ValueError:
        return None
    return written


def equals(subject: Subject, values: Sequence[str]) -> Clause:
    """Match exactly this value; a text also in upper case."""
    return is_one_of(subject, values[:1])


def differs(subject: Subject, values: Sequence[str]) -> Clause:
    """Match any other value, including an empty one."""
    return is_none_of(subject, values[:1])


def is_one_of(subject: Subject, values: Sequence[str]) -> Clause:
    """Match any of those values that can be read."""
    read = [value for written in values if (value := subject.value(written)) is not None]
    if not read:
        return None
    if subject.kind == "many":
        target = target_of(subject.model, subject.field)
        return subject.attribute.any(target.id.in_(read))
    if subject.kind == "moment":
        return or_(*[_span(subject.attribute, day, day) for day in read])
    if subject.kind in ("text", "private"):
        # Numbers end in X or begin with letters: typed small, they are still meant as stored.
        read = list(dict.fromkeys([*read, *(value.upper() for value in read)]))
    return subject.stored.in_(read)


def is_none_of(subject: Subject, values: Sequence[str]) -> Clause:
    """Match none of the values, including an empty one."""
    # Ignoring an unreadable value would let through the very rows that were to be excluded.
    if any(subject.value(written) is None for written in values):
        return None
    found = is_one_of(subject, values)
    if found is None:
        return None
    if subject.kind == "many":
        return ~found
    # To SQL an empty value is neither equal nor unequal to anything.
    return or_(~found, subject.stored.is_(None))


def is_empty(subject: Subject, _values: Sequence[str]) -> Clause:
    """Match rows without a value."""
    if subject.kind == "many":
        return ~subject.attribute.any()
    missing = subject.stored.is_(None)
    if not subject.field.relation and isinstance(subject.column.type, String):
        return or_(missing, subject.attribute == "")
    return missing


def is_filled(subject: Subject, values: Sequence[str]) -> Clause:
    """Match rows with a value."""
    found = is_empty(subject, values)
    return None if found is None else ~found


def contains(subject: Subject, values: Sequence[str]) -> Clause:
    """Match texts that contain the words, ignoring case."""
    return subject.attribute.icontains(values[0], autoescape=True)


def excludes(subject: Subject, values: Sequence[str]) -> Clause:
    """Match texts that do not contain the words."""
    return or_(
        ~subject.attribute.icontains(values[0], autoescape=True), subject.attribute.is_(None)
    )


def starts_with(subject: Subject, values: Sequence[str]) -> Clause:
    """Match texts that begin with the words, as written or in upper case."""
    forms = dict.fromkeys((values[0], values[0].upper()))
    return or_(*[subject.attribute.startswith(form, autoescape=True) for form in forms])


def _span(attribute: Any, first: Any, last: Any) -> ColumnElement[bool]:
    """Match from ``first`` to ``last`` inclusively; None is open. Moments count by date."""
    if isinstance(attribute.type, DateTime):
        first = first and datetime.combine(first, time.min)
        # A day as the upper bound means until its end, not its first moment.
        last = last and datetime.combine(last, time.max)
    clauses = [] if first is None else [attribute >= first]
    return and_(*clauses, *([] if last is None else [attribute <= last]))


def lies_between(subject: Subject, values: Sequence[str]) -> Clause:
    """Match from the first value to the second, inclusively."""
    read = [subject.value(written) for written in values]
    if len(read) != 2 or None in read:
        return None
    return _span(subject.attribute, *read)


def is_at_least(subject: Subject, values: Sequence[str]) -> Clause:
    """Match the value or more, or that date or later."""
    value = subject.value(values[0])
    return None if value is None else _span(subject.attribute, value, None)


def is_at_most(subject: Subject, values: Sequence[str]) -> Clause:
    """Match the value or less, or that date or earlier."""
    value = subject.value(values[0])
    return None if value is None else _span(subject.attribute, None, value)


def is_above(subject: Subject, values: Sequence[str]) -> Clause:
    """Match more than the value, or later than that date."""
    value = subject.value(values[0])
    if isinstance(value, date):
        return _span(subject.attribute, value + timedelta(1), None) if value < date.max else false()
    return None if value is None else subject.attribute > value


def is_below(subject: Subject, values: Sequence[str]) -> Clause:
    """Match less than the value, or earlier than that date."""
    value = subject.value(values[0])
    if isinstance(value, date):
        return _span(subject.attribute, None, value - timedelta(1)) if value > date.min else false()
    return None if value is None else subject.attribute < value


def _days(values: Sequence[str]) -> int | None:
    count = as_key(values[0])
    return count if count is not None and count <= LONGEST_SPAN else None


def in_last_days(subject: Subject, values: Sequence[str]) -> Clause:
    """Match the given number of days up to and including today."""
    count, today = _days(values), clock.today()
    if count is None:
        return None
    return _span(subject.attribute, today - timedelta(count - 1), today)


def in_next_days(subject: Subject, values: Sequence[str]) -> Clause:
    """Match the given number of days from today on, including today."""
    count, today = _days(values), clock.today()
    if count is None:
        return None
    return _span(subject.attribute, today, today + timedelta(count - 1))


def in_period(subject: Subject, values: Sequence[str]) -> Clause:
    """Match a period that is relative to today."""
    period = PERIODS.get(values[0])
    return None if period is None else _span(subject.attribute, *period.days(clock.today()))
