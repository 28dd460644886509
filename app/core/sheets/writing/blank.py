"""What does a blank sheet for people to fill in contain?"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import xlsxwriter

from app.core.sheets.writing.inert import AS_WRITTEN, cell_text
from app.core.sheets.writing.listing import plain_text

NOTES_SHEET = "填写说明"
_CHOICES_SHEET = "选项"
#: The number of rows below the head with drop-down lists and checks.
_CHECKED_ROWS = 5_000
_NARROW, _WIDE = 10, 40
_NOTE_WIDTHS = (22, 8, 46, 40, 34)
_NOTE_HEADINGS = ("栏目", "必填", "填什么", "怎样填", "示例")
_FORMATS = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "integer": "0", "number": "0.##"}
_LARGEST = 2**31 - 1
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

BlankKind = Literal["text", "integer", "number", "date", "moment"]


@dataclass(frozen=True)
class BlankColumn:
    """One column to fill in.

    ``choices`` are offered as a drop-down list; if ``strict``, other values are refused.
    ``meaning``, ``form`` and ``example`` explain the column in the notes.
    """

    heading: str
    kind: BlankKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = True
    meaning: str = ""
    form: str = ""
    example: str = ""


def write_blank(
    title: str,
    columns: Sequence[BlankColumn],
    notes: Sequence[str] = (),
    rows: Sequence[Sequence[object]] = (),
) -> bytes:
    """Return a workbook with a head, drop-down lists and notes on a second sheet.

    ``notes`` are sentences above the explanations of the columns. ``rows`` are values to fill in,
    by column. The workbook contains no formulas in cells.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **AS_WRITTEN}) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(title.translate(_FORBIDDEN).strip()[:31] or "数据")
        looks = _Looks(book)
        _write_head(sheet, columns, looks)
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if value not in (None, ""):
                    text = cell_text(plain_text(value))
                    sheet.write_string(number, at, text, looks.cells[columns[at].kind])
        _write_notes(book.add_worksheet(NOTES_SHEET), title, columns, notes, looks)
        _offer_choices(book, sheet, columns)
    return out.getvalue()


class _Looks:
    """The formats of the workbook."""

    def __init__(self, book: Any) -> None:
        head = {"bold": True, "border": 1, "valign": "vcenter", "text_wrap": True}
        line = {"border": 1, "valign": "top", "text_wrap": True}
        self.head = book.add_format({**head, "bg_color": "#E8EEF4"})
        self.required = book.add_format({**head, "bg_color": "#FCE8D2", "font_color": "#9A3B00"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})
        self.line = book.add_format({**line, "num_format": "@"})
        self.cells = {"text": book.add_format({"num_format": "@"})} | {
            kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()
        }


def _write_head(sheet: Any, columns: Sequence[BlankColumn], looks: _Looks) -> None:
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 0)
    _print_wide(sheet, 0)
    for at, column in enumerate(columns):
        heading = cell_text(_heading(column))
        sheet.set_column(at, at, _width(column), looks.cells[column.kind])
        sheet.write_string(0, at, heading, looks.required if column.required else looks.head)
    # Long numbers are stored as text on purpose; Excel would mark each with a green corner.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_CHECKED_ROWS + 1}"})


def _heading(column: BlankColumn) -> str:
    return f"*{column.heading}" if column.required else column.heading


def _width(column: BlankColumn) -> int:
    longest = max((2 * len(one) for one in column.choices), default=0)
    wanted = max(2 * len(_heading(column)) + 2, min(longest + 4, 28), 12 if column.kind else 0)
    if column.kind == "moment":
        wanted = max(wanted, 18)
    return min(_WIDE, max(_NARROW, wanted))


def _write_notes(
    sheet: Any, title: str, columns: Sequence[BlankColumn], notes: Sequence[str], looks: _Looks
) -> None:
    for at, width in enumerate(_NOTE_WIDTHS):
        sheet.set_column(at, at, width)
    last = len(_NOTE_WIDTHS) - 1
    sheet.write_string(0, 0, cell_text(f"{title}：{NOTES_SHEET}"), looks.title)
    row = 1
    for text in notes:
        sheet.merge_range(row, 0, row, last, cell_text(text), looks.note)
        row += 1
    for at, text in enumerate(_NOTE_HEADINGS):
        sheet.write_string(row, at, text, looks.head)
    _print_wide(sheet, row)
    for column in columns:
        row += 1
        needed = "是" if column.required else ""
        texts = (column.heading, needed, column.meaning, column.form, column.example)
        for at, text in enumerate(texts):
            sheet.write_string(row, at, cell_text(text), looks.line)


def _print_wide(sheet: Any, head: int) -> None:
    """Print on A4 with all columns on one page and the head on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def _offer_choices(book: Any, sheet: Any, columns: Sequence[BlankColumn]) -> None:
    """Add drop-down lists from a hidden sheet, and checks of dates and numbers."""
    offered = [(at, column) for at, column in enumerate(columns) if column.choices]
    if offered:
        lists = book.add_worksheet(_CHOICES_SHEET)
        lists.hide()
        text = book.add_format({"num_format": "@"})
        for place, (at, column) in enumerate(offered):
            lists.write_string(0, place, cell_text(column.heading), text)
            for number, choice in enumerate(column.choices, start=1):
                lists.write_string(number, place, cell_text(choice), text)
            _check(sheet, at, _listed(column, place))
    for at, column in enumerate(columns):
        if not column.choices and column.kind in _CHECKS:
            _check(sheet, at, {**_CHECKS[column.kind], "error_title": column.heading[:32]})


def _listed(column: BlankColumn, place: int) -> dict[str, Any]:
    name = xlsxwriter.utility.xl_col_to_name(place)
    return {
        "validate": "list",
        "source": f"={_CHOICES_SHEET}!${name}$2:${name}${len(column.choices) + 1}",
        "error_type": "stop" if column.strict else "information",
        "error_title": column.heading[:32],
        "error_message": "请从下拉列表中选择" if column.strict else "不在列表里，请核对后再填",
    }


def _check(sheet: Any, at: int, validation: dict[str, Any]) -> None:
    sheet.data_validation(1, at, _CHECKED_ROWS, at, validation)


_CHECKS: dict[str, dict[str, Any]] = {
    "date": {
        "validate": "date",
        "criteria": ">=",
        "value": date(1927, 6, 1),
        "error_message": "请按 2021-04-24 这样的年-月-日填写",
    },
    "moment": {
        "validate": "date",
        "criteria": ">=",
        "value": date(1927, 6, 1),
        "error_message": "请按 2021-04-24 09:00 这样的日期和时间填写",
    },
    "integer": {
        "validate": "integer",
        "criteria": "between",
        "minimum": -_LARGEST,
        "maximum": _LARGEST,
        "error_message": "请填写整数",
    },
    "number": {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_LARGEST,
        "maximum": _LARGEST,
        "error_message": "请填写数字",
    },
}
