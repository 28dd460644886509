"""What do the forms annexed to 冀职鉴字〔2021〕7号 (25 March 2021) look like, as data?"""

from datetime import date

from app.sheets.composing.layout import (
    Choices,
    Column,
    Edition,
    Font,
    Layout,
    Page,
    Slot,
    SlotLine,
    Table,
)

EDITION = Edition("2021年版", date(2021, 3, 25), "冀职鉴字〔2021〕7号附件")

_LABEL = Font("黑体", 14)
_TITLE = Font("宋体", 20, bold=True)
_TEXT = Font("宋体", 10.5)
_HEADING = Font("宋体", 9, bold=True)
_SMALL = Font("宋体", 9)
_WIDE = Page(landscape=True, left=10, right=10, top=14, bottom=14)
_DATE = "      年    月    日"


def _head(label: str, title: str, columns: int) -> tuple[SlotLine, ...]:
    labelled = Slot(label, columns, align="left", sides="", font=_LABEL)
    lines = (SlotLine((labelled,), 22),) if label else ()
    return (*lines, SlotLine((Slot(title, columns, sides="", font=_TITLE),), 38))


def _beside(*slots: tuple[str, int]) -> SlotLine:
    """Captions with their values side by side above a table, each over so many columns."""
    return SlotLine(
        tuple(Slot(text, columns, align="left", sides="") for text, columns in slots), 22
    )


def _signatures(captions: tuple[str, ...], columns: int) -> tuple[SlotLine, ...]:
    """Boxes side by side: an opinion, room for it, a signature and a date with the seal."""
    opinions = tuple(Slot(one, columns, align="left", sides="LRT") for one in captions)
    room = tuple(Slot("", columns, sides="LR") for _ in captions)
    names = tuple(Slot("负责人签字：", columns, align="left", sides="LR") for _ in captions)
    dates = tuple(Slot(_DATE + "（章）", columns, align="right", sides="LRB") for _ in captions)
    return (
        SlotLine(opinions, 20),
        SlotLine(room, 30),
        SlotLine(names, 20),
        SlotLine(dates, 22),
    )


def _paper(name: str, group: str) -> tuple[Column, ...]:
    """Form, time and place of one paper; sessions of a day show a shared time or place once."""
    return (
        Column(f"{name}_form", "考试形式", group=group),
        Column(f"{name}_time", "考试时间", group=group, shared=("held_on", f"{name}_time")),
        Column(f"{name}_place", "考试地点", group=group, shared=("held_on", f"{name}_place")),
    )


def _exception(columns: int) -> SlotLine:
    """Below the table, no part of the form: by whose leave the filing was sent in late, and why."""
    said = Slot("{exception}", columns, align="left", sides="", font=_SMALL)
    return SlotLine((said,), 22, needs="exception")


ROSTER = Layout(
    edition=EDITION,
    title="职业技能等级认定人员名册备案表",
    page=_WIDE,
    widths=(9.2, 14.5, 8.3, 37.4, 14.5, 24.2, 17.7, 14.4, 17, 17, 22, 22, 23, 23, 12.7),
    font=_TEXT,
    above=(
        *_head("附件 2", "职业技能等级认定人员名册备案表", 15),
        _beside(("评价机构（章）：{body_name}", 7), ("委托企业：{enterprise_name}", 8)),
        _beside(("填报人及电话：{filler}", 7), ("填报日期：{filled_on}", 8)),
    ),
    # The annex's own page is missing from the text we hold: columns follow the other annexes.
    table=Table(
        columns=(
            Column("number", "序号"),
            Column("name", "姓名"),
            Column("gender", "性别"),
            Column("id_number", "身份证号"),
            Column("education", "文化程度"),
            Column("employer", "工作单位"),
            Column("post", "现从事岗位"),
            Column("years", "从事本职业年限"),
            Column("occupation", "申报职业"),
            Column("work_type", "申报工种"),
            Column("level", "申报等级"),
            Column("current_level", "现有证书等级"),
            Column("current_certificate", "现有证书编号"),
            Column("phone", "联系电话"),
            Column("remark", "备注"),
        ),
        heading_height=44,
        line_height=28,
        least_lines=5,
        heading_font=_HEADING,
        font=_SMALL,
    ),
    below=(
        _exception(15),
        *_signatures(("企业审核意见：", "评价机构意见：", "市职业技能鉴定中心审核意见："), 5),
    ),
)

ARRANGEMENT = Layout(
    edition=EDITION,
    title="考务安排表",
    page=_WIDE,
    widths=(20.2, 16.4, 16.4, 22.5, 10, 27.2, 14.6, 22.2, 25.8, 14.6, 22.2, 25.8, 24, 15.1),
    font=_TEXT,
    above=(
        *_head("附件 3", "考务安排表", 14),
        _beside(
            ("鉴定机构：{body_name}", 6),
            ("联系人及电话：{contact}", 4),
            ("填报时间：{filled_on}", 4),
        ),
    ),
    table=Table(
        columns=(
            Column("held_on", "认定日期", shared=("held_on",)),
            Column("occupation", "职业"),
            Column("work_type", "工种"),
            Column("level", "等级"),
            Column("head_count", "人数"),
            Column("site_contact", "考点联系人和电话", shared=("held_on", "site_contact")),
            *_paper("theory", "理论考试"),
            *_paper("practical", "实操考试"),
            Column("assessors", "考评员"),
            Column("supervisors", "督导员"),
        ),
        heading_height=46,
        line_height=30,
        least_lines=6,
        heading_font=_HEADING,
        font=_SMALL,
    ),
    below=(
        SlotLine(
            (
                Slot(
                    "初级工：{level_5} 人，中级工：{level_4} 人，高级工：{level_3} 人，"
                    "技师：{level_2} 人，高级技师：{level_1} 人{other_levels}，合计 {total} 人。",
                    columns=14,
                    align="left",
                    sides="",
                ),
            ),
            28,
        ),
        _exception(14),
    ),
)

RESULT_SUMMARY = Layout(
    edition=EDITION,
    title="职业技能等级认定结果备案表（一）",
    page=Page(landscape=False, left=15, right=15, top=20, bottom=18),
    widths=(26, 23, 24.9, 9.8, 9.8, 27, 59.5),
    font=_TEXT,
    above=(
        *_head("附件 4", "职业技能等级认定结果备案表（一）", 7),
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
    page=_WIDE,
    widths=(15, 17.5, 37.5, 29.5, 20, 20, 22.5, 45.5, 20, 25.5, 24),
    font=_TEXT,
    above=(
        *_head("", "职业技能等级认定结果备案表(二)", 11),
        _beside(
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
        heading_font=_HEADING,
        font=_SMALL,
    ),
)
