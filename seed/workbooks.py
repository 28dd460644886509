"""Which workbooks would an enterprise send in, filled with invented people?"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

import xlsxwriter

from seed.people import Person, people

EDUCATION = {
    "10": "研究生", "20": "大学本科", "30": "大学专科", "40": "中等专科",
    "50": "技工学校", "60": "高中", "70": "初中", "80": "小学",
}  # fmt: skip
LEVELS = ("五级/初级工", "四级/中级工", "三级/高级工", "二级/技师", "一级/高级技师")
YEARS_AT_LEVEL = (2, 7, 12, 17, 22)
REVIEWED = frozenset(LEVELS[3:])


@dataclass(frozen=True)
class Trade:
    """An occupation and work type, with its assessors and room."""

    occupation: str
    work_type: str
    assessors: tuple[str, str, str]
    room: str


TRADES = (
    Trade("车工", "数控车工", ("周建军", "孙丽华", "何志宏"), "1号"),
    Trade("焊工", "电焊工", ("马力强", "许彦", "宋文辉"), "2号"),
    Trade("电工", "电工", ("唐海峰", "蒋丽", "叶志刚"), "3号"),
    Trade("机修钳工", "机修钳工", ("阎国平", "贾秀英", "薛建"), "4号"),
)
#: In the sample workbooks only; the assessors are those of 机修钳工.
CRANES = Trade("起重装卸机械操作工", "桥式起重机司机", ("阎国平", "贾秀英", "薛建"), "4号")
SUPERVISOR = "魏春生"


@dataclass(frozen=True)
class Entry:
    """One candidate of an invented roster."""

    person: Person
    trade: Trade
    level: str
    years: int


def entries(count: int, seed: int, exam: date, trades: Sequence[Trade]) -> list[Entry]:
    """Return ``count`` invented candidates, each at the level that their years at work allow."""
    found = []
    for place, person in enumerate(people(count, seed)):
        years = person.years_on(exam)
        reached = [i for i, least in enumerate(YEARS_AT_LEVEL) if years >= least]
        level = LEVELS[reached[-1] if reached else 0]
        found.append(Entry(person, trades[place % len(trades)], level, years))
    return found


def roster(entries_: Sequence[Entry], employer: str, seed: int) -> bytes:
    """Return 附件2 as an enterprise would fill it in."""
    headings = (
        "序号", "姓名", "性别", "身份证号", "文化程度", "工作单位", "现从事岗位",
        "从事本职业年限", "申报职业", "申报工种", "申报等级", "现有证书等级", "现有证书编号",
        "联系电话", "备注",
    )  # fmt: skip
    random = Random(seed)
    rows = []
    for number, one in enumerate(entries_, start=1):
        below = LEVELS.index(one.level) - 1
        held = LEVELS[below] if below >= 0 else ""
        certificate = f"19130000{random.randrange(10**8):08d}" if held else ""
        rows.append(
            (
                number, one.person.name, one.person.gender, one.person.id_number,
                EDUCATION.get(one.person.education, one.person.education), employer,
                one.trade.work_type, one.years, one.trade.occupation, one.trade.work_type,
                one.level, held, certificate, one.person.phone, "",
            )
        )  # fmt: skip
    return _workbook("人员名册", headings, rows)


def arrangement(entries_: Sequence[Entry], exam: date, city: str, supervisor: str) -> bytes:
    """Return 附件3 for the roster, with one row per work type and level."""
    headings = (
        "认定日期", "职业", "工种", "等级", "人数", "考点联系人", "联系电话", "理论考试形式",
        "理论考试时间", "理论考试地点", "实操考试形式", "实操考试时间", "实操考试地点",
        "考评员", "督导员",
    )  # fmt: skip
    groups = Counter((one.trade, one.level) for one in entries_)
    rows = [
        (
            f"{exam}", trade.occupation, trade.work_type, level, count, "刘考点", "0315-2800123",
            "机考", f"{exam} 09:00-10:30", f"{city}培训楼{trade.room}机房",
            "现场操作", f"{exam} 14:00-17:00", f"{city}实训基地{trade.room}车间",
            "、".join(trade.assessors), supervisor,
        )
        for (trade, level), count in groups.items()
    ]  # fmt: skip
    return _workbook("考务安排", headings, rows)


def scores(entries_: Sequence[Entry], seed: int) -> bytes:
    """Return marks for the roster: most pass, some fail, about one in fifteen is absent."""
    headings = (
        "序号", "姓名", "身份证号", "申报工种", "申报等级", "理论成绩", "实操成绩", "综合评审",
        "备注",
    )  # fmt: skip
    random = Random(seed)
    rows: list[tuple[Any, ...]] = []
    for number, one in enumerate(entries_, start=1):
        absent = random.random() < 1 / 15
        marks = [random.randrange(52, 97) for _ in range(3)]
        review = marks[2] if one.level in REVIEWED else ""
        rows.append(
            (
                number, one.person.name, one.person.id_number, one.trade.work_type, one.level,
                *(("", "", "", "缺考") if absent else (marks[0], marks[1], review, "")),
            )
        )  # fmt: skip
    return _workbook("成绩", headings, rows)


def _workbook(name: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(name)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                else:
                    sheet.write_number(line, column, value)
    return buffer.getvalue()
