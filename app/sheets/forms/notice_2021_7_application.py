"""What does the application form of 冀职鉴字〔2021〕7号 (附件1) look like, as data?"""

from app.sheets.composing.layout import Column, Font, Layout, Page, Slot, SlotLine, Table
from app.sheets.forms.style_2021_7 import EDITION

_LABEL = Font("黑体", 14)
_TITLE = Font("宋体", 20, bold=True)
_TEXT = Font("宋体", 11)
_NARROW = Font("宋体", 9.5)
_NOTE = Font("宋体", 9.5)


def _caption(text: str, columns: int = 1, lines: int = 1, font: Font | None = None) -> Slot:
    return Slot(text, columns, lines, font=font)


def _value(key: str, columns: int = 1) -> Slot:
    return Slot(f"{{{key}}}", columns)


def _person() -> tuple[SlotLine, ...]:
    photo = Slot("一寸照片", lines=3, picture="photo", picture_mm=(25, 35))
    return (
        SlotLine(
            (
                _caption("姓名"),
                _value("name"),
                _caption("性别"),
                _value("gender"),
                _caption("联系电话"),
                _value("phone"),
                photo,
            ),
            33,
        ),
        SlotLine(
            (
                _caption("文化程度"),
                _value("education"),
                _caption("身份证号"),
                _value("id_number", 3),
            ),
            33,
        ),
        SlotLine(
            (
                _caption("工作单位"),
                _value("employer", 3),
                _caption("现从事岗位（年限）", font=_NARROW),
                _value("post"),
            ),
            33,
        ),
    )


def _pair(left: str, left_key: str, right: str, right_key: str) -> SlotLine:
    slots = (_caption(left), _value(left_key, 3), _caption(right), _value(right_key, 2))
    return SlotLine(slots, 31)


def _note(text: str) -> SlotLine:
    return SlotLine((Slot(text, 7, align="left", sides="", font=_NOTE),), 15)


APPLICATION = Layout(
    edition=EDITION,
    title="职业技能等级认定申报表",
    page=Page(landscape=False, left=20, right=20, top=16, bottom=12, numbered=False, single=True),
    widths=(18.5, 36, 11, 15, 18.5, 43, 28),
    font=_TEXT,
    above=(
        SlotLine((Slot("附件 1", 7, align="left", sides="", font=_LABEL),), 22),
        SlotLine((Slot("职业技能等级认定申报表", 7, sides="", font=_TITLE),), 34),
        SlotLine((Slot("", 5, sides=""), Slot("编号：{serial_no}", 2, align="left", sides="")), 19),
        *_person(),
        _pair("单位地址", "employer_address", "单位人资部门电话", "employer_phone"),
        _pair("申报职业（工种）", "occupation", "申报等级", "level"),
        _pair("现有职业证书名称等级", "certificate_name", "证书编号", "certificate_no"),
        SlotLine(
            (
                _caption("取证时间"),
                _value("certificate_date", 2),
                _caption("发证机构名称"),
                _value("certificate_issuer", 3),
            ),
            31,
        ),
    ),
    table=Table(
        columns=(
            Column("period", "起止年月"),
            Column("doing", "在何单位从事何种职业（工种）或学习", columns=4),
            Column("witness", "证明人"),
        ),
        heading_height=24,
        line_height=22,
        least_lines=4,
        side=Slot("工作经历\n培训经历"),
        font=Font("宋体", 10),
        repeat_heading=False,
    ),
    below=(
        SlotLine(
            (
                _caption("本人承诺", lines=2),
                Slot(
                    "\u3000\u3000本人自愿参加职业技能等级认定，承诺符合申报技能等级的条件，"
                    "提供的信息资料真实有效。",
                    6,
                    align="left",
                    sides="LRT",
                ),
            ),
            40,
        ),
        SlotLine(
            (
                Slot("\u3000\u3000本人承诺签字：{signature:7}", 4, align="left", sides="LB"),
                Slot("承诺日期：{promised_on}", 2, align="left", sides="RB"),
            ),
            28,
        ),
        SlotLine(
            (
                _caption("工作单位意见", lines=2),
                Slot(
                    "\u3000\u3000该同志系我单位正式员工，在我单位{department:7}部门（车间）"
                    "从事{opinion_post:6}岗位{opinion_years:4}年（大写），经核实，"
                    "符合《国家职业技能标准》规定的{condition:8}条件，考评合格后，"
                    "我单位认可评价结果，并兑现相关工资待遇。",
                    6,
                    align="left",
                    sides="LRT",
                ),
            ),
            72,
        ),
        SlotLine((Slot("{opinion_on}", 6, align="right", sides="LRB", push=2),), 26),
        SlotLine(
            (
                _caption("评价机构考评结果", lines=2),
                Slot("{result}", 6, align="left", sides="LRT"),
            ),
            36,
        ),
        SlotLine((Slot("{result_on}（章）", 6, align="right", sides="LRB", push=2),), 26),
        _note(
            "备注：1、申报者必须如实填写，工作单位严格把关，加盖单位公章或人力资源部门印章，"
            "并负相关责任；"
        ),
        _note("\u3000\u3000\u30002、按规定提供学历证书、职业等级或职称证书复印件和社保证明。"),
        _note("\u3000\u3000\u30003、本表一式两份，一份可纳入本人档案，另一份评价机构存档。"),
    ),
)
