"""The forms that the tests of reading use: roster, scores and arrangement as centres know them."""

from __future__ import annotations

from app.core.sheets.reading.table import Column, SheetForm

ROSTER = SheetForm(
    "人员名册",
    (
        Column("name", "姓名", ("参评人员姓名",), required=True, kind="name"),
        Column("gender", "性别"),
        Column(
            "id_number",
            "身份证号",
            ("身份证号码", "公民身份号码", "证件号", "证件号码", "身份证"),
            required=True,
            kind="long_number",
        ),
        Column("education", "文化程度", ("学历",)),
        Column("employer", "工作单位", ("所在单位", "单位")),
        Column("post", "现从事岗位", ("岗位",)),
        Column("years", "从事本职业年限", ("工龄", "年限"), kind="integer"),
        Column("occupation", "申报职业", ("申报/职业", "职业"), required=True),
        Column("work_type", "申报工种", ("申报/工种", "工种")),
        Column("level", "申报等级", ("申报/等级", "申报/级别", "等级", "级别"), required=True),
        Column("held_level", "现有证书等级", ("原证书/等级", "现有证书/等级")),
        Column(
            "held_number",
            "现有证书编号",
            ("原证书/编号", "现有证书/编号"),
            kind="long_number",
        ),
        Column("phone", "联系电话", ("手机号", "手机", "电话"), kind="long_number"),
        Column("remark", "备注"),
    ),
    ("人员名册",),
)

SCORES = SheetForm(
    "成绩表",
    (
        Column("name", "姓名", required=True, kind="name"),
        Column("id_number", "身份证号", ("身份证号码",), required=True, kind="long_number"),
        Column("work_type", "申报工种", ("工种",)),
        Column("level", "申报等级", ("等级",)),
        Column("theory", "理论成绩", ("理论",), required=True, kind="number"),
        Column("practical", "实操成绩", ("实操",), required=True, kind="number"),
        Column("review", "综合评审", kind="number"),
        Column("remark", "备注"),
    ),
    ("成绩",),
)

ARRANGEMENT = SheetForm(
    "考务安排表",
    (
        Column("day", "认定日期", ("日期",), required=True, kind="date"),
        Column("occupation", "职业", required=True),
        Column("work_type", "工种"),
        Column("level", "等级", ("级别",), required=True),
        Column("head_count", "人数", kind="integer"),
        Column("contact", "考点联系人", ("考点联系人和电话",)),
        Column("contact_phone", "联系电话", kind="long_number"),
        Column("theory_form", "理论考试形式", ("理论考试/考试形式",)),
        Column("theory_time", "理论考试时间", ("理论考试/考试时间",), kind="datetime_range"),
        Column("theory_place", "理论考试地点", ("理论考试/考试地点",)),
        Column("practical_form", "实操考试形式", ("实操考试/考试形式",)),
        Column("practical_time", "实操考试时间", ("实操考试/考试时间",), kind="datetime_range"),
        Column("practical_place", "实操考试地点", ("实操考试/考试地点",)),
        Column("assessors", "考评员", kind="person_names"),
        Column("supervisors", "督导员", kind="person_names"),
    ),
    ("考务安排",),
)
