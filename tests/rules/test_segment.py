"""Do certificate numbers make whole segments?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.segment import contiguous_runs, segment_problems, segment_text
from tests.rules.people import codes

PREFIX = "S000013000123213"


def _numbers(*serials: int, prefix: str = PREFIX) -> list[str]:
    return [f"{prefix}{serial:06}" for serial in serials]


def test_numbers_in_any_order_make_the_fewest_runs() -> None:
    runs = contiguous_runs(_numbers(3, 1, 2, 7, 8, 10))
    assert [(run.first[-2:], run.last[-2:], run.count) for run in runs] == [
        ("01", "03", 3),
        ("07", "08", 2),
        ("10", "10", 1),
    ]


def test_levels_do_not_run_into_each_other() -> None:
    numbers = _numbers(1, 2) + _numbers(3, prefix="S000013000123214")
    assert [run.count for run in contiguous_runs(numbers)] == [2, 1]


def test_numbers_of_different_shape_do_not_follow_each_other() -> None:
    assert len(contiguous_runs(["A9", "A10", "B11", "", "X"])) == 5


def test_a_segment_is_written_as_first_and_last() -> None:
    assert segment_text(_numbers(1, 2, 4)) == f"{PREFIX}000001至{PREFIX}000002、{PREFIX}000004"
    assert segment_text([]) == ""


@given(st.sets(st.integers(1, 200), max_size=60))
def test_runs_lose_and_invent_nothing(serials: set[int]) -> None:
    runs = contiguous_runs(_numbers(*serials))
    covered = [n for run in runs for n in range(int(run.first[-6:]), int(run.last[-6:]) + 1)]
    assert covered == sorted(serials)
    assert sum(run.count for run in runs) == len(serials)
    gaps = [(int(a.last[-6:]), int(b.first[-6:])) for a, b in pairwise(runs)]
    assert all(last + 1 < first for last, first in gaps)


@pytest.mark.parametrize(
    ("serials", "passes", "objections"),
    [
        ((1, 2, 3), 3, []),
        ((), 0, []),
        ((1, 2, 3), 4, ["segment_count"]),
        ((1, 2, 3), 2, ["segment_count"]),
        ((1, 2, 4), 3, ["segment_gap"]),
        ((1, 2, 2), 3, ["segment_repeat"]),
    ],
)
def test_a_segment_has_one_number_for_each_pass(
    serials: tuple[int, ...], passes: int, objections: list[str]
) -> None:
    found = segment_problems(_numbers(*serials), passes=passes, prefix=PREFIX)
    assert codes(found) == objections


def test_a_number_of_another_body_year_or_level_is_refused() -> None:
    numbers = _numbers(1) + _numbers(2, prefix="S000013000123223")
    assert codes(segment_problems(numbers, passes=2, prefix=PREFIX)) == ["segment_prefix"]
