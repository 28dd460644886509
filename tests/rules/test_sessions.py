"""Is an exam session refused for what cannot be, and taken up to the bound?"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.rules.exam.sessions import (
    MOST_HEADS,
    beginning_problems,
    day_problems,
    ending_problems,
    headcount_problems,
    left_problems,
    other_day_problems,
    repeated_problems,
    times_problems,
)
from tests.rules.people import codes

_DAY = date(2021, 4, 24)
_NINE, _TEN = datetime(2021, 4, 24, 9), datetime(2021, 4, 24, 10)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (_NINE, _TEN, []),
        (_NINE, _NINE.replace(minute=1), []),
        (_NINE, _NINE, ["times_reversed"]),
        (_TEN, _NINE, ["times_reversed"]),
        (None, _NINE, []),
        (_NINE, None, []),
    ],
)
def test_a_session_ends_after_it_begins(
    start: datetime | None, end: datetime | None, expected: list[str]
) -> None:
    assert [one.code for one in times_problems(start, end, "theory_end")] == expected


@pytest.mark.parametrize(
    ("heads", "sound"), [(-1, False), (0, False), (1, True), (MOST_HEADS, True)]
)
def test_a_session_is_for_somebody(heads: int, sound: bool) -> None:
    assert [one.code for one in headcount_problems(heads)] == ([] if sound else ["headcount"])


def test_a_session_is_not_for_more_people_than_there_are() -> None:
    (problem,) = headcount_problems(MOST_HEADS + 1)
    assert problem.code == "headcount"
    assert str(MOST_HEADS + 1) in problem.message


@pytest.mark.parametrize(("today", "early"), [(23, True), (24, False), (25, False)])
def test_an_exam_begins_on_its_day(today: int, early: bool) -> None:
    found = beginning_problems(date(2021, 4, today), _DAY)
    assert [(one.code, one.clause) for one in found] == (
        [("exam_not_reached", "流程六")] if early else []
    )


@pytest.mark.parametrize("agrees", [True, False])
def test_hours_name_the_day_of_their_row(agrees: bool) -> None:
    found = other_day_problems("2021-05-01 09:00-10:00", _DAY, "theory_start", agrees=agrees)
    assert [one.code for one in found] == ([] if agrees else ["time_on_other_day"])


@pytest.mark.parametrize(("day", "inside"), [(23, False), (24, True), (25, True), (26, False)])
def test_a_day_outside_the_batch_is_taken_with_a_warning(day: int, inside: bool) -> None:
    found = day_problems(date(2021, 4, day), _DAY, date(2021, 4, 25))
    assert [(one.code, one.severity) for one in found] == (
        [] if inside else [("exam_date_differs", "warning")]
    )


def test_a_row_is_refused_that_an_earlier_one_says() -> None:
    assert repeated_problems(5, 5) == []
    (problem,) = repeated_problems(6, 5)
    assert (problem.code, problem.row) == ("duplicate_session", 6)
    assert "第5行" in problem.message


def test_stored_sessions_that_a_sheet_leaves_out_are_mentioned() -> None:
    assert left_problems(0) == []
    assert [(one.code, one.severity) for one in left_problems(1)] == [("sessions_left", "warning")]


@pytest.mark.parametrize(
    ("today", "objections"),
    [(date(2021, 4, 24), ["exam_not_over"]), (date(2021, 4, 25), []), (date(2021, 4, 26), [])],
)
def test_marks_are_complete_once_the_last_exam_day_has_come(
    today: date, objections: list[str]
) -> None:
    assert codes(ending_problems(today, date(2021, 4, 25))) == objections
