"""Does 附件4 结果备案表(二) read as the annex to the notice?"""

from tests.sheets.forms.paper import line, line_of, sheet, texts, workbook
from tests.sheets.forms.people import BODY, EMPLOYER, LEVELS, id_number, result_list

CAPTIONS = [
    "姓名",
    "证件类型",
    "证件号码",
    "所在单位",
    "职业名称",
    "工种名称",
    "职业技能等级",
    "证书编号",
    "发证日期",
    "评价机构",
    "发证机构",
]


def test_the_title_and_the_line_above_the_table_are_the_forms():
    page = sheet(workbook(result_list()))

    assert texts(page)[0] == "职业技能等级认定结果备案表(二)"
    assert line(page, 2) == [
        f"评价机构（章）：{BODY}",
        "填报人及电话：周文静 0315-2800000",
        "填报日期：2021年5月8日",
    ]


def test_the_columns_are_the_forms_in_the_forms_order():
    page = sheet(workbook(result_list()))

    assert line(page, line_of(page, "姓名")) == CAPTIONS


def test_a_certificate_fills_one_line_all_of_it_text():
    page = sheet(workbook(result_list()))
    number = line_of(page, "姓名") + 1

    assert line(page, number) == [
        "王小燕",
        "居民身份证",
        id_number(0),
        EMPLOYER,
        "焊工",
        "电焊工",
        LEVELS["5"],
        "S000013000001215000001",
        "2021-05-18",
        BODY,
        "燕山学校",
    ]
    assert {cell.data_type for cell in page[number]} == {"s"}


def test_nothing_stands_below_the_last_certificate():
    page = sheet(workbook(result_list(30)))

    assert page.max_row == line_of(page, "姓名") + 30
