"""How is any table written as .xlsx or .csv?"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any
from unicodedata import east_asian_width

import xlsxwriter

from app.core.sheets.writing.inert import AS_WRITTEN, cell_text, csv_text

_ROWS_OF_SHEET = 1_048_576
_EXACT = 10**15
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts 1900-02-29, which did not exist
_LONGEST_NAME = 31  # of a sheet
_NARROW, _WIDE = 8, 40
_ROWS_IN_CHUNK = 500
#: The rows that decide a column's width; measuring all would take longer than writing them.
_MEASURED = 200


def write_xlsx(
    out: IO[bytes],
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str = "数据",
    rows_of_sheet: int = _ROWS_OF_SHEET,
) -> int:
    """Write headings and rows as a workbook and return the number of rows.

    Rows are taken one at a time, and memory does not grow with their number. Text is stored as
    text, and so are numbers of more than 15 digits. After ``rows_of_sheet`` rows a new sheet is
    begun.
    """
    book = xlsxwriter.Workbook(out, {"constant_memory": True, **AS_WRITTEN})
    pen = _Pen(book)
    source = iter(rows)
    written = sheets = 0
    while True:
        part = list(islice(source, 1))
        if not part and sheets:
            break
        sheets += 1
        worksheet = book.add_worksheet(_sheet_name(sheet, sheets))
        # A generator wrapped around the rows would close them when the first sheet is full.
        again = chain(part, source)
        written += pen.write_sheet(worksheet, headings, again, rows_of_sheet - 1)
    book.close()
    return written


def _sheet_name(name: str, number: int) -> str:
    more = f"（{number}）" if number > 1 else ""
    return f"{name[: _LONGEST_NAME - len(more)]}{more}"


class _Pen:
    """Writes values into cells with the formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
        self._text = book.add_format({"num_format": "@"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._time = book.add_format({"num_format": "hh:mm"})

    def write_sheet(
        self, sheet: Any, headings: Sequence[str], rows: Iterator[Sequence[object]], most: int
    ) -> int:
        widths = [2 * len(heading) + 4 for heading in headings]
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, cell_text(heading), self._head)
        sheet.freeze_panes(1, 0)
        number = 0
        for number, row in enumerate(islice(rows, most), start=1):
            for column, value in enumerate(row):
                self._write(sheet, number, column, value)
                if number <= _MEASURED:
                    widths[column] = max(widths[column], _width(value) + 2)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(_WIDE, max(_NARROW, width)))
        return number

    def _write(self, sheet: Any, row: int, column: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, date) and _day_of(value) >= _FIRST_DAY:
            look = self._moment if isinstance(value, datetime) else self._day
            sheet.write_datetime(row, column, value, look)
        elif isinstance(value, time):
            sheet.write_datetime(row, column, value, self._time)
        elif _is_exact_number(value):
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, cell_text(plain_text(value)), self._text)


def _width(value: object) -> int:
    """Return the width of a value in digits; a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in plain_text(value))


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _is_exact_number(value: object) -> bool:
    """Return whether a cell can hold the number without losing digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    finite = isinstance(value, int) or math.isfinite(value)
    return finite and -_EXACT < value < _EXACT


def plain_text(value: object) -> str:
    """Return a value as text: 是 or 否, 2021-04-24, times to the minute, "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat("minutes") if isinstance(value, time) else str(value)


def stream_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the table as .csv in UTF-8 with BOM, in pieces of some hundred rows."""
    yield "\ufeff".encode()
    source = chain([headings], rows)
    while part := list(islice(source, _ROWS_IN_CHUNK)):
        piece = io.StringIO(newline="")
        writer = csv.writer(piece)
        writer.writerows([_csv_value(value) for value in row] for row in part)
        yield piece.getvalue().encode()


def write_csv(out: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write the output of ``stream_csv`` to a binary file."""
    out.writelines(stream_csv(headings, rows))


def _csv_value(value: object) -> str:
    text = plain_text(value)
    return csv_text(text) if isinstance(value, str) or not _is_exact_number(value) else text
