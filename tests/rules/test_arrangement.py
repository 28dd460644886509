"""Is the exam arrangement held to the roster, the declared days and its supervisors?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.rules.exam.arrangement import (
    coverage_problems,
    exam_date_problems,
    session_time_problems,
    supervisor_problems,
)
from app.rules.exam.exam_facts import SessionFacts
from app.rules.filing.filing_facts import HeadCount
from tests.rules.filings import AFTERNOON, FACTS, MORNING, facts
from tests.rules.people import EXAM, codes

ROSTER = FACTS.roster
FIFTH, FOURTH = FACTS.sessions
NEXT_DAY = date(2021, 4, 25)
REVERSED = "session_time_reversed"


def test_the_arrangement_covers_exactly_the_roster() -> None:
    assert coverage_problems(ROSTER, FACTS.sessions) == []


@pytest.mark.parametrize(
    ("arranged", "words"), [(8, "名册9人，考务安排8人，少1人"), (10, "考务安排10人，多1人")]
)
def test_a_group_with_one_too_few_or_too_many_is_named(arranged: int, words: str) -> None:
    (problem,) = coverage_problems(ROSTER, [replace(FIFTH, count=arranged), FOURTH])
    assert (problem.code, problem.rows) == ("session_head_count", (2,))
    assert words in problem.message
    assert "五级/初级工" in problem.message


def test_a_group_may_be_split_over_several_sessions() -> None:
    halves = [replace(FIFTH, count=5), replace(FIFTH, count=4, day=NEXT_DAY, row=4)]
    assert coverage_problems(ROSTER, [*halves, FOURTH]) == []


def test_a_group_without_a_session_and_a_session_without_a_group_are_named() -> None:
    stranger = replace(FOURTH, level="3")
    found = coverage_problems(ROSTER, [FIFTH, stranger])
    assert codes(found) == ["session_head_count", "session_head_count"]
    assert [problem.rows for problem in found] == [(), (3,)]


def test_blanks_and_an_empty_work_type_make_no_difference() -> None:
    roster = [HeadCount("电 工", "", "5", 9), HeadCount("电工", "电工", "4", 4)]
    assert coverage_problems(roster, FACTS.sessions) == []


def test_without_sessions_the_groups_are_not_listed() -> None:
    assert codes(coverage_problems(ROSTER, [])) == ["sessions_missing"]
    assert coverage_problems([], []) == coverage_problems([], [FIFTH]) == []


@pytest.mark.parametrize(
    ("first", "last", "days", "objections"),
    [
        (EXAM, None, [EXAM], []),
        (EXAM, None, [EXAM, NEXT_DAY], ["exam_dates_differ"]),
        (EXAM, NEXT_DAY, [EXAM, NEXT_DAY], []),
        (EXAM, None, [NEXT_DAY], ["exam_dates_differ"]),
        (NEXT_DAY, None, [EXAM, NEXT_DAY], ["exam_dates_differ"]),
        (EXAM, EXAM, [EXAM, NEXT_DAY], ["exam_dates_differ"]),
        (EXAM, NEXT_DAY, [EXAM], ["exam_dates_differ"]),
        (NEXT_DAY, EXAM, [], ["exam_dates_differ"]),
        (EXAM, None, [None], []),
        (EXAM, None, [], []),
        (None, None, [EXAM], ["exam_date_missing"]),
    ],
)
def test_the_sessions_keep_to_the_declared_days(
    first: date | None, last: date | None, days: list[date | None], objections: list[str]
) -> None:
    sessions = [SessionFacts(day, "电工", "电工", "5", 1) for day in days]
    batch = facts(exam_first=first, exam_last=last, sessions=sessions)
    assert codes(exam_date_problems(batch)) == objections


def test_a_paper_on_a_day_that_is_not_declared_is_reported_with_its_row() -> None:
    evening_before = replace(MORNING, start=datetime(2021, 4, 23, 9), end=datetime(2021, 4, 23, 10))
    moved = replace(FOURTH, sittings=(evening_before, AFTERNOON))
    (problem,) = exam_date_problems(facts(sessions=(FIFTH, moved)))
    assert (problem.code, problem.rows) == ("exam_dates_differ", (3,))
    assert "2021年4月23日、2021年4月24日" in problem.message
    declared = facts(exam_first=date(2021, 4, 23), exam_last=EXAM, sessions=(FIFTH, moved))
    assert exam_date_problems(declared) == []
    assert declared.exam_days == [date(2021, 4, 23), EXAM]


def test_every_session_has_a_supervisor() -> None:
    assert supervisor_problems([FIFTH, FOURTH]) == []
    (problem,) = supervisor_problems([FIFTH, replace(FOURTH, supervisors=())])
    assert (problem.code, problem.rows) == ("supervisor_missing", (3,))


def test_several_sessions_without_supervisor_are_reported_in_one() -> None:
    bare = [replace(session, supervisors=()) for session in (FIFTH, FOURTH)]
    (problem,) = supervisor_problems(bare)
    assert "2场" in problem.message
    assert problem.rows == (2, 3)


@pytest.mark.parametrize(
    ("minutes", "objections"), [(1, []), (0, ["session_time_reversed"]), (-1, [REVERSED])]
)
def test_a_sitting_ends_after_it_begins(minutes: int, objections: list[str]) -> None:
    assert MORNING.start is not None
    short = replace(MORNING, end=MORNING.start + timedelta(minutes=minutes))
    found = session_time_problems([replace(FIFTH, sittings=(short, AFTERNOON))])
    assert codes(found) == objections


@pytest.mark.parametrize(
    ("changed", "objections"),
    [
        ({}, []),
        ({"start": None}, ["session_time_missing"]),
        ({"place": " "}, ["session_time_missing"]),
        ({"start": None, "place": "", "form": "免考"}, []),
    ],
)
def test_hours_and_place_are_written_unless_the_paper_is_spared(
    changed: dict[str, object], objections: list[str]
) -> None:
    theory = replace(MORNING, **changed)  # type: ignore[arg-type]
    found = session_time_problems([FOURTH, replace(FIFTH, sittings=(theory, AFTERNOON))])
    assert codes(found) == objections
    assert [one.rows for one in found] == [(2,)] * len(found)


def test_a_session_without_sittings_lacks_both() -> None:
    assert len(session_time_problems([replace(FIFTH, sittings=())])) == 2
