"""Which tables accept rows from a sheet, with which columns, and how are rows recognised?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import String, UniqueConstraint, inspect

from app.core.declarations.base import Entity, entities, entity_named
from app.core.declarations.field import Field, describe
from app.core.declarations.opening import is_issued
from app.core.errors import NotFound
from app.core.records.sheet_columns import column_for, entered_fields
from app.core.sheets.reading.table import Column, SheetForm

#: The kind of an import of rows into any table.
ROWS = "rows"


def importable(model: type[Entity]) -> bool:
    """Return whether people enter the table's rows and its fields cover every required column."""
    if is_issued(model):
        return False
    declared = {field.name for field in describe(model).fields}
    needed = {
        attribute.key
        for attribute in inspect(model).column_attrs
        for column in attribute.columns
        if not (column.nullable or column.default is not None or column.foreign_keys)
    }
    return not needed - declared - {"id", "version"}


def importable_models() -> tuple[type[Entity], ...]:
    """Return all tables that accept rows from a sheet, by name."""
    found = (model for model in entities() if importable(model))
    return tuple(sorted(found, key=lambda model: model.__name__))


def importable_named(name: str) -> type[Entity]:
    """Return the table with that English or Chinese name; raises NotFound if not importable."""
    wanted = name.replace("-", "").replace("_", "").lower()
    for model in importable_models():
        if wanted in (model.__name__.lower(), describe(model).label):
            return model
    known = "、".join(model.__name__ for model in importable_models())
    raise NotFound(f"“{name}”不能整表导入，可以导入的有：{known}")


def model_of(name: str) -> type[Entity]:
    """Return the table named by a stored import; raises NotFound if it no longer exists."""
    try:
        return entity_named(name)
    except KeyError:
        raise NotFound(f"系统里已没有“{name}”这类数据") from None


def number_field(model: type[Entity]) -> Field | None:
    """Return the number that the system itself assigns to a row, by which a sheet may name it."""
    columns = inspect(model).columns
    for field in describe(model).fields:
        column = columns.get(field.name)
        if column is not None and column.unique and not field.form and _is_text(column):
            return field
    return None


def _is_text(column: Any) -> bool:
    return isinstance(column.type, String)


def natural_key(model: type[Entity]) -> tuple[str, ...]:
    """Return the fields that identify a row without a number: declared, unique or its title."""
    if model.__natural_key__:
        return tuple(model.__natural_key__)
    entered = {field.name for field in entered_fields(model)}
    columns = inspect(model).columns
    for name in (field.name for field in describe(model).fields):
        if name in entered and name in columns and columns[name].unique:
            return (name,)
    for constraint in model.__table__.constraints:
        if isinstance(constraint, UniqueConstraint):
            names = tuple(column.key.removesuffix("_id") for column in constraint.columns)
            if set(names) <= entered:
                return names
    return (describe(model).title,)


def row_fields(model: type[Entity]) -> tuple[Field, ...]:
    """Return the fields of the table's sheet: its number, then what a form asks for."""
    number = number_field(model)
    return (*((number,) if number is not None else ()), *entered_fields(model))


def rows_form(model: type[Entity], given: Collection[str] = ()) -> SheetForm:
    """Return the sheet of a table; ``given`` are relations that are already decided.

    A column is required if rows could not be recognised without it. Other values that a new row
    needs are checked row by row.
    """
    label = describe(model).label
    return SheetForm(
        label, tuple(_column(model, one, given) for one in row_fields(model)), (label,)
    )


def _column(model: type[Entity], field: Field, given: Collection[str]) -> Column:
    column = column_for(model, field)
    meets = field.name in natural_key(model) and number_field(model) is None
    required = meets and field.required and field.name not in given
    return Column(column.field, column.heading, column.aliases, required, column.kind)
