"""How are refused rows returned to the sender with their problems?"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from app.core.errors import Problem
from app.core.sheets.reading.cell import text_of
from app.core.sheets.reading.table import Broken, Heading, Reading, Row
from app.core.sheets.writing.inert import AS_WRITTEN, cell_text, is_active

PROBLEMS_HEADING = "问题"
_WIDTH, _PROBLEMS_WIDTH = 16, 70


def write_refused(reading: Reading, problems: Iterable[Problem]) -> bytes:
    """Return an .xlsx of the rows with errors: all columns as sent, and one more, 问题.

    Only rows with a problem of severity "error" are included; their warnings are listed, too. All
    values are text, so that nothing is computed and the corrected file can be read again.
    """
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.row is not None:
            by_row[problem.row].append(problem)
    refused = [
        row
        for row in reading.rows
        if any(problem.severity == "error" for problem in by_row.get(row.number, ()))
    ]
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **AS_WRITTEN}) as book:
        sheet = book.add_worksheet("退回修改")
        headings = [h for h in reading.headings if h.text != PROBLEMS_HEADING]
        _write_rows(book, sheet, headings, refused, by_row)
    return target.getvalue()


def _write_rows(
    book: Any,
    sheet: Any,
    headings: Sequence[Heading],
    rows: Sequence[Row],
    problems: Mapping[int, Sequence[Problem]],
) -> None:
    looks = _Looks(book)
    last = len(headings)
    for at, text in enumerate([*(h.text for h in headings), PROBLEMS_HEADING]):
        sheet.write_string(0, at, cell_text(text), looks.head)
    sheet.set_column(0, last - 1, _WIDTH)
    sheet.set_column(last, last, _PROBLEMS_WIDTH)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        wrong = {problem.field for problem in problems[row.number]}
        for at, heading in enumerate(headings):
            text = cell_text(_as_sent(row, heading))
            look = looks.of(text, wrong=heading.field is not None and heading.field in wrong)
            if text:
                sheet.write_string(number, at, text, look)
            else:
                sheet.write_blank(number, at, None, look)
        sheet.write_string(number, last, cell_text(_describe(row, problems)), looks.problems)
    if rows:
        # Identity numbers are stored as text on purpose; Excel would mark each with a green corner.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 1}"})


def _as_sent(row: Row, heading: Heading) -> str:
    """Return the cell as it was sent; empty if it had no readable value."""
    if heading.field is not None and heading.field in row.cells:
        raw = row.cells[heading.field].raw
    else:
        raw = row.raw[heading.column] if heading.column < len(row.raw) else ""
    if isinstance(raw, Broken):
        return ""
    return raw if isinstance(raw, str) else text_of(raw)


def _describe(row: Row, problems: Mapping[int, Sequence[Problem]]) -> str:
    messages = "\n".join(problem.message for problem in problems[row.number])
    return f"（原第 {row.number} 行）{messages}"


class _Looks:
    """The formats of the workbook; ``quote_prefix`` keeps a formula text even when edited."""

    def __init__(self, book: Any) -> None:
        text = {"num_format": "@", "border": 1, "valign": "top"}
        pink = {"bg_color": "#FBDCDC"}
        quoted = {"quote_prefix": True}
        self.head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF4"})
        self.problems = book.add_format({**text, "text_wrap": True, "font_color": "#B00020"})
        self._formats = {
            (False, False): book.add_format(text),
            (True, False): book.add_format({**text, **pink}),
            (False, True): book.add_format({**text, **quoted}),
            (True, True): book.add_format({**text, **pink, **quoted}),
        }

    def of(self, text: str, *, wrong: bool) -> Any:
        """Return the format of a cell: pink for a problem, quoted if it could be a formula."""
        return self._formats[wrong, is_active(text)]
