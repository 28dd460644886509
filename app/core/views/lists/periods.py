"""Which dates are this week, last month or this year?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

#: The most days in 最近 N 天.
LONGEST_SPAN = 3650

Days = tuple[date, date]


@dataclass(frozen=True)
class Period:
    """A period relative to today: its Chinese label, its first and last day."""

    label: str
    days: Callable[[date], Days]


def _week(weeks: int) -> Callable[[date], Days]:
    def days(today: date) -> Days:
        monday = today - timedelta(today.weekday()) + timedelta(weeks=weeks)
        return monday, monday + timedelta(6)

    return days


def _month(months: int) -> Callable[[date], Days]:
    def days(today: date) -> Days:
        return _first(today, months), _first(today, months + 1) - timedelta(1)

    return days


def _first(today: date, months: int) -> date:
    """Return the first day of the month that is ``months`` after that of ``today``."""
    years, month = divmod(today.month - 1 + months, 12)
    return date(today.year + years, month + 1, 1)


def _quarter(today: date) -> Days:
    first = _first(today, -((today.month - 1) % 3))
    return first, _first(first, 3) - timedelta(1)


def _year(years: int) -> Callable[[date], Days]:
    return lambda today: (date(today.year + years, 1, 1), date(today.year + years, 12, 31))


def _day(days: int) -> Callable[[date], Days]:
    return lambda today: (today + timedelta(days), today + timedelta(days))


#: Periods by their names in an address; weeks begin on Monday.
PERIODS: dict[str, Period] = {
    "past": Period("今天以前", lambda today: (date(1900, 1, 1), today - timedelta(1))),
    "today": Period("今天", _day(0)),
    "yesterday": Period("昨天", _day(-1)),
    "tomorrow": Period("明天", _day(1)),
    "week": Period("本周", _week(0)),
    "last_week": Period("上周", _week(-1)),
    "next_week": Period("下周", _week(1)),
    "month": Period("本月", _month(0)),
    "last_month": Period("上月", _month(-1)),
    "next_month": Period("下月", _month(1)),
    "quarter": Period("本季度", _quarter),
    "year": Period("今年", _year(0)),
    "last_year": Period("去年", _year(-1)),
}
