"""What do the letters, notices and lists of a batch look like, as data?

The notice requires them but gives no form: the wording follows its clauses, the layout the
standard for official letters (GB/T 9704).
"""

from __future__ import annotations

from dataclasses import replace

from app.sheets.composing.layout import Column, Font, Layout, Page, Slot, SlotLine, Table
from app.sheets.forms.style_2021_7 import EDITION

# Margins leave 28 characters per line, as the standard requires, plus the insets of a cell. The
# letterhead is 30 mm below the paper's edge; lines are 28 points apart.
_LETTER = Page(landscape=False, left=27, right=25, top=30, bottom=25, numbered=False)
_PITCH = 28.0
_LIST = Page(landscape=False, left=15, right=15, top=20, bottom=18)
_SLIP = Page(landscape=False, left=25, right=25, top=25, bottom=20, numbered=False, single=True)
_HEAD = Font("宋体", 22, bold=True)
_RED = Font("宋体", 28, bold=True, colour="D7000F")
_TITLE = Font("宋体", 20, bold=True)
_BODY = Font("仿宋", 16)
_TEXT = Font("宋体", 10.5)
_SMALL = Font("宋体", 9.5)
_HEADING = Font("宋体", 10, bold=True)
_INDENT = "\u3000\u3000"
_BLANK = "\u3000\u3000\u3000"


def _line(
    text: str,
    columns: int = 1,
    *,
    align: str = "left",
    height: float = 28,
    font: Font = _BODY,
    push: int = 0,
) -> SlotLine:
    """Return one line of a notice, as high as its paragraph needs."""
    slot = Slot(text, columns, align=align, sides="", font=font, push=push)
    return SlotLine((slot,), height)


def _letter_line(text: str, *, align: str = "left", font: Font = _BODY, push: int = 0) -> SlotLine:
    """Return one line or paragraph of a letter with the line spacing of letters."""
    slot = Slot(text, align=align, sides="", font=font, push=push, pitch=_PITCH)
    return SlotLine((slot,), _PITCH)


def _paragraph(text: str) -> SlotLine:
    """Return a paragraph of a letter after which a page may end."""
    return replace(_letter_line(text), keep=False)


def _pair(*slots: tuple[str, int], height: float = 22) -> SlotLine:
    made = tuple(Slot(text, columns, align="left", sides="", font=_TEXT) for text, columns in slots)
    return SlotLine(made, height)


def _boxed(*slots: tuple[str, int], height: float = 34) -> SlotLine:
    return SlotLine(tuple(Slot(text, columns) for text, columns in slots), height)


COMMISSION_LETTER = Layout(
    edition=EDITION,
    title="职业技能等级认定委托函",
    page=_LETTER,
    widths=(158,),
    font=_BODY,
    above=(
        SlotLine((Slot("{centre_name}", sides="", font=_RED, double_line=True),), 46),
        _line("{letter_no}", align="right", height=34),
        _line("职业技能等级认定委托函", align="center", height=56, font=_HEAD),
        _letter_line("{body_name}："),
        _paragraph(
            f"{_INDENT}根据《企业委托开展职业技能等级认定工作流程》（冀职鉴字〔2021〕7号）第一条"
            "“委托评价”的规定，{enterprise_name}（统一社会信用代码：{credit_code}）提交了认定需求。"
            "经审核，现委托你单位为该企业职工开展职业技能等级认定。"
        ),
        _paragraph(f"{_INDENT}一、委托内容：{{content}}"),
        _paragraph(f"{_INDENT}二、委托期限：自本函印发之日起至{{valid_to}}止。"),
        _paragraph(
            f"{_INDENT}三、你单位应当在备案的职业（工种）、等级范围和有效期内，按照国家职业技能标准和"
            "上述工作流程组织实施，接受评价所在地市职业技能鉴定中心的全程监管和省职业技能鉴定指导中心的"
            "不定期抽查，妥善保管评价工作全过程资料。"
        ),
        _letter_line(f"{_INDENT}四、该企业已承诺认可评价结果，合格者兑现相关待遇。"),
        _letter_line(f"{_INDENT}特此委托。"),
        _letter_line(""),
        _letter_line("{centre_name}（章）", align="right", push=4),
        _letter_line("{signed_on}", align="right", push=7),
    ),
)

PUBLICITY_NOTICE = Layout(
    edition=EDITION,
    title="职业技能等级认定结果公示",
    page=_LIST,
    widths=(11, 16, 38, 52, 20, 25, 18),
    font=_TEXT,
    above=(
        _line("职业技能等级认定结果公示", 7, align="center", height=44, font=_TITLE),
        _line(
            f"{_INDENT}根据冀职鉴字〔2021〕7号文件规定，{{body_name}}会同{{enterprise_name}}组织的职业技能"
            "等级认定（批次编号：{batch_no}）已结束考评，现将评价结果予以公示。",
            7,
            font=Font("仿宋", 14),
        ),
        _line(
            f"{_INDENT}公示期：{{opens_on}}至{{closes_on}}{{workdays}}。公示期内，任何单位和个人对公示结果"
            "有异议的，请以书面或电话方式实名反映，并提供具体线索和联系方式。监督举报电话：{phone}。",
            7,
            font=Font("仿宋", 14),
        ),
        _line("", 7, height=8),
    ),
    table=Table(
        columns=(
            Column("number", "序号"),
            Column("name", "姓名"),
            Column("id_number", "证件号码"),
            Column("employer", "工作单位"),
            Column("work_type", "工种"),
            Column("level", "等级"),
            Column("result", "评价结果"),
        ),
        heading_height=26,
        line_height=22,
        least_lines=1,
        heading_font=_HEADING,
        font=_SMALL,
    ),
    below=(
        _line("共 {count} 人。", 7, font=_TEXT, height=24),
        _line("{body_name}（章）", 7, align="right", font=Font("仿宋", 14), push=2),
        _line("{opens_on}", 7, align="right", font=Font("仿宋", 14), push=4),
    ),
)

RESULT_NOTICE = Layout(
    edition=EDITION,
    title="职业技能等级认定结果通知单",
    page=_SLIP,
    widths=(24, 56, 24, 56),
    font=Font("宋体", 12),
    above=(
        _line("职业技能等级认定结果通知单", 4, align="center", height=52, font=_TITLE),
        _pair(("", 2), ("编号：{serial_no}", 2)),
        _boxed(("姓名", 1), ("{name}", 1), ("证件号码", 1), ("{id_number}", 1)),
        _boxed(("工作单位", 1), ("{employer}", 3)),
        _boxed(("职业", 1), ("{occupation}", 1), ("工种", 1), ("{work_type}", 1)),
        _boxed(("等级", 1), ("{level}", 1), ("评价结果", 1), ("{result}", 1)),
        _boxed(("理论成绩", 1), ("{theory}", 1), ("实操成绩", 1), ("{practical}", 1)),
        _boxed(("综合评审", 1), ("{review}", 1), ("证书编号", 1), ("{certificate_no}", 1)),
        _line(
            f"{_INDENT}对结果有异议的，请在公示期内向评价机构反映，电话：{{phone}}。",
            4,
            font=Font("宋体", 11),
            height=40,
        ),
        _line("{body_name}（章）", 4, align="right", font=Font("宋体", 12), height=60, push=2),
        _line("{signed_on}", 4, align="right", font=Font("宋体", 12), push=4),
    ),
)

SIGN_IN_SHEET = Layout(
    edition=EDITION,
    title="职业技能等级认定考生签到表",
    page=_LIST,
    widths=(11, 13, 21, 11, 41.5, 51, 31.5),
    font=_TEXT,
    above=(
        _line("职业技能等级认定考生签到表（{paper}）", 7, align="center", height=42, font=_TITLE),
        _pair(("评价机构：{body_name}", 5), ("批次编号：{batch_no}", 2)),
        _pair(("职业（工种）：{occupation}（{work_type}）", 5), ("等级：{level}", 2)),
        _pair(("考试时间：{held}", 5), ("应到：{count} 人", 2)),
        _pair(("考试地点：{place}", 5), ("考评员：{assessors}", 2)),
    ),
    table=Table(
        columns=(
            Column("number", "序号"),
            Column("seat", "座位号"),
            Column("name", "姓名"),
            Column("gender", "性别"),
            Column("id_number", "证件号码"),
            Column("employer", "工作单位"),
            Column("signature", "本人签名"),
        ),
        heading_height=28,
        line_height=27,
        least_lines=17,
        heading_font=_HEADING,
        font=Font("宋体", 10),
    ),
    below=(
        _pair(
            ("实到：\u3000\u3000\u3000人\u3000\u3000缺考：\u3000\u3000\u3000人", 5),
            ("", 2),
            height=28,
        ),
        _pair(("考评员签字：", 5), ("督导员签字：", 2), height=34),
    ),
)

ARCHIVE_INVENTORY = Layout(
    edition=EDITION,
    title="职业技能等级认定资料存档目录",
    page=_LIST,
    widths=(11, 27, 52, 14, 12, 26, 24, 14),
    font=_TEXT,
    above=(
        _line("职业技能等级认定资料存档目录", 8, align="center", height=44, font=_TITLE),
        _pair(("评价机构：{body_name}", 4), ("归档日期：{archived_on}", 4)),
        _pair(("认定批次：{batch_no}\u3000{batch_name}", 4), ("保管人：{keeper}", 4)),
    ),
    table=Table(
        columns=(
            Column("number", "序号"),
            Column("kind", "资料种类"),
            Column("title", "题名"),
            Column("carrier", "载体"),
            Column("quantity", "份数"),
            Column("place", "存放位置"),
            Column("keep_until", "保管期限至"),
            Column("remark", "备注"),
        ),
        heading_height=28,
        line_height=25,
        least_lines=12,
        heading_font=_HEADING,
        font=_SMALL,
    ),
    below=(
        _line(
            "保管期限：纸质材料不少于3年，电子材料不少于5年（冀职鉴字〔2021〕7号流程八）。",
            8,
            font=_SMALL,
            height=22,
        ),
        _pair(("移交人签字：", 4), ("接收人签字：", 4), height=34),
    ),
)
