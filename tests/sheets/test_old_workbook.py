"""Is a workbook of Excel 97–2003 read like any other?"""

from __future__ import annotations

import struct
from datetime import date
from typing import Any

import xlwt

from app.core.sheets.reading.reader import read
from app.core.sheets.reading.source import open_source
from app.core.sheets.reading.table import Broken
from tests.sheets.awkward import HEADINGS, LI, ZHANG, names, roster, xls
from tests.sheets.known_forms import ARRANGEMENT


def test_rows_numbers_and_names_are_those_of_the_sheet() -> None:
    reading = roster(xls([("名册",), (), HEADINGS, ZHANG, (), LI]), "名册.xls")
    assert names(reading) == ["张三", "李四"]
    assert [row.number for row in reading.rows] == [4, 6]
    assert reading.rows[0].value("phone") == "17229227819"


def test_a_merged_head_of_two_lines_is_understood() -> None:
    def change(sheet: Any) -> None:
        sheet.write_merge(0, 1, 0, 0, "姓名")
        sheet.write_merge(0, 1, 1, 1, "身份证号")
        sheet.write_merge(0, 0, 2, 3, "申报")
        sheet.write_merge(0, 0, 4, 5, "原证书")
        for column, value in enumerate(("职业", "级别", "等级", "编号"), start=2):
            sheet.write(1, column, value)
        for column, value in enumerate(("张三", "1306", "焊工", "四级", "五级", "19")):
            sheet.write(2, column, value)

    reading = roster(xls([], change=change), "名册.xls")
    found = {heading.text: heading.field for heading in reading.headings}
    assert found["申报/级别"] == "level"
    assert found["原证书/等级"] == "held_level"


def test_a_formula_in_a_name_is_found() -> None:
    def change(sheet: Any) -> None:
        sheet.write(1, 1, xlwt.Formula("2+3"))

    data = xls([HEADINGS, (1, "", *ZHANG[2:])], change=change)
    without_result, five = b"\x03\0\0\0\0\0\xff\xff", struct.pack("<d", 5.0)
    assert without_result in data
    reading = roster(data.replace(without_result, five), "名册.xls")
    assert [(p.row, p.field, p.code) for p in reading.problems] == [(2, "name", "formula")]


def test_a_formula_of_the_second_sheet_belongs_to_the_second_sheet() -> None:
    def change(sheet: Any) -> None:
        other = sheet.parent.add_sheet("二")
        other.write(3, 2, xlwt.Formula("1+1"))

    sheets = open_source(xls([HEADINGS], change=change), "名册.xls").sheets
    assert [sheet.formulas for sheet in sheets] == [frozenset(), {(3, 2)}]


def test_a_number_that_lost_digits_is_found() -> None:
    row = (1, "张三", "男", 1.30982197211035e17, "焊工", "四级", 17229227819)
    reading = roster(xls([HEADINGS, row]), "名册.xls")
    assert [(p.field, p.code) for p in reading.problems] == [("id_number", "digits_lost")]
    assert reading.rows[0].value("phone") == "17229227819"


def test_dates_truth_values_and_errors_keep_their_kind() -> None:
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")

    def change(sheet: Any) -> None:
        sheet.write(0, 0, date(2021, 4, 24), day)
        sheet.write(0, 1, True)
        sheet.row(0).set_cell_error(2, "#REF!")
        sheet.write(0, 3, 0.375, xlwt.easyxf(num_format_str="h:mm"))

    row = open_source(xls([], change=change), "x.xls").sheets[0].rows[0]
    assert str(row[0]) == "2021-04-24 00:00:00"
    assert row[1] is True
    assert row[2] is Broken.ERROR
    assert str(row[3]) == "09:00:00"


def test_a_date_cell_of_an_arrangement_is_its_day() -> None:
    head = ("认定日期", "职业", "等级")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")

    def change(sheet: Any) -> None:
        sheet.write(1, 0, date(2021, 4, 24), day)

    reading = read(xls([head, ("", "焊工", "四级")], change=change), "x.xls", ARRANGEMENT)
    assert reading.rows[0].value("day") == date(2021, 4, 24)


def test_a_hidden_sheet_is_known_as_hidden() -> None:
    def change(sheet: Any) -> None:
        sheet.parent.add_sheet("可见").write(0, 0, "x")
        sheet.visibility = 1

    sheets = open_source(xls([HEADINGS], change=change), "x.xls").sheets
    assert [sheet.hidden for sheet in sheets] == [True, False]
