"""Which centre reviews a filing first, and may the place of evaluation be this one?"""

from __future__ import annotations

from collections.abc import Collection

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.rules.reference.city import city_of

CITY_CENTRE_LEVEL = Rule(
    "city_centre_level",
    "报送的材料先由评价所在地的市中心审核",
    "reviewer_problems",
    clause="流程五",
    number="5-11",
)
PLACE_UNFOUNDED = Rule(
    "place_unfounded",
    "评价所在地是评价机构、其考点或委托企业所在的城市",
    "place_problems",
    clause="流程五",
    basis=INFERRED,
    remedy="改填实际的评价所在地；确在别处评价的，由中心填写",
    number="5-26",
)
PLACE_MOVED = Rule(
    "place_moved",
    "首次报送后，评价所在地只能由中心更改",
    "moved_problems",
    clause="流程五",
    basis=INFERRED,
    remedy="请评价所在地市中心、备案中心或省中心更改",
    number="5-27",
)


def reviewer_problems(region: str, *, has_centre: bool) -> list[Problem]:
    """Object to a place of evaluation (its name) whose city has no centre."""
    if has_centre:
        return []
    message = f"报送的材料先由评价所在地的市中心审核，“{region}”没有市中心，请改选评价所在地区"
    return [CITY_CENTRE_LEVEL.broken(message, field="region")]


def place_problems(region: str, code: str, founded: Collection[str]) -> list[Problem]:
    """Object to a region outside all cities in ``founded``, which are given by ``city_of``."""
    if city_of(code) in founded:
        return []
    message = f"“{region}”不是评价机构、其考点或委托企业所在的城市，请改填实际的评价所在地区"
    return [PLACE_UNFOUNDED.broken(message, field="region")]


def moved_problems(*, by_centre: bool) -> list[Problem]:
    """Object to anyone but a centre moving a batch that has been submitted before."""
    if by_centre:
        return []
    message = "批次报送过，评价所在地区只能由中心更改"
    return [PLACE_MOVED.broken(message, field="region")]
