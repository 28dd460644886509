"""Is the head found wherever it stands, and each heading given to its field?"""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest

from app.core.errors import BadSheet
from app.core.sheets.reading.reader import read
from app.core.sheets.reading.table import Column, SheetForm
from tests.sheets.awkward import HEADINGS, LI, ZHANG, book, names, roster, text, xlsx
from tests.sheets.known_forms import ARRANGEMENT, ROSTER

TWO_LINES = (
    ("序号", "姓 名", "身份证\n号码", "申报", "", "", "原证书", "", "手机号", "备注"),
    ("", "", "", "职业", "工种", "级别", "等级", "编号", "", ""),
)
PERSON = (
    1,
    "张三",
    "130602199512153357",
    "焊工",
    "电焊工",
    "四级",
    "五级",
    "1913000001",
    "17229227819",
    "",
)
TWO_LINE_FIELDS = {
    "姓名": "name",
    "身份证号码": "id_number",
    "申报/职业": "occupation",
    "申报/工种": "work_type",
    "申报/级别": "level",
    "原证书/等级": "held_level",
    "原证书/编号": "held_number",
    "手机号": "phone",
    "备注": "remark",
    "序号": None,
}


def fields(reading: Any) -> dict[str, str | None]:
    return {heading.text: heading.field for heading in reading.headings}


def test_the_head_is_found_below_title_and_particulars() -> None:
    above = [("人员名册备案表",), ("评价机构（章）：某中心", "", "", "填报日期：2021年4月12日"), ()]
    reading = roster(xlsx([*above, HEADINGS, ZHANG]))
    assert reading.header_rows == (4, 4)
    assert reading.preamble == (
        (1, ("人员名册备案表",)),
        (2, ("评价机构（章）：某中心", "填报日期：2021年4月12日")),
    )
    assert names(reading) == ["张三"]


def test_the_head_is_found_below_a_cover_page_of_many_rows() -> None:
    cover = [(f"第{n}条 说明文字，姓名与身份证号须一致",) for n in range(60)]
    assert roster(xlsx([*cover, HEADINGS, ZHANG])).header_rows == (61, 61)


def test_empty_columns_before_the_table_do_not_matter() -> None:
    shifted = [("", "", "", *row) for row in (HEADINGS, ZHANG)]
    reading = roster(xlsx(shifted))
    assert names(reading) == ["张三"]
    assert {h.column for h in reading.headings} == set(range(3, 10))


def merge_two_lines(sheet: Any) -> None:
    for area in ("D1:F1", "G1:H1", "A1:A2", "B1:B2", "C1:C2", "I1:I2", "J1:J2"):
        sheet.merge_cells(area)


def test_a_merged_head_of_two_lines_tells_the_two_levels_apart() -> None:
    reading = roster(xlsx([*TWO_LINES, PERSON], change=merge_two_lines))
    assert reading.header_rows == (1, 2)
    assert fields(reading) == TWO_LINE_FIELDS
    assert reading.rows[0].value("level") == "四级"
    assert reading.rows[0].value("held_level") == "五级"


def test_in_a_csv_the_groups_of_a_head_of_two_lines_are_inferred() -> None:
    reading = roster(text([("人员名册",), *TWO_LINES, PERSON]), "名册.csv")
    assert reading.header_rows == (2, 3)
    assert fields(reading) == TWO_LINE_FIELDS


def test_below_a_merged_title_a_head_of_two_lines_is_still_one_of_two() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A1:J1")

    reading = roster(xlsx([("人员名册",), *TWO_LINES, PERSON], change=change))
    assert reading.header_rows == (2, 3)
    assert fields(reading)["申报/级别"] == "level"


def test_a_title_right_above_a_head_of_one_line_is_no_group() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A1:G1")

    reading = roster(xlsx([("职业技能等级认定人员名册",), HEADINGS, ZHANG], change=change))
    assert reading.header_rows == (2, 2)
    assert fields(reading)["姓名"] == "name"


def test_a_blank_row_below_the_head_is_not_its_second_line() -> None:
    reading = roster(xlsx([HEADINGS, (), ZHANG]))
    assert reading.header_rows == (1, 1)
    assert [row.number for row in reading.rows] == [3]


def test_a_group_may_be_named_at_more_length() -> None:
    head = (
        ("姓名", "身份证号", "申报信息", "", "原职业资格证书", ""),
        ("", "", "职业", "等级", "等级", "编号"),
    )
    person = ("张三", "130602199512153357", "焊工", "四级", "五级", "1913")
    found = fields(roster(text([*head, person])))
    assert found["申报信息/等级"] == "level"
    assert found["原职业资格证书/等级"] == "held_level"


def test_a_level_under_an_unknown_group_is_not_taken_for_the_one_applied_for() -> None:
    head = (("姓名", "身份证号", "联系电话", "其他", ""), ("", "", "", "等级", "工种"))
    reading = roster(text([*head, ("张三", "130602199512153357", "1391", "五级", "焊工")]))
    assert fields(reading)["其他/等级"] is None
    assert {c.field for c in reading.missing} == {"occupation", "level"}


def test_the_three_groups_of_an_arrangement_are_told_apart() -> None:
    head = (
        (
            "认定日期",
            "职业",
            "工种",
            "等级",
            "人数",
            "考点联系人和电话",
            "理论考试",
            "",
            "",
            "实操考试",
            "",
            "",
            "考评员",
        ),
        (
            "",
            "",
            "",
            "",
            "",
            "",
            "考试形式",
            "考试时间",
            "考试地点",
            "考试形式",
            "考试时间",
            "考试地点",
            "",
        ),
    )
    row = (
        "2021.4.24",
        "焊工",
        "电焊工",
        "四级",
        3,
        "刘 1391",
        "机考",
        "9:00-10:30",
        "甲",
        "操作",
        "14:00-17:00",
        "乙",
        "许彦",
    )
    reading = read(text([*head, row]), "x.csv", ARRANGEMENT)
    assert fields(reading)["理论考试/考试时间"] == "theory_time"
    assert fields(reading)["实操考试/考试时间"] == "practical_time"
    assert reading.problems == ()
    assert not reading.missing


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("*姓名：", "name"),
        ("姓　名", "name"),
        ("姓\n名", "name"),
        ("公民身份号码（18位）", "id_number"),
        ("工龄（年）", "years"),
        ("手机", "phone"),
        ("学历", "education"),
        ("所在单位", "employer"),
        ("【必填】联系电话", "phone"),
        ("备\u00a0注", "remark"),
    ],
)
def test_headings_as_people_write_them_are_known(written: str, field: str) -> None:
    head = ["姓名", "身份证号", "申报职业", "申报等级"]
    known = [h for h in head if ROSTER.column(field) is None or ROSTER.column(field).heading != h]  # type: ignore[union-attr]
    reading = roster(xlsx([[*known, written], ["a"] * (len(known) + 1)]))
    assert fields(reading)[reading.headings[-1].text] == field


def test_of_two_columns_for_one_field_the_official_heading_wins() -> None:
    reading = roster(xlsx([(*HEADINGS, "身份证"), (*ZHANG, "另一个")]))
    assert fields(reading)["身份证号"] == "id_number"
    assert fields(reading)["身份证"] is None


def test_of_two_columns_with_the_same_heading_the_left_one_wins() -> None:
    reading = roster(xlsx([(*HEADINGS, "姓名"), (*ZHANG, "别人")]))
    assert names(reading) == ["张三"]


def test_a_heading_merged_over_several_columns_means_its_first() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("B1:C1")

    reading = roster(
        xlsx([("序号", "姓名", "", *HEADINGS[2:]), (1, "张三", "", *ZHANG[2:])], change=change)
    )
    assert names(reading) == ["张三"]
    assert [h.text for h in reading.headings].count("姓名") == 1


def test_the_users_own_assignment_wins_over_what_is_known() -> None:
    head = ("工人", "姓名", "身份证号", "申报职业", "申报等级")
    data = xlsx([head, ("张三", "班组长", "130602199512153357", "焊工", "四级")])
    reading = roster(data, mapping={"工 人": "name"})
    assert names(reading) == ["张三"]
    assert fields(reading)["姓名"] is None


def test_a_heading_assigned_to_nothing_is_left_out() -> None:
    reading = roster(xlsx([HEADINGS, ZHANG]), mapping={"联系电话": ""})
    assert fields(reading)["联系电话"] is None
    assert reading.rows[0].value("phone") is None


def test_an_assignment_to_a_field_that_is_gone_is_ignored() -> None:
    reading = roster(xlsx([HEADINGS, ZHANG]), mapping={"联系电话": "fax"})
    assert fields(reading)["联系电话"] == "phone"


def test_an_assignment_reaches_a_heading_of_two_lines() -> None:
    reading = roster(
        xlsx([*TWO_LINES, PERSON], change=merge_two_lines), mapping={"原证书/等级": "remark"}
    )
    assert fields(reading)["原证书/等级"] == "remark"


def test_headings_of_a_refused_rows_workbook_are_known_again() -> None:
    joined = ["姓名", "身份证号码", "申报/职业", "申报/级别", "原证书/等级"]
    reading = roster(xlsx([joined, ("张三", "130602199512153357", "焊工", "四级", "五级")]))
    assert fields(reading)["申报/级别"] == "level"
    assert fields(reading)["原证书/等级"] == "held_level"


def test_required_columns_that_are_not_there_are_named_for_the_user_to_assign() -> None:
    reading = roster(xlsx([("姓名", "证照号", "工种"), ("张三", "130602199512153357", "焊工")]))
    assert [column.heading for column in reading.missing] == ["身份证号", "申报职业", "申报等级"]


def test_without_a_head_the_nearest_row_and_the_needed_columns_are_named() -> None:
    with pytest.raises(BadSheet) as refusal:
        roster(xlsx([("甲", "乙"), ("姓名", "班组"), ("张三", "一班")]))
    assert refusal.value.code == "no_header"
    for said in ("第 2 行", "姓名、班组", "身份证号、申报职业、申报等级", "人员名册"):
        assert said in refusal.value.message


def test_a_row_of_data_is_never_taken_for_a_head() -> None:
    with pytest.raises(BadSheet) as refusal:
        roster(xlsx([("张三", "男", "焊工"), ("李四", "女", "电工")]))
    assert refusal.value.code == "no_header"
    assert "张三" in refusal.value.message


def test_a_form_of_one_column_is_found_too() -> None:
    form = SheetForm("名单", (Column("name", "姓名", required=True, kind="name"),))
    assert names(read(xlsx([("名单",), ("姓名",), ("张三",)]), "x.xlsx", form)) == ["张三"]


def test_the_sheet_with_the_best_head_is_read_whatever_its_place() -> None:
    data = book(
        {"封面": [("关于报送名册的说明",)], "数据": [HEADINGS, ZHANG], "代码": [("姓名", "性别")]}
    )
    assert roster(data).sheet == "数据"


def test_a_filled_sheet_is_preferred_to_a_blank_one_and_to_an_example() -> None:
    data = book({"空表": [HEADINGS], "填写样例": [HEADINGS, ZHANG], "名册": [HEADINGS, LI]})
    assert names(roster(data)) == ["李四"]


def test_further_sheets_with_people_are_named_and_not_dropped_in_silence() -> None:
    data = book({"一车间": [HEADINGS, ZHANG], "二车间": [HEADINGS, LI], "空": [HEADINGS]})
    reading = roster(data)
    assert (reading.sheet, reading.other_sheets) == ("一车间", ("二车间",))


def test_a_hidden_sheet_is_not_read_but_named() -> None:
    def hide(sheet: Any) -> None:
        sheet.sheet_state = "hidden"

    data = book({"名册": [HEADINGS, ZHANG], "说明": [("填写说明",)]}, change=hide)
    with pytest.raises(BadSheet, match="取消隐藏") as refusal:
        roster(data)
    assert refusal.value.code == "hidden_sheet"


def test_overlapping_merged_ranges_made_to_be_slow_are_not() -> None:
    def change(sheet: Any) -> None:
        for last in range(8, 400):
            sheet.merged_cells.add(f"H1:XFC{last}")

    begun = perf_counter()
    wide = [(*row, *["x"] * 400) for row in (HEADINGS, ZHANG)]
    assert names(roster(xlsx(wide, change=change))) == ["张三"]
    assert perf_counter() - begun < 10
