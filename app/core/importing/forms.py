"""Which columns does each kind of official sheet have?"""

from __future__ import annotations

from functools import cache

from sqlalchemy import inspect

from app.core.importing.sheet_kinds import KINDS, SheetColumn, SheetKind, kind_named
from app.core.records.sheet_columns import kind_of
from app.core.sheets.reading.table import Column, Kind, SheetForm


@cache
def form_of(kind: str) -> SheetForm:
    """Return the sheet of that kind, as its model declares it; raises NotFound if unknown."""
    sheet = kind_named(kind)
    columns = tuple(_column(sheet, one) for one in sheet.columns())
    return SheetForm(sheet.label, columns, (sheet.label.removesuffix("表"),))


def other_forms(kind: str) -> tuple[SheetForm, ...]:
    """Return the other sheets, one of which the user may have uploaded by mistake."""
    return tuple(form_of(other) for other in KINDS if other != kind)


def _column(sheet: SheetKind, one: SheetColumn) -> Column:
    field = one.field
    kind = _kind(sheet, one)
    if kind != "datetime_range":
        return Column(field.name, field.label, field.aliases, one.required, kind)
    # On paper one cell holds both: 理论考试开始 and 理论考试结束 are 理论考试时间.
    heading = field.label.removesuffix("开始") + "时间"
    others = (field.label, *(alias for alias in field.aliases if alias != heading))
    return Column(field.name, heading, others, one.required, kind)


def _kind(sheet: SheetKind, one: SheetColumn) -> Kind:
    model, field = one.model, one.field
    if field.relation and inspect(model).relationships[field.name].uselist:
        return "person_names"
    if field.name == "name":
        return "name"
    if field.name in sheet.long_numbers:
        return "long_number"
    kind = kind_of(model, field)
    return "datetime_range" if kind == "moment" else kind
