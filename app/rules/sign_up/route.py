"""Is a route of eligibility filled in consistently?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule

MOST_YEARS = 60

ROUTE_INCOMPLETE = Rule(
    "route_incomplete",
    "申报条件写了取得证书或职称后的年限的，写明是哪一种证书或职称",
    "incomplete_problems",
    basis=INFERRED,
    number="0-82",
)
LOWER_LEVEL_NOT_LOWER = Rule(
    "lower_level_not_lower",
    "申报条件要求持有的证书，等级低于所申报的等级",
    "lower_level_problems",
    basis=INFERRED,
    number="0-83",
)
ROUTE_YEARS_RANGE = Rule(
    "route_years_range",
    f"申报条件的年限和年龄在0至{MOST_YEARS}之间",
    "years_problems",
    basis=CENTRE,
    number="0-84",
)


def incomplete_problems(
    years: int | None, name: str, label: str, *, of_something: bool
) -> list[Problem]:
    """Object to years since a certificate or title that the route does not name."""
    if years is None or of_something:
        return []
    message = f"填了“{label}”，没有写明哪一种证书或职称，请一并填写"
    return [ROUTE_INCOMPLETE.broken(message, field=name)]


def lower_level_problems(lower: int | None, applied: int, level: str) -> list[Problem]:
    """Object where the level to hold is not below the one applied for; both by their order."""
    if lower is None or lower < applied:
        return []
    message = f"须持有的证书等级应低于{level}，请核对"
    return [LOWER_LEVEL_NOT_LOWER.broken(message, field="lower_level")]


def years_problems(years: int | None, name: str, label: str) -> list[Problem]:
    """Object to years, or an age, outside 0 to ``MOST_YEARS``."""
    if years is None or 0 <= years <= MOST_YEARS:
        return []
    message = f"“{label}”应在0至{MOST_YEARS}之间，请核对"
    return [ROUTE_YEARS_RANGE.broken(message, field=name)]
