"""What do the forms of results annexed to 冀职鉴字〔2021〕7号 look like, as data?"""

from app.sheets.composing.layout import (
    Choices,
    Column,
    Font,
    Layout,
    Page,
    Slot,
    SlotLine,
    Table,
)
from app.sheets.forms.style_2021_7 import (
    EDITION,
    HEADING,
    SMALL,
    TEXT,
    WIDE,
    form_head,
    side_by_side,
)

RESULT_SUMMARY = Layout(
    edition=EDITION,
    title="职业技能等级认定结果备案表（一）",
    page=Page(landscape=False, left=15, right=15, top=20, bottom=18),
    widths=(26, 23, 24.9, 9.8, 9.8, 27, 59.5),
    font=TEXT,
    above=(
        *form_head("附件 4", "职业技能等级认定结果备案表（一）", 7),
        SlotLine(
            (Slot("评价机构"), Slot("{body_name}", 4), Slot("机构备案编号"), Slot("{body_number}")),
            36,
        ),
        SlotLine(
            (Slot("评价地点"), Slot("{place}", 4), Slot("联系人及电话"), Slot("{contact}")), 36
        ),
        SlotLine(
            (
                Slot("评价对象"),
                Slot("{targets}", 4, align="left"),
                Slot("考核日期"),
                Slot("{examined}"),
            ),
            54,
        ),
        SlotLine((Slot("评价方式"), Slot("{methods}", 6, align="left")), 40),
    ),
    table=Table(
        columns=(
            Column("occupation", "职业"),
            Column("work_type", "工种"),
            Column("level", "等级"),
            Column("admitted", "准考人数"),
            Column("passed", "合格人数"),
            Column("segments", "证书号段", columns=2, font=Font("宋体", 8)),
        ),
        heading_height=36,
        line_height=36,
        least_lines=8,
        font=Font("宋体", 10),
    ),
    below=(
        SlotLine(
            (
                Slot("评价机构意见", lines=3),
                Slot("{opinion}", 6, align="left", valign="top", sides="LRT"),
            ),
            90,
        ),
        SlotLine((Slot("", 4, sides="L"), Slot("负责人签字：", 2, align="left", sides="R")), 24),
        SlotLine((Slot("{signed_on}（章）", 6, align="right", sides="LRB", push=2),), 26),
    ),
    choices=(
        Choices(
            "targets",
            ("本企业员工", "免费培训人员", "委托企业员工", "技工院校学生", "其他"),
            per_line=2,
        ),
        Choices(
            "methods",
            ("考核鉴定", "考评结合", "过程化考核", "直接认定", "竞赛晋升", "其他"),
            per_line=6,
        ),
    ),
)

RESULT_LIST = Layout(
    edition=EDITION,
    # The notice prints this title's brackets half-width, unlike those of 表（一）.
    title="职业技能等级认定结果备案表(二)",
    page=WIDE,
    widths=(15, 17.5, 37.5, 29.5, 20, 20, 22.5, 45.5, 20, 25.5, 24),
    font=TEXT,
    above=(
        *form_head("", "职业技能等级认定结果备案表(二)", 11),
        side_by_side(
            ("评价机构（章）：{body_name}", 4),
            ("填报人及电话：{filler}", 4),
            ("填报日期：{filled_on}", 3),
        ),
    ),
    table=Table(
        columns=(
            Column("name", "姓名"),
            Column("id_kind", "证件类型"),
            Column("id_number", "证件号码"),
            Column("employer", "所在单位"),
            Column("occupation", "职业名称"),
            Column("work_type", "工种名称"),
            Column("level", "职业技能等级"),
            Column("certificate_no", "证书编号"),
            Column("issued_on", "发证日期"),
            Column("body_name", "评价机构"),
            Column("issuer", "发证机构"),
        ),
        heading_height=34,
        line_height=28,
        least_lines=10,
        heading_font=HEADING,
        font=SMALL,
    ),
)
