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

# A notice of the State Council may include the first days of the following year, so a year counts
# as known only if the package has its National Day.
PUBLISHED_YEARS = frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1))

#: The package's names of holidays → those in the State Council's notices.
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
    """Raised where no calendar of public holidays is known for ``year``."""

    title = "缺少工作日历"
    remedy = "录入该年的工作日历后再办理。"

    def __init__(self, year: int) -> None:
        super().__init__(
            f"没有{year}年的节假日安排，无法计算工作日；"
            f"请中心在“基础数据”→“工作日调整”中导入该年的工作日历（放假日和调休上班日）后再办理"
        )
        self.year = year


@dataclass(frozen=True)
class WorkCalendar:
    """Working days by the State Council's published arrangement and a centre's own rows.

    ``overrides`` maps single days to whether they are worked and takes precedence; ``notes`` gives
    the reasons. ``known_years`` are years that the package does not have and the centre has entered
    as overrides; in them Monday to Friday are worked unless overridden. Methods raise
    ``NoCalendar`` on a day of any other year.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    counting: Counting = NOTICE_COUNTING
    notes: Mapping[date, str] = field(default_factory=dict)

    def knows(self, year: int) -> bool:
        """Return whether the calendar of that year is known."""
        return year in PUBLISHED_YEARS or year in self.known_years

    def is_workday(self, day: date) -> bool:
        """Return whether the day is worked, taking 调休 into account."""
        if not self.knows(day.year):
            raise NoCalendar(day.year)
        if day in self.overrides:
            return self.overrides[day]
        if day.year in PUBLISHED_YEARS:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < _WEEKDAYS

    def kind_of(self, day: date) -> str:
        """Return what is special about the day (周末, 清明节放假, 调休上班 …), or ''."""
        worked, weekend = self.is_workday(day), day.weekday() >= _WEEKDAYS
        if worked:
            return "调休上班" if weekend else ""
        if day in self.overrides:
            return self.notes.get(day) or ("周末" if weekend else "放假")
        name = self._festival(day)
        return f"{name}放假" if name else "周末"

    @staticmethod
    def _festival(day: date) -> str:
        if day.year not in PUBLISHED_YEARS:
            return ""
        _, name = chinese_calendar.get_holiday_detail(day)
        return _FESTIVALS.get(name, name) if name else ""

    def days_between(self, start: date, end: date) -> tuple[date, ...]:
        """Return the working days strictly between the two days; none if ``end`` is earlier."""
        span = range(1, (end - start).days)
        days = (start + offset * _DAY for offset in span)
        return tuple(day for day in days if self.is_workday(day))

    def workdays_between(self, start: date, end: date) -> int:
        """Count the working days strictly between the two days."""
        return len(self.days_between(start, end))

    def add_workdays(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day`` (negative: before; 0: ``day``)."""
        one_day = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += one_day
            while not self.is_workday(day):
                day += one_day
        return day

    def due(self, event: date, count: int) -> date:
        """Return the last day of a period of ``count`` working days running from ``event``."""
        if count and self.counting.event_day_counts and self.is_workday(event):
            return self.add_workdays(event, count - 1)
        return self.add_workdays(event, count)

    def days_before_exam(self, submitted: date, exam_date: date) -> tuple[date, ...]:
        """Return the working days that count between submission and exam."""
        # How 流程五 counts its five days is not said; each of the two ends is a setting.
        start = submitted - _DAY if self.counting.submission_day_counts else submitted
        end = exam_date + _DAY if self.counting.exam_day_counts else exam_date
        return self.days_between(start, end)

    def latest_submission(self, exam_date: date, whole_days: int = 5) -> date:
        """Return the last day on which a filing is in time for the exam; it may be a day off."""
        counted = bool(self.counting.exam_day_counts and self.is_workday(exam_date))
        day, found = exam_date, int(counted)
        # Going back, each working day passed counts, but the submission day only if configured so.
        while True:
            day -= _DAY
            worked = self.is_workday(day)
            if found + (worked and self.counting.submission_day_counts) >= whole_days:
                return day
            found += worked

    def earliest_exam(self, submitted: date, whole_days: int = 5) -> date:
        """Return the first exam day for which a filing on ``submitted`` is in time."""
        counted = bool(self.counting.submission_day_counts and self.is_workday(submitted))
        day, found = submitted, int(counted)
        while True:
            day += _DAY
            worked = self.is_workday(day)
            if found + (worked and self.counting.exam_day_counts) >= whole_days:
                return day
            found += worked
