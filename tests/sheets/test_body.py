"""Is every row of data read with its number, and nothing else taken for data?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets.awkward import HEADINGS, LI, ZHANG, names, roster, text, xlsx


def numbers(reading: Any) -> list[int]:
    return [row.number for row in reading.rows]


def test_row_numbers_are_those_of_the_spreadsheet_despite_blank_rows() -> None:
    reading = roster(xlsx([(), (), HEADINGS, ZHANG, (), (), LI]))
    assert numbers(reading) == [4, 7]


def test_in_a_csv_blank_lines_count_as_rows() -> None:
    reading = roster(b"\r\n\r\n" + text([HEADINGS, ZHANG]) + b"\r\n,,,,,,\r\n" + text([LI]))
    assert numbers(reading) == [4, 7]


def test_a_line_break_inside_a_cell_of_a_csv_is_no_further_row() -> None:
    reading = roster(text([HEADINGS, (1, "张\n三", *ZHANG[2:]), LI]))
    assert numbers(reading) == [2, 3]
    assert names(reading) == ["张三", "李四"]


def test_a_row_with_nothing_but_its_serial_number_is_empty() -> None:
    reading = roster(xlsx([HEADINGS, ZHANG, (2, "", "", "", "", "", ""), (3,), LI]))
    assert names(reading) == ["张三", "李四"]
    assert reading.skipped == ()


def test_a_row_of_spaces_is_empty() -> None:
    assert numbers(roster(xlsx([HEADINGS, ZHANG, (" ", "\u3000", "\n"), LI]))) == [2, 4]


def test_a_row_without_a_name_is_still_a_row() -> None:
    reading = roster(xlsx([HEADINGS, (1, "", *ZHANG[2:]), LI]))
    assert names(reading) == [None, "李四"]


def test_a_row_with_nothing_but_a_name_is_still_a_row() -> None:
    assert names(roster(xlsx([HEADINGS, ZHANG, (2, "王五")]))) == ["张三", "王五"]


@pytest.mark.parametrize(
    "footer",
    [
        ("填报人：赵会计", "", "", "联系电话：0311-86001234"),
        ("填报人及电话：赵会计",),
        ("注：本表一式三份。",),
        ("备注：1.本表一式三份，2.不得涂改",),
        ("", "注:本表一式三份"),
        ("合计", "", "", "", "", "", 2),
        ("总计：2人",),
        ("企业审核意见",),
        ("市职业技能鉴定中心审核意见：", "", "", "年 月 日"),
        ("", "（盖章）"),
        ("", "年　月　日"),
        ("      年    月    日（章）", "", "", "      年    月    日（章）"),
        ("2021年4月13日（公章）", "", "", "2021 年 4 月 14 日"),
        ("", "（公章）"),
        ("负责人（签字）：", "", "日期："),
        ("", "初级工 1 人", "中级工 1 人", "合计 2 人"),
        ("第 1 页，共 2 页",),
        ("以上人员均符合申报条件，特此备案，请予审核。",),
        ("", "以上人员均符合申报条件，特此备案，请予以审核。"),
    ],
)
def test_what_is_printed_below_the_people_is_no_person(footer: tuple[object, ...]) -> None:
    reading = roster(xlsx([HEADINGS, ZHANG, LI, (), footer]))
    assert names(reading) == ["张三", "李四"]
    assert [skipped.number for skipped in reading.skipped] == [5]
    assert all(skipped.reason and skipped.text for skipped in reading.skipped)


def test_a_note_merged_across_the_table_is_no_person() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("B4:G4")

    reading = roster(xlsx([HEADINGS, ZHANG, LI, ("", "以上属实")], change=change))
    assert names(reading) == ["张三", "李四"]


def test_people_below_a_subtotal_are_still_read() -> None:
    reading = roster(xlsx([HEADINGS, ZHANG, ("小计", "1人"), LI, ("合计", "2人")]))
    assert numbers(reading) == [2, 4]


@pytest.mark.parametrize("name", ["注国强", "合小计", "盖章强", "日期明", "第一民"])
def test_a_person_whose_name_begins_like_a_footer_is_a_person(name: str) -> None:
    assert names(roster(xlsx([HEADINGS, ("", name, *ZHANG[2:])]))) == [name]


def test_a_head_printed_again_on_the_next_page_is_skipped() -> None:
    reading = roster(xlsx([("名册",), HEADINGS, ZHANG, ("名册",), HEADINGS, LI]))
    assert numbers(reading) == [3, 6]
    assert {skipped.reason for skipped in reading.skipped} >= {"重复的表头"}


def test_a_head_of_two_lines_printed_again_is_skipped_as_a_whole() -> None:
    head = (
        ("姓名", "身份证号", "申报", "", "原证书", ""),
        ("", "", "职业", "等级", "等级", "编号"),
    )
    person = ("张三", "130602199512153357", "焊工", "四级", "五级", "1913")
    reading = roster(text([*head, person, *head, person]))
    assert numbers(reading) == [3, 6]


def test_a_line_that_only_numbers_the_columns_is_skipped() -> None:
    reading = roster(xlsx([HEADINGS, (1, 2, 3, 4, 5, 6, 7), ZHANG]))
    assert names(reading) == ["张三"]


def test_a_vertically_merged_cell_stands_for_each_row_that_it_covers() -> None:
    rows = [HEADINGS, ZHANG, (2, "李四", "女", "130502200107179924", "", "四级", "139"), LI]

    def change(sheet: Any) -> None:
        sheet.merge_cells("E2:E3")

    reading = roster(xlsx(rows, change=change))
    assert [row.value("occupation") for row in reading.rows] == ["焊工", "焊工", "电工"]


def test_a_merged_cell_makes_no_person_of_an_empty_row() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("E2:E9")

    assert names(roster(xlsx([HEADINGS, ZHANG], change=change))) == ["张三"]


def test_formulas_dragged_down_beforehand_make_no_people() -> None:
    prepared = ['="某公司"', "", "", "", "", "", "=B3&C3"]
    reading = roster(xlsx([HEADINGS, ZHANG, prepared, prepared]))
    assert names(reading) == ["张三"]


def test_all_problems_of_a_sheet_are_collected_in_order() -> None:
    rows = [
        HEADINGS,
        (1, "=1+1", "男", 1.30982197211035e17, "焊工", "四级", "1.3E+17"),
        (2, "@x", "女", "130502200107179924", "电工", "四级", "139"),
    ]
    reading = roster(text(rows))
    assert [(p.row, p.field, p.code) for p in reading.problems] == [
        (2, "name", "formula"),
        (2, "id_number", "digits_lost"),
        (2, "phone", "digits_lost"),
        (3, "name", "formula"),
    ]
    assert reading.rows[0].problems == reading.problems[:3]
