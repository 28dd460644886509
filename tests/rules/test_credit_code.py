"""Are unified social credit codes told right from wrong?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from app.rules.reference.credit_code import credit_code_problems
from tests.rules.people import codes


def _code(body: str) -> str:
    return body + uscc.calc_check_digit(body)


@pytest.mark.parametrize("text", ["91110000600037341L", " 9111 0000 6000 37341l ", None, ""])
def test_a_good_code_and_an_empty_one_are_accepted(text: str | None) -> None:
    assert credit_code_problems(text) == []


@pytest.mark.parametrize("head", ["91130200", "52130200", "12130200", "N2130200", "A1130200"])
def test_every_registering_authority_is_known(head: str) -> None:
    assert credit_code_problems(_code(head + "MA0000000")) == []


@pytest.mark.parametrize(
    "text", ["91110000600037341", "91110000600037341LL", "911100006000I7341L", "B11100006000373410"]
)
def test_a_code_of_another_shape_is_refused(text: str) -> None:
    assert codes(credit_code_problems(text)) == ["credit_code_format"]


def test_a_wrong_check_character_is_refused() -> None:
    assert codes(credit_code_problems("91110000600037341M")) == ["credit_code_check_digit"]


@given(
    st.from_regex(r"91[0-9]{6}[0-9A-HJ-NP-RTUWXY]{9}", fullmatch=True),
    st.integers(2, 16),
    st.integers(1, 9),
)
def test_one_mistyped_digit_is_always_noticed(body: str, place: int, shift: int) -> None:
    good = _code(body)
    assert credit_code_problems(good) == []
    if good[place].isdigit():
        bad = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
        assert codes(credit_code_problems(bad)) == ["credit_code_check_digit"]
