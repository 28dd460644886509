"""Do certificate numbers make whole segments?"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.certificates.segment import (
    Segment,
    bounds_problems,
    contiguous_runs,
    issued_problems,
    overlap_problems,
    segment_problems,
    segment_text,
    skipped_problems,
)
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


def _segment(start: int, end: int, *, batch: str = "A-1", **other: Any) -> Segment:
    numbers = tuple(_numbers(*range(start, end + 1)))
    known = {
        "batch": batch,
        "year": 2021,
        "first": start,
        "last": end,
        "count": len(numbers),
        "first_number": numbers[0],
        "last_number": numbers[-1],
        "numbers": numbers,
        "years": frozenset({2021}),
    }
    return Segment(**(known | other))


@pytest.mark.parametrize(
    ("other", "objections"),
    [
        ({}, 0),
        ({"count": 4}, 1),
        ({"last": 4}, 1),
        ({"first_number": f"{PREFIX}000002"}, 1),
        ({"numbers": ()}, 2),
        ({"years": frozenset({2021, 2022})}, 1),
    ],
)
def test_a_segment_is_what_its_certificates_are(other: dict[str, Any], objections: int) -> None:
    found = bounds_problems(_segment(1, 3, **other))
    assert codes(found) == ["segment_bounds"] * objections


def test_segments_that_only_touch_do_not_overlap() -> None:
    assert overlap_problems([_segment(4, 6, batch="A-2"), _segment(1, 3)]) == []


def test_a_serial_in_two_segments_is_said_with_both_batches() -> None:
    (found,) = overlap_problems([_segment(3, 6, batch="A-2"), _segment(1, 3)])
    assert found.code == "segment_overlap"
    assert "A-1" in found.message
    assert "A-2" in found.message
    assert "序号3至3" in found.message


def test_a_segment_within_a_wider_one_is_seen_across_another() -> None:
    found = overlap_problems([_segment(1, 9), _segment(2, 3, batch="A-2"), _segment(5, 6)])
    assert codes(found) == ["segment_overlap"] * 2


@pytest.mark.parametrize(
    ("given", "objections", "problems"),
    [(6, 0, ""), (7, 1, "序号7没有"), (9, 1, "序号7至9"), (5, 1, "计数器只记到5")],
)
def test_serials_are_used_from_one_to_what_the_counter_says(
    given: int, objections: int, problems: str
) -> None:
    found = skipped_problems([_segment(1, 3), _segment(4, 6, batch="A-2")], given)
    assert codes(found) == ["segment_skipped"] * objections
    assert all(problems in one.message for one in found)


def test_a_hole_between_two_segments_is_reported() -> None:
    (found,) = skipped_problems([_segment(2, 3), _segment(4, 6)], 6)
    assert (found.code, "序号1没有" in found.message) == ("segment_skipped", True)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12))
def test_segments_taken_one_after_the_other_never_object(sizes: list[int]) -> None:
    """As the counter allots them, whatever the batches' sizes."""
    segments, reached = [], 0
    for place, size in enumerate(sizes):
        segments.append(_segment(reached + 1, reached + size, batch=f"A-{place}"))
        reached += size
    assert overlap_problems(segments[::-1]) == []
    assert skipped_problems(segments[::-1], reached) == []
    assert [one for segment in segments for one in bounds_problems(segment)] == []


@given(st.sets(st.integers(1, 40), min_size=1, max_size=15))
def test_every_serial_that_no_segment_holds_is_reported(serials: set[int]) -> None:
    segments = [_segment(serial, serial) for serial in serials]
    holes = [n for n in range(1, max(serials)) if n not in serials]
    problems = skipped_problems(segments, max(serials))
    assert bool(problems) == bool(holes)
    assert len(problems) <= len(holes)


def test_numbers_that_were_given_before_are_not_given_again() -> None:
    assert issued_problems("A1", "A9", issued=0) == []
    (problem,) = issued_problems("A1", "A9", issued=1)
    assert (problem.code, problem.clause) == ("number_taken", "流程七")
    assert "A1 至 A9" in problem.message
