"""Is the publicity opened, kept up and closed as the notice wants?"""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.results.publicity import (
    publicity_begin_problems,
    publicity_close_problems,
    publicity_period_problems,
)
from app.rules.terms import Terms
from app.rules.workdays import WorkCalendar
from tests.rules.people import EXAM, codes

CALENDAR = WorkCalendar()
FAR = date(2031, 4, 24)


@pytest.mark.parametrize(
    ("opened", "objections"),
    [
        (date(2021, 4, 23), ["publicity_too_early"]),
        (date(2021, 4, 24), ["publicity_too_early"]),
        (date(2021, 4, 25), []),
        (date(2021, 5, 6), []),
        (date(2021, 5, 7), ["publicity_late"]),
    ],
)
def test_the_publicity_opens_within_seven_working_days_of_the_last_exam(
    opened: date, objections: list[str]
) -> None:
    assert codes(publicity_begin_problems(EXAM, opened, CALENDAR)) == objections


@pytest.mark.parametrize(
    ("opened", "words"),
    [
        (date(2021, 5, 7), "迟1个工作日"),
        (date(2021, 5, 10), "迟3个工作日"),
        (date(2021, 5, 9), "迟2个工作日"),
    ],
)
def test_a_late_opening_is_a_warning_that_says_by_how_much(opened: date, words: str) -> None:
    # 8 May is a worked Saturday.
    (problem,) = publicity_begin_problems(EXAM, opened, CALENDAR)
    assert problem.severity == "warning"
    assert words in problem.message
    assert "2021年5月6日" in problem.message


def test_a_day_off_after_the_last_day_is_late_by_days() -> None:
    # Exam on Thursday 13 May, so due on the Friday; opened on the Saturday, which is off.
    terms = Terms(publicity_begin_workdays=1)
    (problem,) = publicity_begin_problems(date(2021, 5, 13), date(2021, 5, 15), CALENDAR, terms)
    assert "迟1天" in problem.message


@pytest.mark.parametrize(
    ("ends", "objections"),
    [(date(2021, 5, 6), ["publicity_short"]), (date(2021, 5, 7), []), (date(2021, 6, 1), [])],
)
def test_the_publicity_lasts_at_least_five_working_days(ends: date, objections: list[str]) -> None:
    # Opened on 27 April: 28, 29, 30 April, 6 and 7 May.
    assert codes(publicity_period_problems(date(2021, 4, 27), ends, CALENDAR)) == objections


def test_the_length_is_the_centres_choice() -> None:
    opened, terms = date(2021, 4, 27), Terms(publicity_workdays=3)
    assert publicity_period_problems(opened, date(2021, 4, 30), CALENDAR, terms) == []
    short = publicity_period_problems(opened, date(2021, 4, 29), CALENDAR, terms)
    assert codes(short) == ["publicity_short"]


def test_a_year_without_calendar_is_said_and_not_guessed() -> None:
    late = publicity_begin_problems(FAR, date(2031, 5, 6), CALENDAR)
    short = publicity_period_problems(FAR, date(2031, 5, 6), CALENDAR)
    assert codes(late) == codes(short) == ["publicity_calendar"]
    assert "2031年" in late[0].message


@pytest.mark.parametrize(
    ("today", "open_objections", "expected"),
    [
        (date(2021, 5, 6), 0, ["publicity_not_over"]),
        (date(2021, 5, 7), 0, []),
        (date(2021, 5, 8), 0, []),
        (date(2021, 5, 7), 1, ["objection_open"]),
        (date(2021, 5, 6), 2, ["publicity_not_over", "objection_open"]),
    ],
)
def test_the_publicity_closes_at_its_end_and_without_open_objections(
    today: date, open_objections: int, expected: list[str]
) -> None:
    assert codes(publicity_close_problems(today, date(2021, 5, 7), open_objections)) == expected
