"""Which kind of cell does a declared field have in a sheet, and under which headings?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, DateTime, Integer, Numeric, inspect

from app.models import Entity
from app.models.field import Field
from app.sheets.table import Column, Kind

# Text that a spreadsheet likes to turn into a number.
_LONG_NUMBERS = frozenset({"credit_code", "current_certificate", "site_phone"})


def column_for(model: type[Entity], field: Field) -> Column:
    """The field's column in a sheet: its label as heading, with the declared other wordings."""
    return Column(field.name, field.label, field.aliases, field.required, kind_of(model, field))


def kind_of(model: type[Entity], field: Field) -> Kind:
    """How the cells of the field are read."""
    if field.relation or field.codes or field.choices:
        return "text"
    if field.sensitive or field.name in _LONG_NUMBERS:
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
