"""Which date, time or time range does a cell contain?"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

from app.core.sheets.reading.table import TimeRange

# Serial numbers of plausible dates only, 1927-05-18 to 2119-01-10: 2021 is a year, not a serial.
_SERIALS = range(10_000, 80_000)
_EPOCH = date(1899, 12, 30)

_WEEKDAY = re.compile(r"[(\[]?(?:星期|礼拜|周)[一二三四五六日天][)\]]?")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[月/]\s*(\d{1,2})\s*[日号]?(?!\d)")
_SERIAL = re.compile(r"[0-9]{5}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MIDNIGHT = re.compile(r"[ T]*0{1,2}:00(?::00)?(?:\.0+)?")
_CLOCK = re.compile(
    r"(上午|早上|早晨|下午|晚上|中午|AM|PM)?\s*"
    r"(\d{1,2})\s*(?::\s*(\d{1,2})(?::\d{2})?|[时点]\s*(?:(\d{1,2})\s*分?|(半))?|\.(\d{2}))",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s*(?:-+|~+|至|到)\s*")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\u301c~]+")
_AFTERNOON = ("下午", "晚上", "PM")
_NOON = 12


def parse_date(raw: object) -> date | None:
    """Return the date in a cell: a date, a text such as 2021年4月24日 or 20210424, or a serial."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, float)) and math.isfinite(raw):
        return _date_of_number(raw)
    return _date_of_text(raw) if isinstance(raw, str) else None


def _date_of_number(number: float) -> date | None:
    whole = int(number)
    if whole in _SERIALS:
        return _EPOCH + timedelta(days=whole)
    return _date_of_text(str(whole)) if whole == number else None


def _date_of_text(text: str) -> date | None:
    plain = _WEEKDAY.sub("", _half_width(text)).strip()
    if _SERIAL.fullmatch(plain) and int(plain) in _SERIALS:
        return _EPOCH + timedelta(days=int(plain))
    found = _COMPACT.fullmatch(plain) or _DATE.match(plain)
    if found is None:
        return None
    rest = plain[found.end() :]
    if rest and not _MIDNIGHT.fullmatch(rest):
        return None
    return _day(*map(int, found.groups()))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _half_width(text: str) -> str:
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text))


def parse_time_range(text: str) -> TimeRange | None:
    """Return the range in a text such as 2021-04-24 09:00-10:30 or 下午2:00—5:00.

    None if it is not within one day, or does not end after it starts.
    """
    plain = _WEEKDAY.sub("", _half_width(text)).strip()
    day, month_day, place = _leading_day(plain, 0)
    if month_day == (0, 0):
        return None
    start = _CLOCK.match(plain, place)
    until = _UNTIL.match(plain, start.end()) if start else None
    if start is None or until is None:
        return None
    end_day, end_month_day, place = _leading_day(plain, until.end())
    end = _CLOCK.fullmatch(plain, place)
    if end is None or (end_month_day is not None and end_month_day != month_day):
        return None
    if end_day is not None and end_day != day:
        return None
    first = _time(start, start.group(1))
    last = _time(end, end.group(1) or start.group(1))
    if first is None or last is None or last <= first:
        return None
    return TimeRange(day, first, last, None if day else month_day)


def parse_moment(raw: object) -> datetime | None:
    """Return the date and time in a cell: a datetime, or a text such as 2021-04-24 09:00."""
    if isinstance(raw, datetime):
        return raw.replace(second=0, microsecond=0)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _moment_of_number(raw)
    if not isinstance(raw, str):
        return None
    plain = _WEEKDAY.sub("", _half_width(raw)).strip()
    day, _month_day, place = _leading_day(plain, 0)
    found = _CLOCK.fullmatch(plain, place)
    at = _time(found, found.group(1)) if found is not None else None
    return datetime.combine(day, at) if day is not None and at is not None else None


def _moment_of_number(number: float) -> datetime | None:
    if not math.isfinite(number) or int(number) not in _SERIALS:
        return None
    minutes = round((number - int(number)) * 24 * 60)
    return datetime.combine(_EPOCH, time()) + timedelta(days=int(number), minutes=minutes)


def _leading_day(text: str, place: int) -> tuple[date | None, tuple[int, int] | None, int]:
    """Return the date at ``place`` if any, its month and day, and where the rest begins.

    An impossible date has month and day (0, 0), which never agrees with another.
    """
    full = _DATE.match(text, place)
    short = None if full else _MONTH_DAY.match(text, place)
    found = full or short
    if found is None:
        return None, None, place
    year, month, number = map(int, found.groups()) if full else (2000, *map(int, found.groups()))
    day = _day(year, month, number)
    end = found.end()
    while text[end : end + 1] in (" ", "T", ",", ":") and end < len(text):
        end += 1
    if day is None:
        return None, (0, 0), end
    return (day if full else None), (day.month, day.day), end


def _time(found: re.Match[str], half: str | None) -> time | None:
    hour = int(found.group(2))
    minute = 30 if found.group(5) else int(found.group(3) or found.group(4) or found.group(6) or 0)
    if half and half.upper() in _AFTERNOON and hour < _NOON:
        hour += _NOON
    try:
        return time(hour, minute)
    except ValueError:
        return None
