"""What does the blank sheet for rows of any table contain?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect, select

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.importing.any_table import check_rows_open
from app.core.importing.blank_sheets.column_help import explain
from app.core.importing.entities import natural_key, number_field, row_fields, rows_form
from app.core.importing.row_values import Parents, own_values
from app.core.records.values import Reader
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.sheets.writing.blank import BlankColumn, write_blank

#: Related tables with at most this many rows are offered as drop-down lists.
_FEW = 200


def blank_rows(
    session: AnySession, actor: Actor, model: type[Entity], parents: Parents | None = None
) -> bytes:
    """Return a blank sheet for rows of a table, with one column per declared field.

    Columns of ``parents``, which all rows belong to, are left out. Raises NotFound if the table
    accepts no rows from a sheet, and NotPermitted.
    """
    check_rows_open(actor, model)
    given, own, reader = parents or {}, own_values(session, model), Reader(session, model)
    form = rows_form(model, given)
    fields = {field.name: field for field in row_fields(model)}
    columns = []
    for column in form.columns:
        if column.field in given:
            continue
        field = fields[column.field]
        blank = explain(
            reader,
            field,
            column,
            required=field.required and not _is_number(model, field) and field.name not in own,
            choices=_few(session, model, field),
        )
        columns.append(_numbered(model, field, blank))
    return write_blank(describe(model).label, columns, _instructions_of(model, given))


def _is_number(model: type[Entity], field: Field) -> bool:
    number = number_field(model)
    return number is not None and number.name == field.name


def _numbered(model: type[Entity], field: Field, blank: BlankColumn) -> BlankColumn:
    if not _is_number(model, field):
        return blank
    meaning = f"修改已有的{describe(model).label}时填写；新增的空着，由系统编号"
    return BlankColumn(blank.heading, meaning=meaning, form="文本")


def _instructions_of(model: type[Entity], given: Parents) -> list[str]:
    described = describe(model)
    keys = "、".join(described.field(name).label for name in natural_key(model))
    number = number_field(model)
    by = f"“{number.label}”（空着时按“{keys}”）" if number is not None else f"“{keys}”"
    found = [
        "在第一张工作表的表头下面逐行填写。带 * 的栏目在新增时必须填写；用不着的栏目可以整列删去。",
        f"按{by}认出已有的{described.label}：已有的更新，没有的新增；空着的单元格不改动原来的内容。",
        "上传后先预览，每个错误都标在单元格上；同一个文件导入两次不会重复，导入后可以整次撤回。",
    ]
    for name, parent in given.items():
        found.append(f"这张表的每一行都归于{described.field(name).label}“{parent}”。")
    return found


def _few(session: AnySession, model: type[Entity], field: Field) -> tuple[str, ...]:
    """Return the names in a small related table; none if they are not unique or are sensitive."""
    if not field.relation:
        return ()
    target: Any = inspect(model).relationships[field.name].mapper.class_
    described = describe(target)
    columns = inspect(target).columns
    if any(one.sensitive for one in described.fields) or described.title not in columns:
        return ()
    order = "order" if "order" in columns else described.title
    asked = select(target).order_by(columns[order], target.id).limit(_FEW + 1)
    if "active" in columns:
        asked = asked.where(columns["active"])
    names = [str(row) for row in session.scalars(asked)]
    return tuple(names) if len(set(names)) == len(names) <= _FEW else ()
