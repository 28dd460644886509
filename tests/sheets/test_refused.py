"""Do refused rows come back as they were sent, with what is wrong, and harmless?"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl

from app.core.errors import Problem
from app.core.sheets.writing.refused import write_refused
from tests.sheets.awkward import HEADINGS, LI, ZHANG, roster, sample, text, xlsx


def problem(row: int | None, field: str = "", severity: Any = "error") -> Problem:
    return Problem("x", f"第{row}行的{field}不对，请改正。", field, row, severity=severity)


def rows_of(data: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [list(row) for row in sheet.values]


def test_only_rows_with_errors_come_back_with_one_more_column() -> None:
    reading = roster(xlsx([HEADINGS, ZHANG, LI]))
    head, *rows = rows_of(write_refused(reading, [problem(3, "id_number"), problem(3, "name")]))
    assert head == [*HEADINGS, "问题"]
    assert len(rows) == 1
    assert rows[0][:-1] == [str(value) for value in LI]
    assert rows[0][-1] == "（原第 3 行）第3行的id_number不对，请改正。\n第3行的name不对，请改正。"


def test_a_row_with_nothing_but_warnings_does_not_come_back() -> None:
    reading = roster(xlsx([HEADINGS, ZHANG, LI]))
    warnings = [problem(2, "name", "warning"), problem(3, "name"), problem(3, "phone", "warning")]
    _, *rows = rows_of(write_refused(reading, warnings))
    assert [row[1] for row in rows] == ["李四"]
    assert "phone" in rows[0][-1]


def test_problems_without_a_row_of_the_sheet_are_left_to_the_screen() -> None:
    reading = roster(xlsx([HEADINGS, ZHANG]))
    assert rows_of(write_refused(reading, [problem(None), problem(99)])) == [[*HEADINGS, "问题"]]


def test_columns_that_nobody_knows_come_back_too() -> None:
    reading = roster(xlsx([(*HEADINGS, "班组"), (*ZHANG, "一班")]))
    head, row = rows_of(write_refused(reading, [problem(2)]))
    assert (head[-2], row[-2]) == ("班组", "一班")


def test_a_formula_comes_back_as_inert_text() -> None:
    reading = roster(sample("roster-messy"))
    data = write_refused(reading, reading.problems)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cell = next(c for row in book.active.iter_rows() for c in row if "HYPER" in str(c.value))
    assert cell.data_type == "s"
    assert cell.number_format == "@"
    assert cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in xml
    assert b"hyperlink" not in xml


def test_the_messy_roster_comes_back_with_its_two_rows() -> None:
    reading = roster(sample("roster-messy"))
    head, *rows = rows_of(write_refused(reading, reading.problems))
    assert head[8:11] == ["申报/职业", "申报/工种", "申报/级别"]
    assert [row[0] for row in rows] == ["11", "33"]
    assert rows[0][3] == "1.30982197211035E+17"
    assert "末几位已经丢失" in rows[0][-1]


def test_the_corrected_workbook_reads_again() -> None:
    reading = roster(sample("roster-messy"))
    data = write_refused(reading, [problem(row.number) for row in reading.rows])
    again = roster(data)
    assert not again.missing
    assert [h.text for h in again.headings if h.field is None] == ["序号", "问题"]
    first, second = reading.rows[1], again.rows[1]
    assert {f: c.value for f, c in first.cells.items()} == {
        f: c.value for f, c in second.cells.items()
    }
    assert again.problems[0].code == reading.problems[0].code


def test_returning_twice_leaves_one_column_of_problems() -> None:
    reading = roster(xlsx([HEADINGS, ZHANG]))
    again = roster(write_refused(reading, [problem(2)]))
    assert rows_of(write_refused(again, [problem(2)]))[0] == [*HEADINGS, "问题"]


def test_a_cell_without_readable_value_comes_back_empty() -> None:
    def change(sheet: Any) -> None:
        sheet["H2"] = "=1+1"

    reading = roster(xlsx([(*HEADINGS, "工龄"), (*ZHANG, "")], change=change))
    assert rows_of(write_refused(reading, reading.problems))[1][-2] is None


def test_the_cell_that_is_wrong_is_marked() -> None:
    reading = roster(text([HEADINGS, ZHANG]))
    sheet = openpyxl.load_workbook(io.BytesIO(write_refused(reading, [problem(2, "name")]))).active
    assert sheet["B2"].fill.fgColor.rgb != sheet["C2"].fill.fgColor.rgb
