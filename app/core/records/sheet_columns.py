"""Which kind of column does a declared field have in a sheet, and under which headings?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, DateTime, Integer, Numeric, inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.sheets.reading.table import Column, Kind


def entered_fields(model: type[Entity]) -> tuple[Field, ...]:
    """Return the fields that people fill in, in the order of the form.

    A state is excluded, because only moves change it.
    """
    fields = describe(model).where("form")
    return tuple(one for one in fields if one.name not in {"state"} | model.__hidden__)


def column_for(model: type[Entity], field: Field) -> Column:
    """Return the field's column in a sheet: its label as heading, its aliases as alternatives."""
    return Column(field.name, field.label, field.aliases, field.required, kind_of(model, field))


def kind_of(model: type[Entity], field: Field) -> Kind:
    """Return how the cells of the field are read."""
    if field.relation or field.codes or field.choices:
        return "text"
    if field.sensitive or field.code_like:
        return "long_number"
    return _kind_of_type(inspect(model).columns[field.name].type)


def _kind_of_type(type_: Any) -> Kind:
    if isinstance(type_, DateTime):
        return "moment"
    if isinstance(type_, Date):
        return "date"
    if isinstance(type_, Integer):
        return "integer"
    return "number" if isinstance(type_, Numeric) else "text"
