"""Which centre reviews a filing first?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import Rule

CITY_CENTRE_LEVEL = Rule(
    "city_centre_level",
    "报送的材料先由评价所在地的市中心审核",
    "reviewer_problems",
    clause="流程五",
    number="5-11",
)


def reviewer_problems(level: str | None) -> list[Problem]:
    """Object to a reviewing centre that is not a city's; ``level`` None: not chosen yet."""
    if level is None or level == "city":
        return []
    message = "报送的材料先由评价所在地的市中心审核，请选择市级中心"
    return [CITY_CENTRE_LEVEL.broken(message, field="city_centre")]
