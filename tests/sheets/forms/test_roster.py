"""Does 附件2 read as the annex to the notice?"""

from dataclasses import replace

from app.sheets.forms import RosterForm
from tests.sheets.forms.paper import line, line_of, merges, sheet, texts, workbook
from tests.sheets.forms.people import BODY, EMPLOYER, LEVELS, id_number, roster

CAPTIONS = [
    "序号",
    "姓名",
    "性别",
    "身份证号",
    "文化程度",
    "工作单位",
    "现从事岗位",
    "从事本职业年限",
    "申报职业",
    "申报工种",
    "申报等级",
    "现有证书等级",
    "现有证书编号",
    "联系电话",
    "备注",
]


def test_the_label_and_the_title_stand_above_everything_else():
    assert texts(sheet(workbook(roster())))[:2] == ["附件 2", "职业技能等级认定人员名册备案表"]


def test_body_enterprise_filler_and_date_stand_above_the_table():
    page = sheet(workbook(roster()))

    assert line(page, 3) == [f"评价机构（章）：{BODY}", f"委托企业：{EMPLOYER}"]
    assert line(page, 4) == ["填报人及电话：周文静 0315-2800000", "填报日期：2021年4月12日"]


def test_the_columns_are_the_forms_in_the_forms_order():
    page = sheet(workbook(roster()))

    assert line(page, line_of(page, "序号")) == CAPTIONS


def test_a_person_fills_one_line():
    page = sheet(workbook(roster(2)))

    assert line(page, line_of(page, "序号") + 2) == [
        2,
        "王小燕",
        "女",
        id_number(1),
        "大学专科",
        EMPLOYER,
        "数控车工",
        "7",
        "车工",
        "数控车工",
        LEVELS["3"],
        LEVELS["4"],
        "Y000013000001194000123",
        "17229227819",
        "补考",
    ]


def test_identity_numbers_are_text():
    page = sheet(workbook(roster()))
    cell = page.cell(line_of(page, "序号") + 1, 4)

    assert (cell.value, cell.data_type, cell.number_format) == (id_number(0), "s", "@")


def test_three_opinions_stand_side_by_side_below_the_last_person():
    page = sheet(workbook(roster(7)))
    last = line_of(page, "序号") + 7

    assert line(page, last + 1) == [
        "企业审核意见：",
        "评价机构意见：",
        "市职业技能鉴定中心审核意见：",
    ]
    assert line(page, last + 3) == ["负责人签字："] * 3
    assert [str(value).split() for value in line(page, last + 4)] == [["年", "月", "日（章）"]] * 3
    assert {f"A{last + 1}:E{last + 1}", f"K{last + 4}:O{last + 4}"} <= merges(page)


def test_a_form_without_people_is_a_blank_form():
    page = sheet(workbook(RosterForm()))
    heading = line_of(page, "序号")

    assert line(page, heading + 1) == [None] * 15
    assert line(page, 3) == ["评价机构（章）：", "委托企业："]


def test_leave_for_a_late_filing_stands_below_the_last_person_and_changes_nothing_else():
    leave = "经唐山市职业技能鉴定中心 刘主任 2021-04-19 批准逾期报送：企业停产检修"
    plain, late = sheet(workbook(roster(7))), sheet(workbook(replace(roster(7), exception=leave)))
    last = line_of(late, "序号") + 7

    assert line(late, last + 1) == [leave]
    assert f"A{last + 1}:O{last + 1}" in merges(late)
    assert line(late, line_of(late, "序号")) == CAPTIONS
    assert [text for text in texts(late) if text != leave] == texts(plain)
    assert late.max_row == plain.max_row + 1
