"""Which search words and conditions does the address of a list contain?

A condition is written ``field.operator=value`` (``exam_date.between=2021-04-01,2021-04-30``), or in
the short form of the simple controls: ``field=value``, ``field_from=…``, ``field_to=…``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from sqlalchemy import ColumnElement, false, or_
from werkzeug.datastructures import MultiDict

from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.outside import as_key
from app.core.views import overrides
from app.core.views.lists import clauses
from app.core.views.lists.clauses import subject_of
from app.core.views.lists.operators import Operator, operator_of, separate
from app.core.views.overrides import described

#: Parameters of an address that are not fields.
RESERVED = frozenset({"q", "sort", "page", "size", "format", "tab", "selection", "columns", "view"})

#: The most characters of a search value, and of a list of values.
LONGEST, LONGEST_LIST = 500, 20_000

UNREADABLE = "无法识别的条件"

Args = Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """One condition: its field, operator and values, and the SQL clause.

    ``operator`` is None if the condition cannot be read; then it matches no row. ``written`` is
    its text in the address, by parameter.
    """

    field: Field
    operator: Operator | None
    values: tuple[str, ...]
    clause: ColumnElement[bool]
    written: Mapping[str, str]

    @property
    def simple(self) -> bool:
        """Whether the simple control of the field can show the condition."""
        return bool(self.field.name) and not any("." in name for name in self.written)

    @property
    def keys(self) -> list[int]:
        """The keys of the related rows in the condition."""
        if not self.field.relation:
            return []
        return [key for value in self.values if (key := as_key(value)) is not None]

    @property
    def key(self) -> int | None:
        """The key of the only related row that the list is filtered to, else None."""
        narrows = self.operator is not None and self.operator.name in ("is", "in")
        return self.keys[0] if narrows and len(self.keys) == 1 else None

    def dropped(self, args: Args) -> dict[str, Any]:
        """Return the changes of the address that remove the condition."""
        if self.simple:
            return dict.fromkeys(self.written)
        return {
            name: [
                value for value in values_of(args, name) if _cleaned(value, LONGEST_LIST) != gone
            ]
            for name, gone in self.written.items()
        }


@dataclass(frozen=True)
class Search:
    """All search words and conditions of a list."""

    words: str = ""
    conditions: tuple[Condition, ...] = ()
    clauses: tuple[ColumnElement[bool], ...] = dataclass_field(default_factory=tuple)


def searchable(model: type[Entity]) -> list[Field]:
    """Return the fields for which a list of ``model`` has a simple control."""
    return [one for one in described(model).fields if one.search or one.relation]


def filterable(model: type[Entity]) -> list[Field]:
    """Return the fields that conditions may use: visible ones, or those that the screen names."""
    said = overrides.of(model).columns.get("search")
    return [
        one
        for one in described(model).fields
        if one.name not in model.__hidden__
        and (one.show or one.list or one.search)
        and (said is None or one.name in said)
    ]


def read_search(model: type[Entity], args: Args) -> Search:
    """Return the words and conditions in ``args``; unreadable values match no row."""
    conditions = (*_simple_conditions(model, args), *_named_conditions(model, args))
    words = asked(args, "q")
    found = tuple(condition.clause for condition in conditions)
    if words:
        found += (_quick(model, words),)
    return Search(words, conditions, found)


def asked(args: Args, name: str) -> str:
    """Return the parameter ``name``, cleaned so that a database can compare it."""
    return _cleaned(args.get(name, ""), LONGEST)


def _cleaned(written: str, longest: int) -> str:
    # PostgreSQL accepts no NUL in a text, SQLite no pattern of more than 50,000 bytes.
    return written.replace("\0", "").strip()[:longest]


def values_of(args: Args, name: str) -> list[str]:
    """Return all values of the parameter ``name``, unchanged."""
    if isinstance(args, MultiDict):
        return args.getlist(name)
    return [args[name]] if name in args else []


def quick_fields(model: type[Entity]) -> list[Field]:
    """Return the fields that the one search box covers."""
    return [one for one in described(model).where("quick") if not one.relation]


def _quick(model: type[Entity], words: str) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [false()]
    for field in quick_fields(model):
        clause = _HABITS[field.search or "contains"](subject_of(model, field), [words])
        found.extend([] if clause is None else [clause])
    return or_(*found)


_HABITS = {
    "exact": clauses.equals,
    "prefix": clauses.starts_with,
    "contains": clauses.contains,
    "pick": clauses.equals,
}
#: The operator of a simple control, by how its field is searched.
_USUAL = {"prefix": "starts", "contains": "contains"}


def simple_names(model: type[Entity]) -> dict[str, Field]:
    """Return the parameters of the simple controls of a list of ``model``."""
    return {name: field for field in searchable(model) for name in _names_of(field)}


def _names_of(field: Field) -> tuple[str, ...]:
    if field.search == "range":
        return f"{field.name}_from", f"{field.name}_to"
    return (field.name,)


def _simple_conditions(model: type[Entity], args: Args) -> Iterator[Condition]:
    for field in searchable(model):
        written = {name: asked(args, name) for name in _names_of(field)}
        if field.search == "range":
            first, last = written.values()
            values = tuple(value for value in (first, last) if value)
            operator = "between" if first and last else "from" if first else "to"
        else:
            values = tuple(value for value in written.values() if value)
            operator = _USUAL.get(field.search or "", "is")
        if values:
            given = {name: value for name, value in written.items() if value}
            yield _condition(model, field, operator, values, given)


def _named_conditions(model: type[Entity], args: Args) -> Iterator[Condition]:
    fields = {field.name: field for field in filterable(model)}
    simple = simple_names(model)
    for name in [name for name in args if name not in RESERVED and name not in simple]:
        field_name, _, operator = name.partition(".")
        for raw in values_of(args, name):
            value = _cleaned(raw, LONGEST_LIST)
            if field_name not in fields or "." not in name:
                # Ignoring the condition would widen an act on all matching rows.
                yield _nothing(Field(label=UNREADABLE), (f"{name}={value}",), {name: value})
            elif value:
                field = fields[field_name]
                yield _condition(model, field, operator, (value,), {name: value})


def _condition(
    model: type[Entity], field: Field, name: str, values: tuple[str, ...], written: dict[str, str]
) -> Condition:
    subject = subject_of(model, field)
    operator = operator_of(subject.kind, name)
    if operator is None:
        return _nothing(field, values, written)
    if operator.takes == "many":
        values = tuple(separate(subject, values[0]))
    elif operator.takes == "two" and len(values) == 1:
        values = tuple(one.strip() for one in values[0].split(","))
    else:
        values = tuple(one[:LONGEST] for one in values)
    clause = operator.clause(subject, values) if values else None
    return Condition(field, operator, values, false() if clause is None else clause, written)


def _nothing(field: Field, values: tuple[str, ...], written: dict[str, str]) -> Condition:
    return Condition(field, None, values, false(), written)
