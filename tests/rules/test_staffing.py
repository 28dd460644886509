"""Are examiners, invigilators and seats counted as the standards and the centre say?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.rules.exam.exam_facts import Card, SessionFacts
from app.rules.exam.staffing import (
    assessor_count_problems,
    capacity_problems,
    invigilator_problems,
    norm_for,
    supervisor_room_problems,
)
from app.rules.filing.filing_facts import SiteFacts, StaffingNorm
from tests.rules.filings import AFTERNOON, CREW, MORNING, SITTINGS, WATCHER
from tests.rules.people import EXAM, codes

NORM = StaffingNorm()
ONE = SessionFacts(EXAM, "电工", "电工", "5", 9, (WATCHER,), 1, CREW, SITTINGS)
FOUR = (*CREW, Card(4, "马力强"))
FIVE = (*FOUR, Card(5, "许彦"))


@pytest.mark.parametrize(
    ("crew", "objections"), [(CREW[:2], ["assessors_few"]), (CREW, []), (FOUR, ["assessors_few"]),
                             (FIVE, [])],
)  # fmt: skip
def test_three_assessors_are_enough_and_four_are_even(
    crew: tuple[Card, ...], objections: list[str]
) -> None:
    found = assessor_count_problems([replace(ONE, assessors=crew)], [NORM])
    assert codes(found) == objections
    assert {one.severity for one in found} <= {"warning"}


def test_an_even_number_is_admitted_where_the_norm_does() -> None:
    norm = replace(NORM, practical_odd=False)
    assert assessor_count_problems([replace(ONE, assessors=FOUR)], [norm]) == []
    reviewed = replace(ONE, level="2", assessors=FOUR)
    assert codes(assessor_count_problems([reviewed], [norm])) == ["assessors_few"]


@pytest.mark.parametrize(("heads", "objections"), [(15, []), (16, ["assessors_few"])])
def test_the_ratio_of_an_occupation_counts(heads: int, objections: list[str]) -> None:
    norm = replace(NORM, occupation="电工", practical_ratio=5, severity="error")
    found = assessor_count_problems([replace(ONE, count=heads)], [NORM, norm])
    assert codes(found) == objections
    assert {one.severity for one in found} <= {"error"}


@pytest.mark.parametrize(("level", "objections"), [("3", []), ("2", ["assessors_few"])])
def test_a_level_with_a_review_needs_its_crew_too(level: str, objections: list[str]) -> None:
    norm = replace(NORM, practical_least=1, review_least=5)
    found = assessor_count_problems([replace(ONE, level=level)], [norm])
    assert codes(found) == objections


def test_those_who_sit_together_share_their_assessors() -> None:
    halves = [replace(ONE, assessors=CREW[:2]), replace(ONE, row=2, assessors=CREW[2:])]
    assert assessor_count_problems(halves, [NORM]) == []
    apart = [halves[0], replace(halves[1], sittings=(MORNING, replace(AFTERNOON, place="远处")))]
    assert [one.rows for one in assessor_count_problems(apart, [NORM])] == [(1,), (2,)]


def test_a_session_without_assessors_is_an_error_whatever_the_norm() -> None:
    (problem,) = assessor_count_problems([ONE, replace(ONE, row=2, assessors=())], [])
    assert (problem.code, problem.severity, problem.rows) == ("assessors_missing", "error", (2,))


@pytest.mark.parametrize(
    ("heads", "watching", "objections"),
    [
        (9, None, []),
        (9, 1, ["invigilators_few"]),
        (30, 2, []),
        (31, 2, ["invigilators_few"]),
        (31, 3, []),
    ],
)
def test_one_invigilator_to_fifteen_and_two_in_a_room(
    heads: int, watching: int | None, objections: list[str]
) -> None:
    found = invigilator_problems([replace(ONE, count=heads, invigilators=watching)], [NORM])
    assert codes(found) == objections


def test_the_heads_of_a_room_are_added_up() -> None:
    rows = [replace(ONE, count=20, invigilators=2), replace(ONE, count=11, row=2)]
    (problem,) = invigilator_problems(rows, [NORM])
    assert (problem.code, problem.rows) == ("invigilators_few", (1, 2))
    assert "31人" in problem.message
    assert invigilator_problems(rows, []) == []


@pytest.mark.parametrize(
    ("day", "least"), [(date(2021, 4, 23), 3), (EXAM, 5), (date(2021, 12, 31), 5),
                       (date(2022, 1, 1), 3)],
)  # fmt: skip
def test_a_norm_counts_from_its_day_to_its_end(day: date, least: int) -> None:
    dated = replace(NORM, practical_least=5, valid_from=EXAM, valid_to=date(2021, 12, 31))
    found = norm_for([dated, NORM], "电工", day)
    assert found is not None
    assert found.practical_least == least


def test_an_occupations_own_norm_comes_before_the_general_one() -> None:
    own = replace(NORM, occupation="电工", practical_least=1)
    assert norm_for([own, NORM], "电工", EXAM) == own
    assert norm_for([own, NORM], "焊工", EXAM) == NORM
    assert norm_for([], "焊工", None) is None


@pytest.mark.parametrize(("most", "objections"), [(0, []), (2, []), (1, ["supervisor_rooms"])])
def test_a_supervisor_watches_no_more_rooms_than_the_centre_says(
    most: int, objections: list[str]
) -> None:
    second = replace(ONE, row=2, sittings=(replace(MORNING, place="4号机房"), AFTERNOON))
    norm = replace(NORM, supervisor_rooms=most)
    assert codes(supervisor_room_problems([ONE, second], [norm])) == objections


@pytest.mark.parametrize(("seats", "objections"), [(13, []), (12, ["site_capacity"]), (0, [])])
def test_a_site_holds_those_who_sit_there_at_once(seats: int, objections: list[str]) -> None:
    rows = [ONE, replace(ONE, row=2, count=4)]
    assert codes(capacity_problems(rows, [SiteFacts("3号车间", seats)])) == objections


def test_those_who_sit_one_after_the_other_find_room() -> None:
    there = [replace(MORNING, place="东考点1室"), replace(AFTERNOON, place="东考点1室")]
    rows = [replace(ONE, sittings=there[:1]), replace(ONE, row=2, sittings=there[1:])]
    assert capacity_problems(rows, [SiteFacts("东考点", 9)]) == []
