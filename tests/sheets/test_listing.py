"""Does a table leave the house with every value unharmed?"""

from __future__ import annotations

import csv
import inspect
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from app.core.sheets.writing.listing import plain_text, stream_csv, write_csv, write_xlsx
from tests.sheets.awkward import names, roster

HEADINGS = ["姓名", "身份证号", "申报职业", "申报等级", "备注"]
PEOPLE = [
    ["张三", "130602199512153357", "焊工", "五级/初级工", '=HYPERLINK("http://x.invalid","y")'],
    ["李四", "130502200107179924", "电工", "四级/中级工", "+1+1"],
]


def sheets(rows: Any, **options: Any) -> Any:
    target = io.BytesIO()
    write_xlsx(target, HEADINGS, rows, **options)
    return openpyxl.load_workbook(target)


def cells(rows: Any) -> list[list[Any]]:
    return [list(row) for row in sheets(rows).active.iter_rows(min_row=2)]


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_headings_and_rows_stand_in_the_workbook() -> None:
    found = [[cell.value for cell in row] for row in sheets(PEOPLE).active.iter_rows()]
    assert found == [HEADINGS, *PEOPLE]


def test_a_column_is_as_wide_as_what_stands_in_it() -> None:
    wide = [*PEOPLE[0][:2], "汽车维修工（新能源汽车）", *PEOPLE[0][3:]]
    columns = sheets([PEOPLE[1], wide, ["甲" * 99] * 5]).active.column_dimensions
    assert 39 < columns["A"].width < 42  # the longest ends somewhere
    columns = sheets([PEOPLE[1], wide]).active.column_dimensions
    assert columns["B"].width >= 18
    assert columns["C"].width >= 2 * 12


def test_text_is_stored_as_text_and_never_as_a_formula() -> None:
    target = io.BytesIO()
    write_xlsx(target, HEADINGS, PEOPLE)
    with zipfile.ZipFile(target) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    for row in cells(PEOPLE):
        assert {cell.data_type for cell in row} == {"s"}
        assert {cell.number_format for cell in row} == {"@"}


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (5, 5),
        (85.5, 85.5),
        (Decimal("60.5"), 60.5),
        (10**17, "100000000000000000"),
        (1e17, "1e+17"),
        (float("nan"), "nan"),
        (True, "是"),
        (False, "否"),
        (None, None),
        (date(2021, 4, 24), datetime(2021, 4, 24)),
        (datetime(2021, 4, 24, 9, 30), datetime(2021, 4, 24, 9, 30)),
        (time(9, 30), time(9, 30)),
        (date(1899, 1, 1), "1899-01-01"),
        ("a\x00b\x0bc", "abc"),
        ("https://example.invalid", "https://example.invalid"),
        ("", None),
    ],
)
def test_each_kind_of_value_is_stored_as_what_it_is(value: object, stored: object) -> None:
    assert cells([[value, "x"]])[0][0].value == stored


def test_rows_beyond_a_sheet_go_on_in_the_next_under_the_same_headings() -> None:
    book = sheets([[str(n)] for n in range(7)], rows_of_sheet=4)
    found = {s.title: [row[0] for row in s.values] for s in book.worksheets}
    assert found == {
        "数据": ["姓名", "0", "1", "2"],
        "数据（2）": ["姓名", "3", "4", "5"],
        "数据（3）": ["姓名", "6"],
    }


def test_a_full_sheet_is_followed_by_no_empty_one() -> None:
    assert sheets([["a"], ["b"]], rows_of_sheet=3).sheetnames == ["数据"]


def test_a_table_without_rows_has_its_headings() -> None:
    target = io.BytesIO()
    assert write_xlsx(target, HEADINGS, []) == 0
    assert [cell.value for cell in openpyxl.load_workbook(target).active[1]] == HEADINGS


def test_the_number_of_rows_is_returned() -> None:
    assert write_xlsx(io.BytesIO(), HEADINGS, iter(PEOPLE)) == 2


def test_a_csv_has_a_byte_order_mark_and_crlf() -> None:
    data = b"".join(stream_csv(HEADINGS, PEOPLE))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 3


def test_a_csv_neutralises_formulas_and_keeps_long_numbers() -> None:
    target = io.BytesIO()
    write_csv(target, HEADINGS, PEOPLE)
    first = table(target.getvalue())[1]
    assert first == ["张三", "130602199512153357\t", "焊工", "五级/初级工", "'" + PEOPLE[0][4]]


def test_numbers_and_days_in_a_csv_are_plain() -> None:
    data = b"".join(stream_csv(["a"], [[-5, 1.5, date(2021, 4, 24), None, True, 10**17]]))
    assert table(data)[1] == ["-5", "1.5", "2021-04-24", "", "是", f"{10**17}\t"]


def test_a_csv_is_given_piece_by_piece_while_rows_come() -> None:
    taken = []

    def rows() -> Iterator[list[str]]:
        for number in range(10_000):
            taken.append(number)
            yield [str(number)]

    pieces = stream_csv(["a"], rows())
    next(pieces)
    next(pieces)
    assert 0 < len(taken) < 2_000


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_exported_reads_again_as_it_was(kind: str) -> None:
    target = io.BytesIO()
    (write_xlsx if kind == "xlsx" else write_csv)(target, HEADINGS[:4], [p[:4] for p in PEOPLE])
    reading = roster(target.getvalue())
    assert names(reading) == ["张三", "李四"]
    assert [row.value("id_number") for row in reading.rows] == [p[1] for p in PEOPLE]
    assert reading.problems == ()


def test_a_value_in_words() -> None:
    assert [plain_text(v) for v in (None, True, 3, time(9, 5))] == ["", "是", "3", "09:05"]


@pytest.mark.parametrize("number", [1, 3, 4, 9, 10])
def test_rows_of_a_generator_fill_as_many_sheets_as_they_need(number: int) -> None:
    target = io.BytesIO()
    assert write_xlsx(target, ["a"], ([n] for n in range(number)), rows_of_sheet=4) == number
    book = openpyxl.load_workbook(target)
    assert [row[0] for s in book for row in s.iter_rows(min_row=2, values_only=True)] == [
        *range(number)
    ]
    assert all(s["A1"].value == "a" for s in book)


def test_further_sheets_of_a_long_name_have_names_too() -> None:
    names = sheets([["a"], ["b"], ["c"]], rows_of_sheet=2, sheet="数" * 31).sheetnames
    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)


def test_a_sheet_ends_where_the_one_of_excel_does() -> None:
    limit = inspect.signature(write_xlsx).parameters["rows_of_sheet"].default
    sheet = xlsxwriter.Workbook(io.BytesIO()).add_worksheet()
    assert limit == sheet.xls_rowmax == 1_048_576
    # The writer refuses the row after it without raising: nothing else would tell of a loss.
    assert (sheet.write(limit - 1, 0, "x"), sheet.write(limit, 0, "x")) == (0, -1)
