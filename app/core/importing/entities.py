"""Which tables take rows from a sheet, by which columns, and how is a known row met again?"""

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

#: The kind of an import that brings in rows of any table.
ROWS = "rows"


def importable(model: type[Entity]) -> bool:
    """Whether people enter the rows of the table, and a sheet can hold all that a row needs."""
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
    """All tables that take rows from a sheet, by name."""
    found = (model for model in entities() if importable(model))
    return tuple(sorted(found, key=lambda model: model.__name__))


def importable_named(name: str) -> type[Entity]:
    """The table of that English or Chinese name; NotFound where it takes no rows from a sheet."""
    wanted = name.replace("-", "").replace("_", "").lower()
    for model in importable_models():
        if wanted in (model.__name__.lower(), describe(model).label):
            return model
    known = "、".join(model.__name__ for model in importable_models())
    raise NotFound(f"“{name}”不能整表导入，可以导入的有：{known}")


def model_of(name: str) -> type[Entity]:
    """The table whose name an earlier import keeps; NotFound where it is gone."""
    try:
        return entity_named(name)
    except KeyError:
        raise NotFound(f"系统里已没有“{name}”这类数据") from None


def number_field(model: type[Entity]) -> Field | None:
    """The number that the product itself gives to a row, by which a sheet may name it."""
    columns = inspect(model).columns
    for field in describe(model).fields:
        column = columns.get(field.name)
        if column is not None and column.unique and not field.form and _is_text(column):
            return field
    return None


def _is_text(column: Any) -> bool:
    return isinstance(column.type, String)


def natural_key(model: type[Entity]) -> tuple[str, ...]:
    """The fields by which a row without a number is met again, as declared or by its unique key."""
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
    """The columns of a sheet of the table: its number, then what a form asks for."""
    number = number_field(model)
    return (*((number,) if number is not None else ()), *entered_fields(model))


def rows_form(model: type[Entity], given: Collection[str] = ()) -> SheetForm:
    """The sheet of a table; ``given`` are relations that are settled before it is read.

    Without a column that is required here no row could be met again. What a new row lacks besides
    is said of each row.
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
