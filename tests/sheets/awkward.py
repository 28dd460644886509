"""Workbooks and CSV files as people really send them, made by code."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from app.core.sheets.reading.reader import read
from app.core.sheets.reading.table import Reading
from tests.sheets.known_forms import ROSTER

WORKBOOKS = Path(__file__).parent.parent / "workbooks"

HEADINGS = ("序号", "姓名", "性别", "身份证号", "申报职业", "申报等级", "联系电话")
ZHANG = (1, "张三", "男", "130602199512153357", "焊工", "五级/初级工", "17229227819")
LI = (2, "李四", "女", "130502200107179924", "电工", "四级/中级工", "13227927261")

Rows = Iterable[Sequence[object]]


def sample(name: str) -> bytes:
    """A workbook that lies beside the tests."""
    return (WORKBOOKS / f"{name}.xlsx").read_bytes()


def xlsx(
    rows: Rows, *, sheet: str = "Sheet1", change: Callable[[Any], object] | None = None
) -> bytes:
    """A workbook of one sheet; ``change`` gets the openpyxl sheet before it is saved."""
    return book({sheet: rows}, change=change)


def book(sheets: Mapping[str, Rows], *, change: Callable[[Any], object] | None = None) -> bytes:
    """A workbook of several sheets; ``change`` gets the first of them."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(workbook.worksheets[0])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def xls(rows: Rows, *, change: Callable[[Any], object] | None = None) -> bytes:
    """The same in the format of Excel 97–2003."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("名册")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value)
    if change is not None:
        change(sheet)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def text(rows: Rows, encoding: str = "utf-8", separator: str = ",") -> bytes:
    """The same as separated text."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator).writerows(rows)
    return target.getvalue().encode(encoding)


def zipped(parts: Mapping[str, bytes], *, level: int = 9) -> bytes:
    """Any parts as a zip."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its zip changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts[name])
    return zipped(parts, level=1)


def roster(data: bytes, name: str = "名册.xlsx", **options: Any) -> Reading:
    """Read as a roster."""
    return read(data, name, ROSTER, **options)


def names(reading: Reading) -> list[object]:
    """The names of all rows, in order."""
    return [row.value("name") for row in reading.rows]
