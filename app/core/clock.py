"""What time it is, here and nowhere else, so that a command or a test can set the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_set_day: ContextVar[date | None] = ContextVar("set_day", default=None)


def now() -> datetime:
    """The moment in Hebei, without zone and microseconds, as every table keeps it."""
    real = datetime.now(ZONE).replace(tzinfo=None, microsecond=0)
    day = _set_day.get()
    return real if day is None else datetime.combine(day, time(real.hour, real.minute, real.second))


def today() -> date:
    """The day in Hebei, or the day that was set."""
    return now().date()


def is_set() -> bool:
    """Whether the day was set and does not come from the real clock."""
    return _set_day.get() is not None


@contextmanager
def set_to(day: date | None) -> Iterator[None]:
    """Let ``today()`` be ``day`` inside the block; None leaves the real clock running."""
    token = _set_day.set(day)
    try:
        yield
    finally:
        _set_day.reset(token)
