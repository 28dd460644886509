"""Which days are working days, and how are they counted?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar
from chinese_calendar.constants import holidays

from app.core.errors import WrongState
from app.rules.terms import NOTICE_COUNTING, Counting

_DAY = timedelta(days=1)
_WEEKDAYS = 5

# A notice of the State Council may already name the first days of the following year: a year
# counts as known once its National Day is in the package.
PACKAGE_YEARS = frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1))

#: The package's words for the holidays, as the notices of the State Council call them.
_FESTIVALS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


class NoCalendar(WrongState):
    """No calendar of public holidays is at hand for ``year``, so nothing is computed."""

    title = "缺少工作日历"
    next_step = "录入该年的工作日历后再办理。"

    def __init__(self, year: int) -> None:
        super().__init__(
            f"没有{year}年的节假日安排，无法计算工作日；"
            f"请中心在“基础数据”→“工作日调整”中导入该年的工作日历（放假日和调休上班日）后再办理"
        )
        self.year = year


@dataclass(frozen=True)
class WorkCalendar:
    """Working days by the State Council's published arrangement and a centre's own rows.

    ``overrides`` says of single days whether they are worked and wins over everything; ``notes``
    why. ``known_years`` are years that the package lacks and the centre has entered as overrides:
    there Monday to Friday are worked unless a row says otherwise. Every method raises
    ``NoCalendar`` on meeting a day of any other year.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    counting: Counting = NOTICE_COUNTING
    notes: Mapping[date, str] = field(default_factory=dict)

    def knows(self, year: int) -> bool:
        """Whether days of that year can be told."""
        return year in PACKAGE_YEARS or year in self.known_years

    def is_workday(self, day: date) -> bool:
        """Whether that day is worked, 调休 included."""
        if not self.knows(day.year):
            raise NoCalendar(day.year)
        if day in self.overrides:
            return self.overrides[day]
        if day.year in PACKAGE_YEARS:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < _WEEKDAYS

    def kind_of(self, day: date) -> str:
        """What is particular about the day: 周末, 清明节放假, 调休上班 …; empty for a plain one."""
        worked, weekend = self.is_workday(day), day.weekday() >= _WEEKDAYS
        if worked:
            return "调休上班" if weekend else ""
        if day in self.overrides:
            return self.notes.get(day) or ("周末" if weekend else "放假")
        name = self._festival(day)
        return f"{name}放假" if name else "周末"

    @staticmethod
    def _festival(day: date) -> str:
        if day.year not in PACKAGE_YEARS:
            return ""
        _, name = chinese_calendar.get_holiday_detail(day)
        return _FESTIVALS.get(name, name) if name else ""

    def days_between(self, start: date, end: date) -> tuple[date, ...]:
        """The whole working days strictly between the two days; none when ``end`` is earlier."""
        span = range(1, (end - start).days)
        days = (start + offset * _DAY for offset in span)
        return tuple(day for day in days if self.is_workday(day))

    def workdays_between(self, start: date, end: date) -> int:
        """How many whole working days lie strictly between the two days."""
        return len(self.days_between(start, end))

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (before it when negative); 0 is ``day``."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def due(self, event: date, count: int) -> date:
        """The last day of a period of ``count`` working days that begins with ``event``."""
        if count and self.counting.event_day_counts and self.is_workday(event):
            return self.add_workdays(event, count - 1)
        return self.add_workdays(event, count)

    def days_before_exam(self, submitted: date, exam_date: date) -> tuple[date, ...]:
        """The working days that count between submission and exam."""
        start = submitted - _DAY if self.counting.submission_day_counts else submitted
        end = exam_date + _DAY if self.counting.exam_day_counts else exam_date
        return self.days_between(start, end)

    def latest_submission(self, exam_date: date, whole_days: int = 5) -> date:
        """The last day on which a filing for that exam is in time (it may be a day off)."""
        counted = bool(self.counting.exam_day_counts and self.is_workday(exam_date))
        day, found = exam_date, int(counted)
        # Going back day by day, each one left behind counts; that of the filing only where it does.
        while True:
            day -= _DAY
            worked = self.is_workday(day)
            if found + (worked and self.counting.submission_day_counts) >= whole_days:
                return day
            found += worked

    def earliest_exam(self, submitted: date, whole_days: int = 5) -> date:
        """The first exam day for which a filing on that day is in time."""
        counted = bool(self.counting.submission_day_counts and self.is_workday(submitted))
        day, found = submitted, int(counted)
        while True:
            day += _DAY
            worked = self.is_workday(day)
            if found + (worked and self.counting.exam_day_counts) >= whole_days:
                return day
            found += worked
