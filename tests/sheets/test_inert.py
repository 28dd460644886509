"""Does text stay text, whatever it looks like?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sheets.writing.inert import LONGEST_TEXT, cell_text, csv_text, is_active


@pytest.mark.parametrize(
    "dangerous", ["=1+1", "+1+1", "-1+1", "@x", " =1", "\t=1", "＝1+1", "＠x", "\u200b=1", "-a"]
)
def test_what_could_compute_is_known(dangerous: str) -> None:
    assert is_active(dangerous)


@pytest.mark.parametrize("harmless", ["", "张三", "-5", "+3.5", "1-2", "a=b", "（=1）"])
def test_what_cannot_compute_is_left_alone(harmless: str) -> None:
    assert not is_active(harmless)
    assert csv_text(harmless) == harmless


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("\tx", "'\tx"),
        ("130602199512153357", "130602199512153357\t"),
        ("0311", "0311\t"),
        ("1E5", "1E5\t"),
        ("13920200202", "13920200202"),
        ("13070219670302392X", "13070219670302392X"),
    ],
)
def test_a_csv_carries_no_formula_and_no_number_that_would_lose_digits(
    value: str, written: str
) -> None:
    assert csv_text(value) == written


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    cut = cell_text("长" * 40_000)
    assert len(cut) == LONGEST_TEXT
    assert cut.endswith("已截断）")


@given(st.text())
def test_nothing_written_to_a_csv_begins_like_a_formula(value: str) -> None:
    written = csv_text(value)
    assert not is_active(written)
    assert written[:1] not in ("=", "@", "\t", "\r")
