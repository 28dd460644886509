"""What do the forms annexed to 冀职鉴字〔2021〕7号 (25 March 2021) look like, as data?"""

from app.sheets.composing.layout import (
    Column,
    Layout,
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

_DATE = "      年    月    日"


def _signatures(captions: tuple[str, ...], columns: int) -> tuple[SlotLine, ...]:
    """Return boxes side by side: caption, space for an opinion, signature, and date with seal."""
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
    """Return form, time and place of one paper; a day's sessions show shared values once."""
    return (
        Column(f"{name}_form", "考试形式", group=group),
        Column(f"{name}_time", "考试时间", group=group, shared=("held_on", f"{name}_time")),
        Column(f"{name}_place", "考试地点", group=group, shared=("held_on", f"{name}_place")),
    )


def _exception(columns: int) -> SlotLine:
    """Return the line below the table, not in the official form, on a permitted late filing."""
    said = Slot("{exception}", columns, align="left", sides="", font=SMALL)
    return SlotLine((said,), 22, needs="exception")


ROSTER = Layout(
    edition=EDITION,
    title="职业技能等级认定人员名册备案表",
    page=WIDE,
    widths=(9.2, 14.5, 8.3, 37.4, 14.5, 24.2, 17.7, 14.4, 17, 17, 22, 22, 23, 23, 12.7),
    font=TEXT,
    above=(
        *form_head("附件 2", "职业技能等级认定人员名册备案表", 15),
        side_by_side(("评价机构（章）：{body_name}", 7), ("委托企业：{enterprise_name}", 8)),
        side_by_side(("填报人及电话：{filler}", 7), ("填报日期：{filled_on}", 8)),
    ),
    # The annex's page is missing from our copy of the notice: columns follow the other annexes.
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
        heading_font=HEADING,
        font=SMALL,
    ),
    below=(
        _exception(15),
        *_signatures(("企业审核意见：", "评价机构意见：", "市职业技能鉴定中心审核意见："), 5),
    ),
)

ARRANGEMENT = Layout(
    edition=EDITION,
    title="考务安排表",
    page=WIDE,
    widths=(20.2, 16.4, 16.4, 22.5, 10, 27.2, 14.6, 22.2, 25.8, 14.6, 22.2, 25.8, 24, 15.1),
    font=TEXT,
    above=(
        *form_head("附件 3", "考务安排表", 14),
        side_by_side(
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
        heading_font=HEADING,
        font=SMALL,
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
