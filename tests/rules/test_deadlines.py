"""Are the dates that the notice sets for a batch right, and told in the right words?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.declarations.behaviour import procedure_of
from app.rules.deadlines import (
    PRESSING,
    BatchDates,
    Deadline,
    batch_deadlines,
    next_deadline,
    standing,
)
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


def test_only_what_follows_from_known_dates_is_reported() -> None:
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
    standing_now = standing(FILING, done_on, date(2021, 6, 1))
    assert (standing_now.kind, standing_now.text) == (kind, text)
    assert kind == "done" or standing_now.days == days


@pytest.mark.parametrize(
    ("today", "kind", "days", "text"),
    [
        (DUE - timedelta(days=2), "due", 2, "还有2天"),
        (DUE, "due", 0, "今天到期"),
        (DUE + timedelta(days=1), "overdue", 1, "已逾期1天"),
    ],
)
def test_what_is_open_is_due_or_overdue(today: date, kind: str, days: int, text: str) -> None:
    standing_now = standing(FILING, None, today)
    assert (standing_now.kind, standing_now.days, standing_now.text) == (kind, days, text)


@pytest.mark.parametrize(
    ("today", "kind", "text"),
    [
        (date(2024, 5, 20), "kept", "须保管至2024年5月20日，还有0天"),
        (date(2024, 5, 21), "free", "保管期已满1天"),
    ],
)
def test_a_time_of_keeping_is_never_overdue(today: date, kind: str, text: str) -> None:
    paper = next(d for d in batch_deadlines(WHOLE, CALENDAR) if d.key == "keep_paper")
    standing_now = standing(paper, None, today)
    assert (standing_now.kind, standing_now.text) == (kind, text)


def test_working_days_are_reported_beside_the_calendar_days() -> None:
    # From Monday 12 April to Sunday the 18th lie four working days after today.
    standing_now = standing(FILING, None, date(2021, 4, 12), CALENDAR)
    assert standing_now.full == "还有6天（4个工作日）"
    # Two days late: Monday and Tuesday.
    assert standing(FILING, date(2021, 4, 20), DUE, CALENDAR).full == "迟2天完成（2个工作日）"
    assert standing(FILING, None, date(2021, 4, 25), CALENDAR).full == "已逾期7天（6个工作日）"
    assert standing(FILING, DUE, DUE, CALENDAR).full == "按时完成"
    assert standing(FILING, None, DUE, CALENDAR).full == "今天到期"


def test_working_days_that_cannot_be_counted_are_left_away() -> None:
    far = Deadline("latest_submission", "最晚报送备案", date(2031, 4, 18), "流程五", "")
    assert standing(far, None, date(2031, 4, 12), CALENDAR).full == "还有6天"


def test_a_publicity_that_has_run_out_is_not_late_but_waits_to_be_closed() -> None:
    end = next(d for d in batch_deadlines(WHOLE, CALENDAR) if d.key == "publicity_end")
    assert standing(end, None, date(2021, 5, 6)).text == "还有1天"
    assert standing(end, None, date(2021, 5, 10)).text == "已期满3天"
    assert standing(end, date(2021, 5, 10), date(2021, 6, 1)).kind == "done"


def test_while_drafting_the_earliest_exam_of_a_filing_today_is_reported() -> None:
    drafted = BatchDates(first_exam=date(2021, 4, 24), drafted_on=date(2021, 4, 19))
    hint = next(d for d in batch_deadlines(drafted, CALENDAR) if d.key == "earliest_exam")
    assert hint.due == date(2021, 4, 26)
    assert standing(hint, None, date(2021, 4, 19)).kind == "hint"
    assert "2021年4月19日报送" in hint.basis


@pytest.mark.parametrize(
    ("state", "key"),
    [
        ("draft", "latest_submission"),
        ("returned", "latest_submission"),
        ("submitted", None),
        ("filed", "publicity_begin"),
        ("examining", "publicity_begin"),
        ("scored", "publicity_begin"),
        ("publicising", "results_due"),
        ("results_submitted", None),
        ("results_returned", "results_due"),
        ("registered", None),
        ("archived", None),
        ("suspended", None),
    ],
)
def test_each_state_has_one_date_to_keep_next(state: str, key: str | None) -> None:
    found = next_deadline(state, WHOLE, CALENDAR)
    assert (found.key if found else None) == key


def test_a_publicity_comes_to_its_end_before_the_results_are_due() -> None:
    running = replace(WHOLE, publicity_ended=None)
    found = next_deadline("publicising", running, CALENDAR)
    assert found is not None
    assert (found.key, found.due) == ("publicity_end", date(2021, 5, 7))


def test_every_state_with_a_date_is_one_of_the_procedure() -> None:

    assert set(PRESSING) <= {state.name for state in procedure_of("Batch").states}
