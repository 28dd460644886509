"""Does 附件4 结果备案表（一） read as the annex to the notice?"""

from dataclasses import replace
from datetime import date

import pytest

from tests.sheets.forms.paper import cell_right_of, line, line_of, merges, sheet, texts, workbook
from tests.sheets.forms.people import BODY, LEVELS, result_summary, summary_row

SEGMENT = "S000013000001215000001至S000013000001215000009"


def test_label_and_title_are_the_forms():
    assert texts(sheet(workbook(result_summary())))[:2] == [
        "附件 4",
        "职业技能等级认定结果备案表（一）",
    ]


@pytest.mark.parametrize(
    ("caption", "value"),
    [
        ("评价机构", BODY),
        ("机构备案编号", "S000013000001"),
        ("评价地点", "唐山市路北区培训楼"),
        ("联系人及电话", "周文静 0315-2800000"),
        ("考核日期", "2021年4月24日至2021年4月25日"),
    ],
)
def test_each_caption_has_its_value_beside_it(caption: str, value: str):
    assert cell_right_of(sheet(workbook(result_summary())), caption) == value


def test_the_chosen_boxes_are_ticked_and_all_others_are_there():
    page = sheet(workbook(result_summary()))

    assert str(cell_right_of(page, "评价对象")).split() == [
        "☐本企业员工",
        "☐免费培训人员",
        "☑委托企业员工",
        "☐技工院校学生",
        "☐其他",
    ]
    assert str(cell_right_of(page, "评价方式")).split() == [
        "☑考核鉴定",
        "☐考评结合",
        "☐过程化考核",
        "☐直接认定",
        "☐竞赛晋升",
        "☑其他",
    ]


def test_a_choice_that_the_form_does_not_offer_is_refused():
    with pytest.raises(ValueError, match="亲属"):
        workbook(replace(result_summary(), targets=("亲属",)))


def test_the_columns_are_the_forms_and_counts_are_numbers():
    page = sheet(workbook(result_summary()))
    heading = line_of(page, "职业")

    assert line(page, heading) == ["职业", "工种", "等级", "准考人数", "合格人数", "证书号段"]
    assert line(page, heading + 1) == ["焊工", "电焊工", LEVELS["5"], 12, 9, SEGMENT]
    assert f"F{heading}:G{heading}" in merges(page)


def test_a_broken_segment_takes_several_lines_of_its_cell_and_a_higher_row():
    single = "S000013000001215000020"
    page = sheet(workbook(result_summary(summary_row(*[SEGMENT, single] * 4))))
    number = line_of(page, "职业") + 1

    assert line(page, number)[-1] == "\n".join([SEGMENT, single] * 4)
    assert page.row_dimensions[number].height > 8 * 9


def test_no_line_of_totals_is_added_to_the_form():
    assert not [text for text in texts(sheet(workbook(result_summary()))) if "合计" in text]


def test_the_body_gives_its_opinion_signs_and_seals():
    dated = replace(result_summary(), opinion="同意上报。", signed_on=date(2021, 5, 8))
    page = sheet(workbook(dated))

    assert cell_right_of(page, "评价机构意见") == "同意上报。"
    assert texts(page)[-2:] == ["负责人签字：", "2021 年 5 月 8 日（章）"]


def test_an_unsigned_form_leaves_room_for_the_date():
    assert texts(sheet(workbook(result_summary())))[-1].split() == ["年", "月", "日（章）"]
