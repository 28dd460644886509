"""What time is it, on the one clock that commands and tests can set?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_set_day: ContextVar[date | None] = ContextVar("set_day", default=None)


def real() -> datetime:
    """Return the real time in Hebei without zone or microseconds, whatever day was set."""
    return datetime.now(ZONE).replace(tzinfo=None, microsecond=0)


def now() -> datetime:
    """Return the present time in Hebei without zone or microseconds, as tables store it."""
    moment = real()
    day = _set_day.get()
    return moment if day is None else datetime.combine(day, moment.time())


def today() -> date:
    """Return the present date in Hebei, or the date that was set."""
    return now().date()


def is_set() -> bool:
    """Return whether the date was set rather than taken from the real clock."""
    return _set_day.get() is not None


@contextmanager
def set_to(day: date | None) -> Iterator[None]:
    """Make ``today()`` return ``day`` inside the block; None keeps the real clock."""
    token = _set_day.set(day)
    try:
        yield
    finally:
        _set_day.reset(token)
