"""What does an Excel 97–2003 workbook (.xls) contain?

This uses xlrd instead of the parser for .xlsx, which reserves memory for the size stated in an
.xls, so that one wrong byte could end the whole server process.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from datetime import datetime, time
from typing import Any

from app.core.errors import BadSheet
from app.core.sheets.reading.container import damaged, password
from app.core.sheets.reading.limits import Limits, check_cells, check_extent
from app.core.sheets.reading.raw import Range, RawSheet
from app.core.sheets.reading.table import Broken

_BOUNDSHEET = 0x85
_FORMULAS = {0x0006, 0x0206, 0x0406}
_CELL_DATE, _CELL_BOOLEAN, _CELL_ERROR = 3, 4, 5


def read_old_workbook(data: bytes, limits: Limits) -> list[RawSheet]:
    """Return all worksheets of an .xls; raises ``BadSheet`` if damaged, locked or too large."""
    import xlrd  # type: ignore[import-not-found, import-untyped, unused-ignore]

    try:
        book = xlrd.open_workbook(
            file_contents=data,
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        formulas = _formulas(book.mem, book.base, book.stream_len, book.nsheets)
        return _read_sheets(book, formulas, limits)
    except BadSheet:
        raise
    except xlrd.XLRDError as cause:
        raise (password() if "encrypted" in str(cause) else damaged()) from cause
    except Exception as cause:  # xlrd fails on broken records with arbitrary exceptions
        raise damaged() from cause


def _read_sheets(book: Any, formulas: list[set[tuple[int, int]]], limits: Limits) -> list[RawSheet]:
    sheets: list[RawSheet] = []
    cells = 0
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        rows = [
            [_plain(cell, book.datemode) for cell in sheet.row(row)] for row in range(sheet.nrows)
        ]
        check_extent(sheet.name, len(rows), max(map(len, rows), default=0), limits)
        cells += sum(map(len, rows))
        check_cells(cells, limits)
        merged: tuple[Range, ...] = tuple(
            ((top, left), (bottom - 1, right - 1))
            for top, bottom, left, right in sheet.merged_cells
        )
        hidden = sheet.visibility != 0
        sheets.append(RawSheet(sheet.name, rows, hidden, merged, frozenset(formulas[index])))
        book.unload_sheet(index)
    return sheets


def _plain(cell: Any, datemode: int) -> object:
    """Return a cell's value as the parser for .xlsx would; "" for blank and empty cells."""
    if cell.ctype == _CELL_DATE:
        return _moment(cell.value, datemode)
    if cell.ctype == _CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == _CELL_ERROR:
        return Broken.ERROR
    value: object = cell.value
    return value


def _moment(serial: float, datemode: int) -> datetime | time | float:
    from xlrd import xldate  # type: ignore[import-not-found, import-untyped, unused-ignore]

    try:
        moment: datetime = xldate.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return serial
    return moment.time() if 0 <= serial < 1 else moment


def _formulas(stream: bytes, base: int, length: int, sheets: int) -> list[set[tuple[int, int]]]:
    """Return the 0-based places of each worksheet's formulas; xlrd gives only their results."""
    starts: list[int] = []
    found: list[tuple[int, int, int]] = []
    place, end = base, base + length
    while place + 4 <= end:
        code, size = struct.unpack_from("<HH", stream, place)
        if code == _BOUNDSHEET:
            offset, _, kind = struct.unpack_from("<iBB", stream, place + 4)
            if kind == 0:
                starts.append(base + offset)
        elif code in _FORMULAS:
            found.append((place, *struct.unpack_from("<HH", stream, place + 4)))
        place += 4 + size
    order = sorted(range(len(starts)), key=starts.__getitem__)
    ascending = [starts[index] for index in order]
    places: list[set[tuple[int, int]]] = [set() for _ in range(max(sheets, len(starts)))]
    for at, row, column in found:
        position = bisect_right(ascending, at) - 1
        if position >= 0:
            places[order[position]].add((row, column))
    return places
