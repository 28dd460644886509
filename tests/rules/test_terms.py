"""May a centre only be stricter than the notice?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.rules.terms import NOTICE_TERMS, terms_problems
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
