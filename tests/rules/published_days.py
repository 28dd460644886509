"""Which days did the General Office of the State Council declare off, and which weekends worked?

Typed from the notices themselves, never from the package that the product takes them from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Holiday:
    """One holiday as announced: days off as first/last, and the weekends worked in exchange."""

    name: str
    off: str
    worked: str = ""


@dataclass(frozen=True)
class Notice:
    """The arrangement of one year, with the number of the notice that announced it."""

    number: str
    holidays: tuple[Holiday, ...]
    statutory: int = 11
    extended: int = 0


def _of(*lines: str) -> tuple[Holiday, ...]:
    return tuple(Holiday(*(part.strip() for part in line.split("|"))) for line in lines)


#: By year. The statutory holidays are 11 days, 13 from 2025 on; ``extended`` counts working days
#: that a notice gave beyond them.
NOTICES = {
    2019: Notice(
        # The May holiday by 国办发明电〔2019〕3号, which replaced the single day first announced.
        "国办发明电〔2018〕15号",
        _of(
            "元旦 | 01-01",
            "春节 | 02-04/02-10 | 02-02 02-03",
            "清明节 | 04-05/04-07",
            "劳动节 | 05-01/05-04 | 04-28 05-05",
            "端午节 | 06-07/06-09",
            "中秋节 | 09-13/09-15",
            "国庆节 | 10-01/10-07 | 09-29 10-12",
        ),
    ),
    2020: Notice(
        # The spring festival until 2 February by 国办发明电〔2020〕1号: 31 January was given too,
        # and Saturday 1 February, first announced as worked, was not.
        "国办发明电〔2019〕16号",
        _of(
            "元旦 | 01-01",
            "春节 | 01-24/02-02 | 01-19",
            "清明节 | 04-04/04-06",
            "劳动节 | 05-01/05-05 | 04-26 05-09",
            "端午节 | 06-25/06-27 | 06-28",
            "国庆节、中秋节 | 10-01/10-08 | 09-27 10-10",
        ),
        extended=2,
    ),
    2021: Notice(
        "国办发明电〔2020〕27号",
        _of(
            "元旦 | 01-01/01-03",
            "春节 | 02-11/02-17 | 02-07 02-20",
            "清明节 | 04-03/04-05",
            "劳动节 | 05-01/05-05 | 04-25 05-08",
            "端午节 | 06-12/06-14",
            "中秋节 | 09-19/09-21 | 09-18",
            "国庆节 | 10-01/10-07 | 09-26 10-09",
        ),
    ),
    2022: Notice(
        "国办发明电〔2021〕11号",
        _of(
            "元旦 | 01-01/01-03",
            "春节 | 01-31/02-06 | 01-29 01-30",
            "清明节 | 04-03/04-05 | 04-02",
            "劳动节 | 04-30/05-04 | 04-24 05-07",
            "端午节 | 06-03/06-05",
            "中秋节 | 09-10/09-12",
            "国庆节 | 10-01/10-07 | 10-08 10-09",
            "元旦（2023年） | 12-31",
        ),
    ),
    2023: Notice(
        "国办发明电〔2022〕16号",
        _of(
            "元旦 | 01-01/01-02",
            "春节 | 01-21/01-27 | 01-28 01-29",
            "清明节 | 04-05",
            "劳动节 | 04-29/05-03 | 04-23 05-06",
            "端午节 | 06-22/06-24 | 06-25",
            "中秋节、国庆节 | 09-29/10-06 | 10-07 10-08",
        ),
    ),
    2024: Notice(
        "国办发明电〔2023〕7号",
        _of(
            "元旦 | 01-01",
            "春节 | 02-10/02-17 | 02-04 02-18",
            "清明节 | 04-04/04-06 | 04-07",
            "劳动节 | 05-01/05-05 | 04-28 05-11",
            "端午节 | 06-10",
            "中秋节 | 09-15/09-17 | 09-14",
            "国庆节 | 10-01/10-07 | 09-29 10-12",
        ),
    ),
    2025: Notice(
        "国办发明电〔2024〕12号",
        _of(
            "元旦 | 01-01",
            "春节 | 01-28/02-04 | 01-26 02-08",
            "清明节 | 04-04/04-06",
            "劳动节 | 05-01/05-05 | 04-27",
            "端午节 | 05-31/06-02",
            "国庆节、中秋节 | 10-01/10-08 | 09-28 10-11",
        ),
        statutory=13,
    ),
    2026: Notice(
        "国办发明电〔2025〕7号",
        _of(
            "元旦 | 01-01/01-03 | 01-04",
            "春节 | 02-15/02-23 | 02-14 02-28",
            "清明节 | 04-04/04-06",
            "劳动节 | 05-01/05-05 | 05-09",
            "端午节 | 06-19/06-21",
            "中秋节 | 09-25/09-27",
            "国庆节 | 10-01/10-07 | 09-20 10-10",
        ),
        statutory=13,
    ),
}


def days_off(year: int) -> dict[date, str]:
    """Every day that the notices of that year declare off, with the holiday's name."""
    return {
        day: one.name for one in NOTICES[year].holidays for day in _between(year, *_ends(one.off))
    }


def days_worked(year: int) -> list[date]:
    """Every weekend day that the notices of that year declare worked."""
    return [
        _day(year, text) for one in NOTICES[year].holidays for text in one.worked.split() if text
    ]


def published(year: int) -> dict[date, bool]:
    """Every day of the year and whether it is worked, as the notices have it."""
    days = _between(year, "01-01", "12-31")
    workdays = {day: day.weekday() < 5 for day in days}
    return workdays | dict.fromkeys(days_off(year), False) | dict.fromkeys(days_worked(year), True)


def _ends(text: str) -> tuple[str, str]:
    first, _, last = text.partition("/")
    return first, last or first


def _between(year: int, first: str, last: str) -> Iterator[date]:
    day, end = _day(year, first), _day(year, last)
    while day <= end:
        yield day
        day += timedelta(days=1)


def _day(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text}")
