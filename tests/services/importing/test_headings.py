"""Are the headings that people really write known, each for one field of its sheet?"""

from __future__ import annotations

from collections import Counter

import pytest

from app.core.importing.forms import KINDS, form_of
from app.core.sheets.reading.fold import heading_key
from app.core.sheets.reading.matching import Matcher

WRITTEN = {
    "roster": {
        "name": "姓名 姓　名 考生姓名 学员姓名 员工姓名 职工姓名",
        "document_kind": "证件类型 证件类别",
        "id_number": "身份证号 公民身份号码 证件号 有效证件号码 *身份证号 身份证号（18位）",
        "education": "文化程度 学历 教育程度 文化水平",
        "employer": "工作单位 单位 现工作单位 单位全称 公司名称 用人单位 企业",
        "post": "现从事岗位 岗位名称 职务 现任岗位",
        "years": "从事本职业年限 工龄（年） 从事本职业工作年限 本工种年限 岗位年限",
        "occupation": "申报职业 认定职业 鉴定职业 报考职业",
        "work_type": "申报工种 认定工种 鉴定工种 报考工种",
        "level": "申报等级 级别 鉴定等级 报考等级 申报技能等级 申报职业技能等级",
        "current_level": "现有证书等级 原证书等级 已有等级 持证等级 现有技能等级",
        "current_certificate": "现有证书编号 原证书号 证书号码 现持证书编号",
        "phone": "联系电话 手机 本人联系电话 联系手机 电话号码",
    },
    "scores": {
        "theory": "理论成绩 理论 理论知识成绩 笔试成绩 应知 理论知识考试成绩",
        "practical": "实操成绩 技能 操作技能成绩 实际操作 应会 技能考核成绩 实操考试成绩",
        "review": "综合评审 综合评审成绩 论文答辩",
    },
    "arrangement": {
        "exam_date": "认定日期 考试日期 鉴定日期 评价日期",
        "headcount": "人数 参评人数 考试人数 准考人数",
        "site_contact": "考点联系人 联系人及电话 考点联系人和电话",
        "theory_place": "理论考试地点 理论考场",
        "practical_start": "实操考试时间 技能考试时间 操作技能考试时间",
        "assessors": "考评员 考评员名单",
        "supervisors": "督导员 质量督导员",
    },
}
CASES = [
    (kind, field, heading)
    for kind, fields in WRITTEN.items()
    for field, headings in fields.items()
    for heading in headings.split(" ")
]


@pytest.mark.parametrize(("kind", "field", "heading"), CASES)
def test_a_usual_heading_means_its_field(kind: str, field: str, heading: str) -> None:
    found = Matcher(form_of(kind)).matches(0, (heading,))
    assert {match.field for match in found} == {field}


@pytest.mark.parametrize("kind", KINDS)
def test_no_wording_stands_for_two_fields_of_a_sheet(kind: str) -> None:
    counted = Counter(
        key
        for column in form_of(kind).columns
        for key in {heading_key(text) for text in (column.heading, *column.aliases)}
    )
    assert [key for key, count in counted.items() if count > 1] == []


def test_a_time_is_called_as_on_the_form_where_one_cell_holds_it_whole() -> None:
    headings = {column.field: column.heading for column in form_of("arrangement").columns}
    assert headings["theory_start"] == "理论考试时间"
    assert headings["practical_start"] == "实操考试时间"
