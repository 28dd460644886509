"""Is a step refused that would stand before the last one?"""

from __future__ import annotations

from datetime import datetime

import pytest

from app.core.workflow.step_order import order_problems

LAST = datetime(2021, 4, 24, 9, 30)


@pytest.mark.parametrize(
    ("now", "by_day", "objections"),
    [
        (datetime(2021, 4, 24, 9, 30), False, []),
        (datetime(2021, 4, 24, 9, 29, 59), False, ["step_order"]),
        (datetime(2021, 4, 23, 23, 59), False, ["step_order"]),
        (datetime(2021, 4, 24, 0, 0), True, []),
        (datetime(2021, 4, 23, 23, 59), True, ["step_order"]),
    ],
)
def test_a_clock_that_was_set_back_takes_no_step(
    now: datetime, by_day: bool, objections: list[str]
) -> None:
    assert [one.code for one in order_problems(LAST, now, by_day=by_day)] == objections


def test_the_first_step_has_none_before_it() -> None:
    assert order_problems(None, LAST, by_day=False) == []


def test_the_refusal_says_both_moments_and_what_to_do() -> None:
    sentence = order_problems(LAST, datetime(2021, 4, 23), by_day=True)[0].message
    assert "2021-04-23" in sentence
    assert "2021-04-24" in sentence
    assert "核对时钟" in sentence
