"""Are the dates that the notice sets for a batch right, and told in the right words?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.rules.deadlines import BatchDates, Deadline, batch_deadlines, standing
from app.rules.terms import NOTICE_TERMS, Terms
from app.rules.workdays import WorkCalendar

CALENDAR = WorkCalendar()
WHOLE = BatchDates(
    first_exam=date(2021, 4, 24),
    last_exam=date(2021, 4, 24),
    publicity_opened=date(2021, 4, 27),
    publicity_ended=date(2021, 5, 7),
    batch_ended=date(2021, 5, 20),
)
DUE = date(2021, 4, 18)
FILING = Deadline("latest_submission", "最晚报送备案", DUE, "流程五", "")


def _dues(dates: BatchDates, terms: Terms = NOTICE_TERMS) -> dict[str, date | None]:
    return {item.key: item.due for item in batch_deadlines(dates, CALENDAR, terms)}


def test_every_date_of_a_batch_is_computed() -> None:
    assert _dues(WHOLE) == {
        "latest_submission": date(2021, 4, 18),
        "publicity_begin": date(2021, 5, 6),
        "publicity_end": date(2021, 5, 7),
        "results_due": date(2021, 5, 17),
        "keep_paper": date(2024, 5, 20),
        "keep_electronic": date(2026, 5, 20),
    }


def test_only_what_follows_from_known_dates_is_told() -> None:
    assert _dues(BatchDates()) == {}
    assert list(_dues(BatchDates(first_exam=date(2021, 4, 24)))) == [
        "latest_submission",
        "publicity_begin",
    ]


def test_the_publicity_follows_the_last_exam_day() -> None:
    later = replace(WHOLE, last_exam=date(2021, 4, 25))
    # The 25th is a worked Sunday and no longer counts itself.
    assert _dues(later)["publicity_begin"] == date(2021, 5, 7)


def test_the_terms_of_the_centre_are_used() -> None:
    terms = Terms(filing_whole_days=6, publicity_workdays=3, paper_years=10)
    dues = _dues(WHOLE, terms)
    # Friday 16 April would be the sixth whole day, so the day before it.
    assert dues["latest_submission"] == date(2021, 4, 15)
    assert dues["publicity_end"] == date(2021, 4, 30)
    assert dues["keep_paper"] == date(2031, 5, 20)


def test_a_year_without_calendar_leaves_the_date_open_and_says_so() -> None:
    far = BatchDates(first_exam=date(2031, 4, 24), batch_ended=date(2031, 5, 20))
    filing, publicity, paper, _ = batch_deadlines(far, CALENDAR)
    assert filing.due is publicity.due is None
    assert "2031年" in filing.basis
    assert standing(filing, None, date(2031, 4, 1)).kind == "unknown"
    assert paper.due == date(2034, 5, 20)


def test_every_deadline_names_its_clause_and_its_arithmetic() -> None:
    for deadline in batch_deadlines(WHOLE, CALENDAR):
        assert deadline.clause in ("流程五", "流程七", "流程八")
        assert "2021年" in deadline.basis


@pytest.mark.parametrize(
    ("done_on", "kind", "days", "text"),
    [
        (DUE, "done", 0, "按时完成"),
        (DUE + timedelta(days=1), "done_late", 1, "迟1天完成"),
    ],
)
def test_what_is_done_was_in_time_or_late(done_on: date, kind: str, days: int, text: str) -> None:
    told = standing(FILING, done_on, date(2021, 6, 1))
    assert (told.kind, told.text) == (kind, text)
    assert kind == "done" or told.days == days


@pytest.mark.parametrize(
    ("today", "kind", "days", "text"),
    [
        (DUE - timedelta(days=2), "due", 2, "还有2天"),
        (DUE, "due", 0, "今天到期"),
        (DUE + timedelta(days=1), "overdue", 1, "已逾期1天"),
    ],
)
def test_what_is_open_is_due_or_overdue(today: date, kind: str, days: int, text: str) -> None:
    told = standing(FILING, None, today)
    assert (told.kind, told.days, told.text) == (kind, days, text)


@pytest.mark.parametrize(
    ("today", "kind", "text"),
    [
        (date(2024, 5, 20), "kept", "须保管至2024年5月20日，还有0天"),
        (date(2024, 5, 21), "free", "保管期已满1天"),
    ],
)
def test_a_time_of_keeping_is_never_overdue(today: date, kind: str, text: str) -> None:
    paper = next(d for d in batch_deadlines(WHOLE, CALENDAR) if d.key == "keep_paper")
    told = standing(paper, None, today)
    assert (told.kind, told.text) == (kind, text)
