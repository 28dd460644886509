"""What does the blank sheet for an official form contain?"""

from __future__ import annotations

from typing import Any

from app.core.declarations.base import Entity
from app.core.importing.blank_sheets.column_help import explain
from app.core.importing.forms import form_of
from app.core.importing.permission import check_open
from app.core.importing.sheet_kinds import SheetKind, kind_named
from app.core.records.values import Reader
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.sheets.writing.blank import BlankColumn, write_blank
from app.core.transaction import transaction


def blank_workbook(
    session: AnySession, actor: Actor, kind: str, parent: Any | None = None
) -> bytes:
    """Return a blank sheet of an official kind, with its columns in the order of the form.

    For a record it contains the choices and rows that the kind declares for it; naming people
    there is recorded in the history. Raises NotFound for an unknown kind, and as ``check_open``.
    """
    sheet = kind_named(kind)
    if parent is not None:
        check_open(session, actor, parent, kind)
    columns = _columns(session, sheet, parent)
    names = _official_order(sheet, list(columns))
    with transaction(session, actor):
        rows = sheet.prefilled(session, parent, names) if parent is not None else ()
    numbered = [[number, *row] for number, row in enumerate(rows, start=1)]
    ordinal = BlankColumn("序号", "integer", meaning="顺序号，可以不填", form="整数", example="1")
    notes = _instructions_of(sheet, parent)
    return write_blank(sheet.label, [ordinal, *(columns[n] for n in names)], notes, numbered)


def _columns(session: AnySession, sheet: SheetKind, parent: Any | None) -> dict[str, BlankColumn]:
    form, offered = form_of(sheet.name), sheet.offered(session, parent)
    readers: dict[type[Entity], Reader] = {}
    columns: dict[str, BlankColumn] = {}
    for one in sheet.columns():
        name = one.field.name
        reader = readers.setdefault(one.model, Reader(session, one.model))
        column = form.column(name)
        if column is not None:
            choices = offered.get(name, ())
            columns[name] = explain(
                reader, one.field, column, required=one.required, choices=choices
            )
    return columns


def _instructions_of(sheet: SheetKind, parent: Any | None) -> list[str]:
    found = [
        "在第一张工作表的表头下面逐行填写，带 * 的栏目必须填写；也可以直接使用平时的表。",
        "上传后先预览，每个错误都标在单元格上；空着的单元格不改动原来的内容，导入后可以整次撤回。",
    ]
    if parent is not None:
        found.append(f"用于{sheet.parent_label} {sheet.parent_title(parent)}。")
    return found


def _official_order(sheet: SheetKind, names: list[str]) -> list[str]:
    """Return the columns in the order of the printed form, then the others."""
    known = [name for name in sheet.printed_order() if name in names]
    return known + [name for name in names if name not in known]
