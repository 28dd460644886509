"""Is a sheet of one year's holidays and worked weekends valid, and does it look complete?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule
from app.core.wording import fold, shown_day

_WEEKDAYS = 5
_SOURCE = "《全国年节及纪念日放假办法》"
#: Plausible weekdays off minus weekends worked: 11 statutory days before 2025, 13 since.
STATUTORY = range(11, 14)

WORDS = {"上班": True, "班": True, "调休上班": True, "补班": True, "工作日": True}
WORDS |= {"放假": False, "休": False, "休息": False, "假": False, "假日": False, "节假日": False}

CALENDAR_DAY_MISSING = Rule(
    "calendar_day_missing",
    "工作日历表的每一行都有日期和“上班”或“放假”",
    "day_problems",
    basis=CENTRE,
    number="0-48",
)
CALENDAR_DAY_YEAR = Rule(
    "calendar_day_year",
    "工作日历表的日期都在所导入的年度内",
    "day_problems",
    basis=CENTRE,
    number="0-49",
)
CALENDAR_DAY_TWICE = Rule(
    "calendar_day_twice",
    "工作日历表里每个日期只出现一次",
    "day_problems",
    basis=CENTRE,
    number="0-50",
)
CALENDAR_UNBALANCED = Rule(
    "calendar_unbalanced",
    "全年放假的周一至周五减去调休上班的周末，等于法定节假日天数（11至13天），否则请核对",
    "balance_problems",
    basis=_SOURCE,
    severity="warning",
    number="0-51",
)


@dataclass(frozen=True)
class DayRow:
    """One line of the sheet: its number, year, day, the word for worked or off, and a note."""

    number: int
    year: int | None
    day: date | None
    word: str
    note: str = ""

    @property
    def working(self) -> bool | None:
        """Whether the day is worked; None if the word is not understood."""
        return WORDS.get(fold(self.word))


def day_problems(rows: Sequence[DayRow], year: int) -> list[Problem]:
    """Return all problems of single lines of the sheet for ``year``."""
    times = Counter(row.day for row in rows)
    found: list[Problem] = []
    for row in rows:
        found += _incomplete(row) or _elsewhere(row, year)
        if row.day is not None and times[row.day] > 1:
            message = f"{shown_day(row.day)}在表里出现了{times[row.day]}次，请只保留一行"
            found.append(CALENDAR_DAY_TWICE.broken(message, field="day", row=row.number))
    return found


def _incomplete(row: DayRow) -> list[Problem]:
    found = []
    if row.day is None:
        message = "没有日期，请写成 2027-10-01 的样子"
        found.append(CALENDAR_DAY_MISSING.broken(message, field="day", row=row.number))
    if row.working is None:
        written = f"“{row.word}”" if row.word else "空着"
        message = f"“上班或放假”一栏是{written}，请写“上班”或“放假”"
        found.append(CALENDAR_DAY_MISSING.broken(message, field="working", row=row.number))
    return found


def _elsewhere(row: DayRow, year: int) -> list[Problem]:
    named = {row.year, row.day.year if row.day else None} - {None}
    if named <= {year}:
        return []
    years = "、".join(f"{one}年" for one in sorted(one for one in named if one))
    message = f"这一行写的是{years}，导入的是{year}年，请核对年度或删去这一行"
    return [CALENDAR_DAY_YEAR.broken(message, field="day", row=row.number)]


def balance_problems(rows: Sequence[DayRow], year: int) -> list[Problem]:
    """Warn where weekdays off minus weekends worked is not a plausible number of holidays."""
    days = {row.day: row.working for row in rows if row.day is not None}
    off = sum(day.weekday() < _WEEKDAYS and working is False for day, working in days.items())
    worked = sum(day.weekday() >= _WEEKDAYS and working is True for day, working in days.items())
    if off - worked in STATUTORY:
        return []
    message = (
        f"{year}年共有{off}个周一至周五放假、{worked}个周末调休上班，相差{off - worked}天；"
        f"法定节假日为{STATUTORY[0]}至{STATUTORY[-1]}天，请核对是否漏了放假日或调休上班日"
    )
    return [CALENDAR_UNBALANCED.broken(message)]
