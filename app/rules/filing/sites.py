"""Are the exams held in the city that the batch names?"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import fold
from app.rules.exam.exam_facts import SessionFacts, rows_of
from app.rules.filing.filing_facts import SiteFacts

SITE_ELSEWHERE = Rule(
    "site_elsewhere",
    "各场考试的考点在批次的评价所在地",
    "site_problems",
    clause="流程五",
    basis=INFERRED,
    remedy="改正考试地点或评价所在地区；在两个城市评价的，分批次报送",
    number="5-28",
)


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
