"""Which sheets does an uploaded file contain, once it is known to be safe?"""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.core.errors import BadSheet
from app.core.sheets.reading.container import damaged, identify
from app.core.sheets.reading.delimited import read_delimited
from app.core.sheets.reading.limits import Limits, check_file_size
from app.core.sheets.reading.old_workbook import read_old_workbook
from app.core.sheets.reading.raw import RawSheet, Source
from app.core.sheets.reading.scan import Scan
from app.core.sheets.reading.table import Broken
from app.core.sheets.reading.xlsx import open_xlsx

DEFAULT_LIMITS = Limits()


def open_source(data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> Source:
    """Read all sheets of an .xlsx, .xls or .csv by content; the name is only for messages.

    Raises ``BadSheet`` with a stable code for files that are no table, locked, damaged, empty
    or larger than ``limits``.
    """
    check_file_size(data, limits)
    kind = identify(data)
    doubtful = False
    if kind == "xlsx":
        sheets = _read_workbook(data, limits)
    elif kind == "xls":
        sheets = read_old_workbook(data, limits)
    else:
        table = read_delimited(data, limits)
        sheets = [RawSheet(PurePath(filename).stem or "CSV", table.rows)]
        doubtful = table.doubtful
    if not any(_has_content(sheet) for sheet in sheets):
        raise BadSheet("文件里没有任何内容。请确认数据已经填写并保存后再上传。", "empty")
    return Source(tuple(sheets), doubtful)


def _has_content(sheet: RawSheet) -> bool:
    return any(value != "" for row in sheet.rows for value in row)


def _read_workbook(data: bytes, limits: Limits) -> list[RawSheet]:
    opened = open_xlsx(data, limits)
    try:
        return _parse(opened.data, opened.scans)
    except CalamineError as cause:
        raise damaged() from cause
    except BaseException as cause:
        # A panic of the Rust parser is no Exception; other errors of that kind must pass.
        if type(cause).__name__ != "PanicException":
            raise
        raise damaged() from cause


def _parse(data: bytes, scans: tuple[Scan, ...]) -> list[RawSheet]:
    sheets: list[RawSheet] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        if len(book.sheets_metadata) != len(scans):
            raise damaged()
        for index, (info, scan) in enumerate(zip(book.sheets_metadata, scans, strict=True)):
            if info.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(index)
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            _mark_broken(rows, scan)
            hidden = info.visible != SheetVisibleEnum.Visible
            merged = tuple(sheet.merged_cell_ranges or ())
            sheets.append(RawSheet(info.name, rows, hidden, merged, frozenset(scan.formulas)))
    return sheets


def _mark_broken(rows: list[list[Any]], scan: Scan) -> None:
    """Mark cells with errors or without a computed result, which the parser leaves empty."""
    marks = [(place, Broken.ERROR) for place in scan.errors]
    marks += [(place, Broken.NOT_COMPUTED) for place in scan.formulas - scan.texts - scan.errors]
    for (row, column), mark in marks:
        if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
            rows[row][column] = mark
