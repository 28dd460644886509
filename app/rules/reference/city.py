"""Which city is a region in, and is a centre the one of that city?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule

CENTRE_OF_OTHER_CITY = Rule(
    "centre_of_other_city",
    "属地中心是所在地区的市中心（所在城市没有市中心的除外）",
    "city_centre_problems",
    basis=INFERRED,
    number="0-89",
)


def city_of(code: str) -> str:
    """Return the part of a region's code that names its city; all its counties share it."""
    return code[:4]


def city_centre_problems(region: str, expected: str, chosen: str) -> list[Problem]:
    """Object to another centre than that of the region's city; all three are names.

    ``expected`` is '' where that city has no centre.
    """
    if expected in ("", chosen):
        return []
    message = f"“{region}”的属地中心是{expected}，请改选"
    return [CENTRE_OF_OTHER_CITY.broken(message, field="city_centre")]
