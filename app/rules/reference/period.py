"""Does a period end before it begins?"""

from __future__ import annotations

from datetime import date

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule

DATES_REVERSED = Rule(
    "dates_reversed",
    "期间的结束日期不早于开始日期",
    "period_problems",
    basis=INFERRED,
    number="0-66",
)


def period_problems(first: date | None, last: date | None, name: str, what: str) -> list[Problem]:
    """Object, in field ``name``, where the last day of ``what`` is before the first."""
    if first is None or last is None or first <= last:
        return []
    return [DATES_REVERSED.broken(f"{what}的结束日期早于开始日期，请核对", field=name)]
