"""Which declared fields appear on which page, and in which order?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.records.sheet_columns import entered_fields
from app.core.views import overrides
from app.core.views.overrides import described


def _where(model: type[Entity], flag: str) -> list[Field]:
    # Hidden fields appear nowhere, even if they are declared.
    return [one for one in described(model).where(flag) if one.name not in model.__hidden__]


def _said(model: type[Entity], page: str) -> list[Field] | None:
    """Return the fields that the screen itself names for a page, in order, or None."""
    names = overrides.of(model).columns.get(page)
    known = {one.name: one for one in described(model).fields}
    return None if names is None else [known[name] for name in names if name in known]


def _named_first(model: type[Entity], fields: list[Field]) -> list[Field]:
    title = describe(model).title
    return sorted(fields, key=lambda one: (one.name != title, one.name != "state"))


def listed(model: type[Entity], hidden: str = "") -> list[Field]:
    """Return the columns of a list: title first, then state, then as declared."""
    said = _said(model, "list")
    fields = _named_first(model, _where(model, "list")) if said is None else said
    return [one for one in fields if one.name != hidden]


def choosable(model: type[Entity]) -> list[Field]:
    """Return all columns that a list may show, in the list's own order."""
    return _named_first(
        model,
        [
            one
            for one in described(model).fields
            if one.name not in model.__hidden__ and (one.list or one.show)
        ],
    )


def chosen(model: type[Entity], names: Iterable[str]) -> list[Field]:
    """Return the columns with these names, in this order; other names are ignored."""
    known = {one.name: one for one in choosable(model)}
    return [known[name] for name in dict.fromkeys(names) if name in known]


def shown(model: type[Entity]) -> list[Field]:
    """Return the fields of the record page."""
    said = _said(model, "show")
    return _named_first(model, _where(model, "show")) if said is None else said


def filled_in(model: type[Entity], *, adding: bool = False) -> list[Field]:
    """Return the fields of the form, never a state."""
    said = _said(model, "add" if adding else "edit")
    if said is not None:
        return said
    entered = {one.name for one in entered_fields(model)}
    return [one for one in described(model).fields if one.name in entered]


def exported(model: type[Entity]) -> list[Field]:
    """Return the columns of an exported list, in the list's order."""
    said = _said(model, "export")
    if said is not None:
        return said
    fields, first = _where(model, "export"), [one.name for one in _said(model, "list") or ()]
    if not first:
        return _named_first(model, fields)
    return sorted(
        fields, key=lambda one: first.index(one.name) if one.name in first else len(first)
    )


def grouped(model: type[Entity], fields: Iterable[Field]) -> list[tuple[str, list[Field]]]:
    """Group ``fields``, with the groups in the order of their first field."""
    found: dict[str, list[Field]] = {}
    for one in fields:
        found.setdefault(one.group, []).append(one)
    return list(found.items())


def column_of(model: type[Entity], field: Field) -> Column[Any] | None:
    """Return the column of the field, or of a relation's key; None for relations to many."""
    mapper = inspect(model)
    if not field.relation:
        return mapper.columns[field.name]
    if mapper.relationships[field.name].uselist:
        return None
    return next(iter(mapper.relationships[field.name].local_columns))


def target_of(model: type[Entity], field: Field) -> type[Entity]:
    """Return the model that a relation points to."""
    return inspect(model).relationships[field.name].mapper.class_


def key_name(model: type[Entity], field: Field) -> str:
    """Return the attribute that holds the key of a to-one relation."""
    column = next(iter(inspect(model).relationships[field.name].local_columns))
    return inspect(model).get_property_by_column(column).key


def relations_among(fields: Iterable[Field]) -> list[str]:
    """Return the names of the relations among ``fields``."""
    return [one.name for one in fields if one.relation]


def is_many(model: type[Entity], field: Field) -> bool:
    """Return whether the field holds several related rows."""
    return field.relation and bool(inspect(model).relationships[field.name].uselist)
