"""Does the 考务安排表 read as the annex to the notice, and do its totals add up?"""

import datetime
from dataclasses import replace

import pytest

from app.sheets.forms import ArrangementForm
from tests.sheets.forms.paper import line, line_of, merges, sheet, texts, workbook
from tests.sheets.forms.people import BODY, arrangement, session

UPPER = [
    "认定日期",
    "职业",
    "工种",
    "等级",
    "人数",
    "考点联系人和电话",
    "理论考试",
    "实操考试",
    "考评员",
    "督导员",
]
LOWER = ["考试形式", "考试时间", "考试地点"] * 2


def test_label_title_and_the_line_above_the_table_are_the_forms():
    page = sheet(workbook(arrangement()))

    assert texts(page)[:2] == ["附件 3", "考务安排表"]
    assert line(page, 3) == [
        f"鉴定机构：{BODY}",
        "联系人及电话：周文静 0315-2800000",
        "填报时间：2021年4月12日",
    ]


def test_the_heading_has_two_lines_with_theory_and_practical_merged_over_three_columns():
    page = sheet(workbook(arrangement()))
    heading = line_of(page, "认定日期")

    assert line(page, heading) == UPPER
    assert line(page, heading + 1) == LOWER
    assert {
        f"A{heading}:A{heading + 1}",
        f"G{heading}:I{heading}",
        f"J{heading}:L{heading}",
        f"N{heading}:N{heading + 1}",
    } <= merges(page)


def test_a_session_fills_one_line_with_its_head_count_as_a_number():
    page = sheet(workbook(arrangement(session("4", 11))))

    assert line(page, line_of(page, "认定日期") + 2) == [
        "2021-04-24",
        "焊工",
        "电焊工",
        "四级/中级工",
        11,
        "刘考点 0315-2800111",
        "机考",
        "09:00-10:30",
        "培训楼302机房",
        "现场操作",
        "14:00-17:00",
        "实训基地2号车间",
        "马力强、许彦、宋文辉",
        "魏春生",
    ]


def test_the_totals_add_the_sessions_of_each_level():
    rows = (session("5", 10), session("3", 4), session("5", 7), session("1", 2), session("2", 1))

    assert texts(sheet(workbook(arrangement(*rows))))[-1] == (
        "初级工：17 人，中级工：0 人，高级工：4 人，技师：1 人，高级技师：2 人，合计 24 人。"
    )


def test_a_level_that_the_form_does_not_know_is_named_so_that_the_total_adds_up():
    rows = (session("5", 10), session("S", 3, level="特级技师"))

    assert texts(sheet(workbook(arrangement(*rows))))[-1].endswith(
        "高级技师：0 人，特级技师：3 人，合计 13 人。"
    )


def test_without_sessions_all_totals_are_nought():
    assert texts(sheet(workbook(ArrangementForm())))[-1] == (
        "初级工：0 人，中级工：0 人，高级工：0 人，技师：0 人，高级技师：0 人，合计 0 人。"
    )


@pytest.mark.parametrize("count", [1, 25])
def test_every_session_stands_on_the_form_once(count: int):
    page = sheet(workbook(arrangement(*(session("5", 100 + index) for index in range(count)))))

    heads = [cell.value for cell in page["E"] if isinstance(cell.value, int)]
    assert heads == list(range(100, 100 + count))
    assert not any(
        isinstance(cell.value, datetime.date) for row in page.iter_rows() for cell in row
    )


def test_leave_for_a_late_filing_stands_below_the_totals_and_changes_nothing_else():
    leave = "经唐山市职业技能鉴定中心 刘主任 2021-04-19 批准逾期报送：企业停产检修"
    plain = texts(sheet(workbook(arrangement(session()))))
    late = texts(sheet(workbook(replace(arrangement(session()), exception=leave))))

    assert late == [*plain, leave]
