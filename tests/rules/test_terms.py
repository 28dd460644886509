"""May a centre only be stricter than the notice?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.rules.terms import NOTICE_TERMS, Counting, terms_problems
from tests.rules.people import codes


def test_the_terms_of_the_notice_are_in_order() -> None:
    assert terms_problems(NOTICE_TERMS) == []


@pytest.mark.parametrize(
    ("name", "laxer", "stricter"),
    [
        ("filing_whole_days", 4, 6),
        ("publicity_begin_workdays", 8, 6),
        ("paper_years", 2, 4),
        ("electronic_years", 4, 6),
    ],
)
def test_a_setting_may_be_stricter_but_not_laxer(name: str, laxer: int, stricter: int) -> None:
    assert codes(terms_problems(replace(NOTICE_TERMS, **{name: laxer}))) == ["terms_below_notice"]
    assert terms_problems(replace(NOTICE_TERMS, **{name: stricter})) == []


def test_the_exam_day_is_none_of_the_five_days_before_it() -> None:
    counted = Counting(exam_day_counts=True)
    assert codes(terms_problems(replace(NOTICE_TERMS, counting=counted))) == ["terms_below_notice"]
    stricter = replace(NOTICE_TERMS, counting=counted, filing_whole_days=6)
    assert terms_problems(stricter) == []


def test_whether_the_days_at_the_ends_count_is_the_centres_choice() -> None:
    # The notice is silent: "前5个工作日" may or may not take in the day of the filing.
    for counting in (Counting(submission_day_counts=True), Counting(event_day_counts=True)):
        assert terms_problems(replace(NOTICE_TERMS, counting=counting)) == []
