"""Which declared fields stand on which page of an entity, and in which order?"""

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
    # What a model keeps for itself stands nowhere, even when it is declared.
    return [one for one in described(model).where(flag) if one.name not in model.__hidden__]


def _said(model: type[Entity], page: str) -> list[Field] | None:
    """The fields that the table's screen names for a page, in its order; None where it does not."""
    names = overrides.of(model).columns.get(page)
    known = {one.name: one for one in described(model).fields}
    return None if names is None else [known[name] for name in names if name in known]


def _named_first(model: type[Entity], fields: list[Field]) -> list[Field]:
    title = describe(model).title
    return sorted(fields, key=lambda one: (one.name != title, one.name != "state"))


def listed(model: type[Entity], hidden: str = "") -> list[Field]:
    """The columns of a list: what names the row first, then its state, then as declared."""
    said = _said(model, "list")
    fields = _named_first(model, _where(model, "list")) if said is None else said
    return [one for one in fields if one.name != hidden]


def choosable(model: type[Entity]) -> list[Field]:
    """The columns that a list may be given: all that staff see, in the list's own order."""
    return _named_first(
        model,
        [
            one
            for one in described(model).fields
            if one.name not in model.__hidden__ and (one.list or one.show)
        ],
    )


def chosen(model: type[Entity], names: Iterable[str]) -> list[Field]:
    """The columns of these names, in this order; what is no column is passed over."""
    known = {one.name: one for one in choosable(model)}
    return [known[name] for name in dict.fromkeys(names) if name in known]


def shown(model: type[Entity]) -> list[Field]:
    """The fields of the record page."""
    said = _said(model, "show")
    return _named_first(model, _where(model, "show")) if said is None else said


def filled_in(model: type[Entity], *, adding: bool = False) -> list[Field]:
    """The fields of the form; a state is never one of them, whatever is declared."""
    said = _said(model, "add" if adding else "edit")
    if said is not None:
        return said
    entered = {one.name for one in entered_fields(model)}
    return [one for one in described(model).fields if one.name in entered]


def exported(model: type[Entity]) -> list[Field]:
    """The columns of an exported list, in the list's order."""
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
    """``fields`` by their group, groups in the order of their first field."""
    found: dict[str, list[Field]] = {}
    for one in fields:
        found.setdefault(one.group, []).append(one)
    return list(found.items())


def column_of(model: type[Entity], field: Field) -> Column[Any] | None:
    """The table column that holds the field: its own, or a relation's key; None for many."""
    mapper = inspect(model)
    if not field.relation:
        return mapper.columns[field.name]
    if mapper.relationships[field.name].uselist:
        return None
    return next(iter(mapper.relationships[field.name].local_columns))


def target_of(model: type[Entity], field: Field) -> type[Entity]:
    """The model that a relation points to."""
    return inspect(model).relationships[field.name].mapper.class_


def key_name(model: type[Entity], field: Field) -> str:
    """The attribute that holds the key of a to-one relation."""
    column = next(iter(inspect(model).relationships[field.name].local_columns))
    return inspect(model).get_property_by_column(column).key


def relations_among(fields: Iterable[Field]) -> list[str]:
    """The names of the relations among ``fields``."""
    return [one.name for one in fields if one.relation]


def is_many(model: type[Entity], field: Field) -> bool:
    """Whether the field holds several related rows."""
    return field.relation and bool(inspect(model).relationships[field.name].uselist)
