"""Does the calendar agree with the State Council, and does its counting agree with itself?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.terms import Counting
from app.rules.workdays import PUBLISHED_YEARS, NoCalendar, WorkCalendar
from tests.rules.published_days import NOTICES, days_off, days_worked, published

CALENDAR = WorkCalendar()
_DAY = timedelta(days=1)
_DATES = st.dates(date(2010, 1, 1), date(2025, 6, 30))

YEARS = pytest.mark.parametrize("year", NOTICES)


@YEARS
def test_every_day_of_the_year_is_as_the_state_council_published_it(year: int) -> None:
    all_days = published(year)
    assert len(all_days) in (365, 366)
    assert {day: CALENDAR.is_workday(day) for day in all_days} == all_days


@YEARS
def test_every_holiday_is_called_by_its_name(year: int) -> None:
    for day, name in days_off(year).items():
        said = CALENDAR.kind_of(day)
        # A weekend that the notice does not count among the holiday's days is just a weekend.
        assert said == "周末" or said.removesuffix("放假") in name, day
        assert day.weekday() >= 5 or said != "周末", day


@YEARS
def test_every_weekend_worked_in_exchange_is_told_apart(year: int) -> None:
    worked = days_worked(year)
    assert worked
    assert {CALENDAR.kind_of(day) for day in worked} == {"调休上班"}
    weekends = {day for day, works in published(year).items() if works and day.weekday() >= 5}
    assert set(worked) == weekends


@YEARS
def test_weekends_worked_pay_for_the_days_off_beyond_the_statutory_ones(year: int) -> None:
    """What was typed adds up: each weekday off is a statutory day or a weekend worked."""
    notice = NOTICES[year]
    weekdays_off = sum(day.weekday() < 5 for day in days_off(year))
    assert weekdays_off == len(days_worked(year)) + notice.statutory + notice.extended


def test_a_plain_day_has_nothing_particular() -> None:
    assert CALENDAR.kind_of(date(2021, 4, 19)) == ""
    assert CALENDAR.kind_of(date(2021, 4, 24)) == "周末"
    assert CALENDAR.kind_of(date(2021, 5, 3)) == "劳动节放假"


def test_a_centres_own_day_says_what_the_centre_says() -> None:
    flood = date(2021, 4, 21)
    assert WorkCalendar({flood: False}, notes={flood: "防汛停工"}).kind_of(flood) == "防汛停工"
    assert WorkCalendar({flood: False}).kind_of(flood) == "放假"
    assert WorkCalendar({date(2021, 4, 24): True}).kind_of(date(2021, 4, 24)) == "调休上班"


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
        (Counting(submission_day_counts=True), date(2021, 4, 19)),
        (Counting(event_day_counts=True), date(2021, 4, 18)),
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
    edge = max(PUBLISHED_YEARS)
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


@given(_DATES, st.integers(1, 15), st.booleans(), st.booleans())
def test_the_earliest_exam_is_the_first_day_for_which_the_submission_is_in_time(
    submitted: date, days: int, first: bool, last: bool
) -> None:
    calendar = WorkCalendar(counting=Counting(first, last))
    exam = calendar.earliest_exam(submitted, days)
    assert exam > submitted
    assert len(calendar.days_before_exam(submitted, exam)) >= days
    if exam - _DAY > submitted:
        assert len(calendar.days_before_exam(submitted, exam - _DAY)) < days


@given(_DATES, st.integers(1, 15), st.booleans(), st.booleans())
def test_latest_submission_and_earliest_exam_are_each_others_inverse(
    day: date, days: int, first: bool, last: bool
) -> None:
    calendar = WorkCalendar(counting=Counting(first, last))
    latest = calendar.latest_submission(day, days)
    assert calendar.earliest_exam(latest, days) <= day
    assert calendar.earliest_exam(latest + _DAY, days) > day
    earliest = calendar.earliest_exam(day, days)
    assert calendar.latest_submission(earliest, days) >= day
    assert calendar.latest_submission(earliest - _DAY, days) < day


@given(_DATES, st.integers(0, 400), st.integers(1, 15))
def test_a_later_exam_never_wants_an_earlier_submission(day: date, more: int, days: int) -> None:
    later = day + more * _DAY
    assert CALENDAR.latest_submission(day, days) <= CALENDAR.latest_submission(later, days)
    assert CALENDAR.earliest_exam(day, days) <= CALENDAR.earliest_exam(later, days)
    assert CALENDAR.due(day, days) <= CALENDAR.due(later, days)
    assert CALENDAR.latest_submission(day, days + 1) < CALENDAR.latest_submission(day, days)


@given(_DATES, _DATES)
def test_days_are_counted_once_and_never_backwards(one: date, other: date) -> None:
    start, end = min(one, other), min(max(one, other), min(one, other) + 90 * _DAY)
    days = CALENDAR.days_between(start, end)
    assert list(days) == sorted(set(days))
    assert all(start < day < end for day in days)
    assert CALENDAR.workdays_between(end, start) == 0
