"""Are numbers written in the capitals that the application form wants?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.reference.chinese_numeral import capitals


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (1, "壹"),
        (10, "壹拾"),
        (12, "壹拾贰"),
        (20, "贰拾"),
        (99, "玖拾玖"),
        (100, "壹佰"),
        (105, "壹佰零伍"),
        (110, "壹佰壹拾"),
        (1005, "壹仟零伍"),
        (9999, "玖仟玖佰玖拾玖"),
        (Decimal("2.5"), "贰点伍"),
        (Decimal("12.0"), "壹拾贰"),
        (Decimal("1E+1"), "壹拾"),
    ],
)
def test_years_are_written_in_capitals(number: Decimal | int, written: str) -> None:
    assert capitals(number) == written


@pytest.mark.parametrize("number", [None, -1, 10000, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_of_years_stays_empty(number: Decimal | int | None) -> None:
    assert capitals(number) == ""


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_two_numbers_are_never_written_alike(one: int, other: int) -> None:
    assert (capitals(one) == capitals(other)) == (one == other)
