"""Does the calendar agree with the State Council, and does its counting agree with itself?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.workdays import PACKAGE_YEARS, Counting, NoCalendar, WorkCalendar

CALENDAR = WorkCalendar()
_DAY = timedelta(days=1)
_DATES = st.dates(date(2010, 1, 1), date(2025, 6, 30))

# Periods off and working weekends as the General Office of the State Council announced them.
_OFF = {
    2019: "01-01 02-04/02-10 04-05/04-07 05-01/05-04 06-07/06-09 09-13/09-15 10-01/10-07",
    2020: "01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08",
    2021: "01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07",
    2022: "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 "
    "10-01/10-07 12-31",
    2023: "01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06 12-30/12-31",
    2024: "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07",
    2025: "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
    2026: "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
}
_WORKED = {
    2019: "02-02 02-03 04-28 05-05 09-29 10-12",
    2020: "01-19 04-26 05-09 06-28 09-27 10-10",
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def _published(year: int) -> dict[date, bool]:
    days = {date(year, 1, 1) + n * _DAY for n in range(366)}
    told = {day: day.weekday() < 5 for day in days if day.year == year}
    for period in _OFF[year].split():
        first, _, last = period.partition("/")
        day, end = (date.fromisoformat(f"{year}-{text}") for text in (first, last or first))
        while day <= end:
            told[day] = False
            day += _DAY
    return told | {date.fromisoformat(f"{year}-{text}"): True for text in _WORKED[year].split()}


@pytest.mark.parametrize("year", _OFF)
def test_every_day_of_the_year_is_as_the_state_council_published_it(year: int) -> None:
    told = _published(year)
    assert {day: CALENDAR.is_workday(day) for day in told} == told


@pytest.mark.parametrize(
    ("submitted", "in_time"),
    [
        (date(2021, 4, 16), True),
        (date(2021, 4, 17), True),
        (date(2021, 4, 18), True),
        (date(2021, 4, 19), False),
    ],
)
def test_an_exam_on_saturday_24_april_2021_wants_submission_by_18_april(
    submitted: date, *, in_time: bool
) -> None:
    exam = date(2021, 4, 24)
    assert (CALENDAR.workdays_between(submitted, exam) >= 5) == in_time
    assert (submitted <= CALENDAR.latest_submission(exam)) == in_time
    assert (CALENDAR.earliest_exam(submitted) <= exam) == in_time


def test_the_latest_submission_may_be_a_day_off() -> None:
    assert CALENDAR.latest_submission(date(2021, 4, 24)) == date(2021, 4, 18)


def test_a_working_weekend_counts_as_a_whole_day() -> None:
    # Monday 19 April: 20, 21, 22, 23 and Sunday the 25th, which is worked.
    assert CALENDAR.earliest_exam(date(2021, 4, 19)) == date(2021, 4, 26)


def test_holidays_push_the_submission_back() -> None:
    # Between lie 25 (worked), 26, 27, 28, 29 and 30 April; May begins with five days off.
    assert CALENDAR.workdays_between(date(2021, 4, 24), date(2021, 5, 6)) == 6
    assert CALENDAR.latest_submission(date(2021, 5, 6)) == date(2021, 4, 25)


@pytest.mark.parametrize(
    ("counting", "latest"),
    [
        (Counting(), date(2021, 4, 18)),
        (Counting(event_day_counts=True), date(2021, 4, 19)),
        # Sunday 25 April is worked, so as an exam day it can be a counted one.
        (Counting(exam_day_counts=True), date(2021, 4, 18)),
    ],
)
def test_what_counts_is_chosen_in_one_place(counting: Counting, latest: date) -> None:
    assert WorkCalendar(counting=counting).latest_submission(date(2021, 4, 24)) == latest


def test_an_exam_on_a_worked_sunday_may_count_itself() -> None:
    exam = date(2021, 4, 25)
    assert CALENDAR.latest_submission(exam) == date(2021, 4, 18)
    inclusive = WorkCalendar(counting=Counting(exam_day_counts=True))
    assert inclusive.latest_submission(exam) == date(2021, 4, 19)


def test_a_period_ends_on_its_last_working_day() -> None:
    # Exam on Saturday 24 April: 25, 26, 27, 28, 29, 30 April, then 6 May.
    assert CALENDAR.due(date(2021, 4, 24), 7) == date(2021, 5, 6)
    friday = date(2021, 4, 16)
    assert CALENDAR.due(friday, 5) == date(2021, 4, 23)
    counted = WorkCalendar(counting=Counting(event_day_counts=True))
    assert counted.due(friday, 5) == date(2021, 4, 22)
    assert counted.due(date(2021, 4, 17), 5) == date(2021, 4, 23)


def test_a_year_without_data_is_refused_by_its_number_with_the_remedy() -> None:
    with pytest.raises(NoCalendar, match="2031年") as refusal:
        CALENDAR.workdays_between(date(2031, 3, 3), date(2031, 3, 10))
    assert refusal.value.year == 2031
    assert "工作日历" in refusal.value.message


def test_counting_into_a_year_without_data_is_refused_too() -> None:
    edge = max(PACKAGE_YEARS)
    with pytest.raises(NoCalendar, match=f"{edge + 1}年"):
        CALENDAR.add_workdays(date(edge, 12, 31), 1)


def test_single_rows_do_not_make_a_year_known() -> None:
    partly = WorkCalendar(overrides={date(2031, 3, 3): False})
    with pytest.raises(NoCalendar):
        partly.is_workday(date(2031, 3, 3))


def test_a_centre_can_enter_a_year_itself() -> None:
    holiday, worked = date(2031, 10, 1), date(2031, 10, 11)
    entered = WorkCalendar({holiday: False, worked: True}, frozenset({2031}))
    assert not entered.is_workday(holiday)
    assert entered.is_workday(worked)
    assert entered.is_workday(date(2031, 10, 10))
    assert not entered.is_workday(date(2031, 10, 12))


def test_a_centres_row_wins_over_the_published_day() -> None:
    flood = date(2021, 4, 21)
    closed = WorkCalendar({flood: False})
    assert CALENDAR.is_workday(flood)
    assert not closed.is_workday(flood)
    # 18 April was a Sunday, so the missing day costs the weekend as well.
    assert closed.latest_submission(date(2021, 4, 24)) == date(2021, 4, 15)


@given(_DATES, st.integers(0, 60))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    end = CALENDAR.add_workdays(day, count)
    assert CALENDAR.workdays_between(day, end + _DAY) == count
    assert count == 0 or CALENDAR.is_workday(end)


@given(_DATES, st.integers(1, 60))
def test_adding_backwards_undoes_adding(day: date, count: int) -> None:
    start = CALENDAR.add_workdays(day, 1)
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(start, count), -count) == start


@given(_DATES, st.integers(1, 15), st.booleans(), st.booleans())
def test_the_latest_submission_is_the_last_day_in_time(
    exam: date, days: int, event: bool, last: bool
) -> None:
    calendar = WorkCalendar(counting=Counting(event, last))
    latest = calendar.latest_submission(exam, days)
    assert latest < exam
    assert len(calendar.days_before_exam(latest, exam)) >= days
    if latest + _DAY < exam:
        assert len(calendar.days_before_exam(latest + _DAY, exam)) < days


@given(_DATES, st.integers(1, 15))
def test_the_earliest_exam_is_the_first_day_for_which_the_submission_is_in_time(
    submitted: date, days: int
) -> None:
    exam = CALENDAR.earliest_exam(submitted, days)
    assert CALENDAR.latest_submission(exam, days) >= submitted
    assert CALENDAR.latest_submission(exam - _DAY, days) < submitted


@given(_DATES, _DATES)
def test_days_are_counted_once_and_never_backwards(one: date, other: date) -> None:
    start, end = min(one, other), min(max(one, other), min(one, other) + 90 * _DAY)
    days = CALENDAR.days_between(start, end)
    assert list(days) == sorted(set(days))
    assert all(start < day < end for day in days)
    assert CALENDAR.workdays_between(end, start) == 0
