"""Is a late filing refused with the arithmetic, and excepted by the centre alone?"""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.filing.submission import (
    after_exam_problems,
    calendar_problems,
    exception_problems,
    own_exception_problems,
    revocation_problems,
    submission_problems,
)
from app.rules.terms import Counting, Terms
from app.rules.workdays import WorkCalendar
from tests.rules.people import codes

CALENDAR = WorkCalendar()
EXAM = date(2021, 4, 24)
IN_TIME, LATE = date(2021, 4, 18), date(2021, 4, 19)


@pytest.mark.parametrize(
    ("submitted", "objections"),
    [
        (date(2021, 4, 16), []),
        (date(2021, 4, 17), []),
        (IN_TIME, []),
        (LATE, ["filing_late"]),
        (date(2021, 4, 23), ["filing_late"]),
        (date(2021, 4, 24), ["filing_after_exam"]),
        (date(2021, 4, 30), ["filing_after_exam"]),
    ],
)
def test_five_whole_working_days_lie_before_the_exam(
    submitted: date, objections: list[str]
) -> None:
    assert codes(submission_problems(submitted, EXAM, CALENDAR)) == objections


@pytest.mark.parametrize(
    ("today", "filed", "objections"),
    [
        (date(2021, 4, 23), False, []),
        (EXAM, False, ["filing_after_exam"]),
        (EXAM, True, []),
        (date(2021, 4, 25), True, ["filing_after_exam"]),
    ],
)
def test_a_filing_is_sent_before_the_exam_and_reviewed_by_its_day(
    today: date, filed: bool, objections: list[str]
) -> None:
    assert codes(after_exam_problems(today, EXAM, filed=filed)) == objections


def test_no_permission_reaches_past_the_exam() -> None:
    found = submission_problems(EXAM, EXAM, CALENDAR, exception="省中心批准")
    assert [(one.code, one.severity) for one in found] == [("filing_after_exam", "error")]
    assert codes(exception_problems(date(2021, 4, 26), EXAM, CALENDAR)) == ["filing_after_exam"]
    assert codes(exception_problems(date(2021, 4, 23), EXAM, CALENDAR)) == []


def test_a_late_filing_is_refused_with_the_arithmetic() -> None:
    (problem,) = submission_problems(LATE, EXAM, CALENDAR)
    assert problem.message == (
        "2021年4月24日考试，之前须有5个完整工作日：4月19、20、21、22、23日；"
        "最晚2021年4月18日报送，今天2021年4月19日，只剩4个工作日，迟1天；"
        "今天报送，考试最早可安排在2021年4月26日"
    )
    assert "批准逾期报送" in problem.remedy


def test_days_that_do_not_count_are_named_with_the_reason() -> None:
    (problem,) = submission_problems(date(2021, 4, 28), date(2021, 5, 8), CALENDAR)
    for words in (
        "4月28、29、30日，5月6、7日（5月1日至5日劳动节放假）",
        "最晚2021年4月27日报送",
        "迟1天",
    ):
        assert words in problem.message
    (problem,) = submission_problems(date(2021, 9, 28), date(2021, 10, 10), CALENDAR)
    assert "10月1日至7日国庆节放假；10月9日调休上班" in problem.message


def test_a_period_over_the_end_of_a_month_reads_as_one() -> None:
    calendar = WorkCalendar(dict.fromkeys((date(2021, 3, 31), date(2021, 4, 1)), False))
    (problem,) = submission_problems(date(2021, 4, 2), date(2021, 4, 3), calendar)
    assert "3月31日至4月1日放假" in problem.message


def test_an_exception_of_the_centre_turns_the_refusal_into_a_warning() -> None:
    late = submission_problems(LATE, EXAM, CALENDAR, exception="经中心批准：企业停产检修")
    assert [(p.code, p.severity) for p in late] == [("filing_late_excepted", "warning")]
    assert late[0].message.endswith("经中心批准：企业停产检修")
    assert submission_problems(IN_TIME, EXAM, CALENDAR, exception="企业停产") == []


def test_the_number_of_days_and_what_counts_are_the_centres() -> None:
    strict = Terms(filing_whole_days=6)
    assert submission_problems(date(2021, 4, 15), EXAM, CALENDAR, strict) == []
    late = submission_problems(date(2021, 4, 16), EXAM, CALENDAR, strict)
    assert codes(late) == ["filing_late"]
    inclusive = WorkCalendar(counting=Counting(submission_day_counts=True))
    assert submission_problems(LATE, EXAM, inclusive) == []
    (late_by_one,) = submission_problems(date(2021, 4, 20), EXAM, inclusive)
    assert "4月19、20、21、22、23日；最晚2021年4月19日报送" in late_by_one.message


def test_an_exam_in_a_year_without_calendar_is_said_so() -> None:
    (problem,) = submission_problems(date(2031, 4, 1), date(2031, 4, 24), CALENDAR)
    assert problem.code == "no_calendar"
    assert "2031年" in problem.message
    assert "工作日历" in problem.message


def test_without_an_exam_day_there_is_nothing_to_count() -> None:
    assert submission_problems(LATE, None, CALENDAR) == []


# -- exceptions ----------------------------------------------------------------------------------


def test_only_what_is_late_is_excepted() -> None:
    assert codes(exception_problems(IN_TIME, EXAM, CALENDAR)) == ["exception_needless"]
    assert exception_problems(LATE, EXAM, CALENDAR) == []


def test_one_exam_day_is_excepted_once() -> None:
    assert codes(exception_problems(LATE, EXAM, CALENDAR, excepted=True)) == ["exception_twice"]


def test_nothing_is_excepted_where_nothing_can_be_counted() -> None:
    far = date(2031, 4, 24)
    assert codes(exception_problems(date(2031, 4, 20), far, CALENDAR)) == ["no_calendar"]


def test_only_an_exception_that_was_given_is_withdrawn() -> None:
    assert codes(revocation_problems(given=False)) == ["exception_missing"]
    assert revocation_problems(given=True) == []


def test_nobody_sends_late_what_they_excepted_themselves() -> None:
    assert codes(own_exception_problems(late=True, by_submitter=True)) == ["exception_own"]
    assert own_exception_problems(late=True, by_submitter=False) == []
    assert own_exception_problems(late=False, by_submitter=True) == []


@pytest.mark.parametrize(("exam", "expected"), [(EXAM, []), (date(2099, 4, 24), ["no_calendar"])])
def test_an_exam_day_has_a_calendar_to_count_by(exam: date, expected: list[str]) -> None:
    assert codes(calendar_problems(exam, CALENDAR)) == expected
