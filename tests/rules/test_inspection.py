"""Is a supervision complete, a finding clear, and its remedy seen in time?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.rules.supervision.inspection import (
    InspectionFacts,
    closing_problems,
    order_problems,
    rectification_problems,
    supervision_problems,
)

TODAY = date(2021, 4, 26)
CITY = InspectionFacts(supervision=True, finished=True)
SPOT = InspectionFacts(supervision=False, finished=True)
ORDER = InspectionFacts(
    supervision=True, finished=True, findings="标识不全", rectify_by=TODAY, rectification="已补齐"
)


@pytest.mark.parametrize(
    ("inspections", "broken"),
    [
        ([CITY], []),
        ([SPOT, CITY], []),
        ([], ["supervision_missing"]),
        ([SPOT], ["supervision_missing"]),
        ([replace(CITY, finished=False)], ["supervision_missing"]),
    ],
)
def test_every_batch_is_watched_by_the_city(
    inspections: list[InspectionFacts], broken: list[str]
) -> None:
    found = supervision_problems(inspections)
    assert [one.code for one in found] == broken
    assert all(one.severity == "warning" for one in found)


def test_an_order_says_what_was_found_and_by_when() -> None:
    assert order_problems(ORDER, TODAY) == []
    bare = replace(ORDER, findings=" ", rectify_by=None)
    assert [one.code for one in order_problems(bare, TODAY)] == ["finding_unclear", "rectify_by"]
    past = replace(ORDER, rectify_by=TODAY - timedelta(days=1))
    assert [one.code for one in order_problems(past, TODAY)] == ["rectify_by"]


def test_an_order_ends_when_its_remedy_is_written_down() -> None:
    assert closing_problems(ORDER) == []
    left = closing_problems(replace(ORDER, rectification=""))
    assert [one.code for one in left] == ["rectification_unseen"]


def test_a_remedy_is_late_from_the_day_after_its_last_day() -> None:
    assert rectification_problems(ORDER, TODAY) == []
    late = rectification_problems(ORDER, TODAY + timedelta(days=1))
    assert [one.code for one in late] == ["rectification_late"]
    assert "已逾期1天" in late[0].message
    assert rectification_problems(replace(ORDER, rectify_by=None), TODAY) == []
