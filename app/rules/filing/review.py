"""Which centre reviews a filing first, and may the place of evaluation be this one?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import fold
from app.rules.exam.exam_facts import SessionFacts, rows_of
from app.rules.filing.filing_facts import SiteFacts
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
SITE_ELSEWHERE = Rule(
    "site_elsewhere",
    "各场考试的考点在批次的评价所在地",
    "site_problems",
    clause="流程五",
    basis=INFERRED,
    remedy="改正考试地点或评价所在地区；在两个城市评价的，分批次报送",
    number="5-28",
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


def site_problems(
    sessions: Sequence[SessionFacts], sites: Sequence[SiteFacts], city: str
) -> list[Problem]:
    """Object to sessions at a known site in another city; ``city`` '' was not recorded.

    A session is at a site if its place contains the name of the site.
    """
    found = []
    for site in sites if city else ():
        held = [
            one
            for one in sessions
            if any(fold(site.name) in fold(sitting.place) for sitting in one.sittings)
        ]
        if held and fold(site.name) and site.city not in ("", city):
            message = f"考点“{site.name}”不在批次的评价所在地，请核对考试地点和评价所在地区"
            found.append(SITE_ELSEWHERE.broken(message, field="sessions", rows=rows_of(held)))
    return found
