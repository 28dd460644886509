"""Does 附件1 say word for word what the notice's form says, for each candidate?"""

import base64
import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

from app.sheets.forms import ApplicationForm, HistoryRow
from tests.sheets.forms.paper import (
    applications,
    cell_right_of,
    line,
    line_of,
    merges,
    opened,
    sheet,
    texts,
)
from tests.sheets.forms.people import EMPLOYER, application

PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EMU_PER_MM = 36_000
PROMISE = "本人自愿参加职业技能等级认定，承诺符合申报技能等级的条件，提供的信息资料真实有效。"
NOTES = [
    "备注：1、申报者必须如实填写，工作单位严格把关，加盖单位公章或人力资源部门印章，并负相关责任；",
    "2、按规定提供学历证书、职业等级或职称证书复印件和社保证明。",
    "3、本表一式两份，一份可纳入本人档案，另一份评价机构存档。",
]


def said(text: object) -> str:
    """Text without its spaces and the lines to write on."""
    return "".join(str(text).split())


def test_label_title_and_number_stand_above_the_form():
    assert texts(sheet(applications([application()])))[:3] == [
        "附件 1",
        "职业技能等级认定申报表",
        "编号：20210424-0012",
    ]


@pytest.mark.parametrize(
    ("caption", "value"),
    [
        ("姓名", "王小燕"),
        ("性别", "女"),
        ("联系电话", "17229227819"),
        ("文化程度", "大学专科"),
        ("身份证号", "130203199001010012"),
        ("工作单位", EMPLOYER),
        ("现从事岗位（年限）", "数控车工（12年）"),
        ("单位地址", "唐山市开平区新苑路118号"),
        ("单位人资部门电话", "0315-2800222"),
        ("申报职业（工种）", "车工（数控车工）"),
        ("申报等级", "三级/高级工"),
        ("现有职业证书名称等级", "车工 四级/中级工"),
        ("证书编号", "Y000013000001194000123"),
        ("取证时间", "2019年6月1日"),
        ("发证机构名称", "唐山市职业技能鉴定中心"),
    ],
)
def test_each_caption_has_its_value_beside_it(caption: str, value: str):
    assert cell_right_of(sheet(applications([application()])), caption) == value


def test_the_captions_follow_each_other_as_on_the_form():
    captions = [
        "姓名 性别 联系电话 一寸照片 文化程度 身份证号 工作单位 现从事岗位（年限） 单位地址",
        "单位人资部门电话 申报职业（工种） 申报等级 现有职业证书名称等级 证书编号 取证时间",
        "发证机构名称 工作经历培训经历 起止年月 在何单位从事何种职业（工种）或学习 证明人",
        "本人承诺 工作单位意见 评价机构考评结果",
    ]
    expected = " ".join(captions).split()
    blank = [said(text) for text in texts(sheet(applications([])))]

    assert [text for text in blank if text in expected] == expected


def test_the_work_history_has_a_line_for_each_post():
    posts = tuple(
        HistoryRow(f"20{year}.01—20{year}.12", "车工", "李建国") for year in range(10, 18)
    )
    page = sheet(applications([application(history=posts)]))
    heading = line_of(page, "起止年月")

    assert line(page, heading)[1:] == ["起止年月", "在何单位从事何种职业（工种）或学习", "证明人"]
    assert line(page, heading + 8) == ["2017.01—2017.12", "车工", "李建国"]
    assert f"A{heading}:A{heading + 8}" in merges(page)


def test_the_promise_is_the_notices_to_be_signed_and_dated():
    page = sheet(applications([application(promised_on=date(2021, 4, 1))]))

    assert said(cell_right_of(page, "本人承诺")) == PROMISE
    signature, day = line(page, line_of(page, "本人承诺") + 1)
    assert (said(signature), said(day)) == ("本人承诺签字：", "承诺日期：2021年4月1日")


def test_the_employers_opinion_is_the_notices_with_the_values_in_its_gaps():
    page = sheet(applications([application()]))

    assert said(cell_right_of(page, "工作单位意见")) == (
        "该同志系我单位正式员工，在我单位机加工一车间部门（车间）从事数控车工岗位壹拾贰年（大写），"
        "经核实，符合《国家职业技能标准》规定的第（一）项条件，考评合格后，"
        "我单位认可评价结果，并兑现相关工资待遇。"
    )


def test_an_unfilled_opinion_keeps_its_words_and_has_gaps_to_write_into():
    opinion = str(cell_right_of(sheet(applications([])), "工作单位意见"))

    assert said(opinion) == (
        "该同志系我单位正式员工，在我单位部门（车间）从事岗位年（大写），经核实，"
        "符合《国家职业技能标准》规定的条件，考评合格后，我单位认可评价结果，并兑现相关工资待遇。"
    )
    assert opinion.count("\u3000") > 20


def test_the_result_is_dated_and_sealed_and_the_notes_stand_last():
    page = sheet(applications([application(result="合格", result_on=date(2021, 5, 8))]))

    assert cell_right_of(page, "评价机构考评结果") == "合格"
    assert [said(text) for text in texts(page)[-4:]] == ["2021年5月8日（章）", *NOTES]


def test_each_candidate_has_a_sheet_of_one_page_named_by_number_and_name():
    same = "阿卜杜热西提/买买提：*[吐尔逊]江'"
    book = opened(applications([application(), application(name=same), ApplicationForm()]))

    assert book.sheetnames == ["0001 王小燕", "0002 阿卜杜热西提买买提：吐尔逊江", "0003"]
    for page in book:
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight in (None, 1)


def test_two_candidates_of_one_name_both_have_their_sheet():
    assert len(opened(applications([application()] * 2)).sheetnames) == 2


def test_a_photo_takes_the_place_of_its_caption_at_25_by_35_millimetres():
    data = applications([application(photo=PHOTO)])
    with zipfile.ZipFile(BytesIO(data)) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
        assert package.read("xl/media/image1.png") == PHOTO

    assert "一寸照片" not in texts(sheet(data))
    width, height = re.search(r'<a:ext cx="(\d+)" cy="(\d+)"/>', drawing).groups()
    assert int(width) == pytest.approx(25 * EMU_PER_MM, rel=0.02)
    assert int(height) == pytest.approx(35 * EMU_PER_MM, rel=0.02)
    assert re.search(r"<xdr:from><xdr:col>6</xdr:col>.*?<xdr:row>3</xdr:row>", drawing)


def test_without_candidates_one_blank_form_is_written():
    page = sheet(applications([]))

    assert page.title == "职业技能等级认定申报表"
    assert cell_right_of(page, "姓名") is None
