"""Does a card cover the day and the trade, and is the examiner nobody's colleague?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.rules.exam.exam_facts import SessionFacts
from app.rules.exam.examiners import card_problems, colleague_problems
from app.rules.filing.filing_facts import StaffingNorm
from app.rules.sign_up.roster import CandidateRow
from tests.rules.filings import CREW, SITTINGS, WATCHER
from tests.rules.people import EXAM, codes

NORM = StaffingNorm()
ONE = SessionFacts(EXAM, "电工", "电工", "5", 9, (WATCHER,), 1, CREW, SITTINGS)
STAFF = [CandidateRow(row=1, employer="甲厂", occupation="电工", work_type="电工", level="5")]


@pytest.mark.parametrize(
    ("first", "last", "objections"),
    [
        (EXAM, EXAM, []),
        (None, None, []),
        (date(2021, 4, 25), None, ["assessor_card"]),
        (date(2021, 1, 1), date(2021, 4, 23), ["assessor_card"]),
    ],
)
def test_an_assessors_card_is_valid_on_the_exam_day(
    first: date | None, last: date | None, objections: list[str]
) -> None:
    card = replace(CREW[0], valid_from=first, valid_to=last)
    found = card_problems([replace(ONE, assessors=(card, *CREW[1:]))])
    assert codes(found) == objections
    assert all(one.severity == "error" and one.rows == (1,) for one in found)
    assert card_problems([replace(ONE, day=None, assessors=(card,))]) == []


def test_a_supervisors_card_is_valid_on_the_exam_day() -> None:
    lapsed = replace(WATCHER, valid_to=date(2021, 4, 23))
    rows = [replace(ONE, supervisors=(lapsed,)), replace(ONE, row=2, supervisors=(lapsed,))]
    (problem,) = card_problems(rows)
    assert (problem.code, problem.field, problem.rows) == ("supervisor_card", "supervisors", (1, 2))
    assert card_problems([replace(ONE, supervisors=(replace(WATCHER, valid_to=EXAM),))]) == []


def test_a_card_names_the_occupation_or_it_cannot_be_judged() -> None:
    welder = replace(CREW[0], occupations=frozenset({"焊工"}))
    blank = replace(CREW[1], occupations=frozenset())
    found = card_problems([replace(ONE, assessors=(welder, blank, CREW[2]))])
    assert [(one.code, one.severity) for one in found] == [
        ("assessor_occupation", "error"),
        ("assessor_occupation_unknown", "warning"),
    ]


@pytest.mark.parametrize(
    ("employer", "objections"), [("甲厂", ["assessor_colleague"]), ("乙厂", []), ("", [])]
)
def test_an_assessor_comes_from_another_employer(employer: str, objections: list[str]) -> None:
    rows = [replace(ONE, assessors=(replace(CREW[0], employer=employer),))]
    assert codes(colleague_problems(rows, STAFF, [NORM])) == objections


def test_the_centre_says_what_a_colleague_weighs_and_where() -> None:
    rows = [replace(ONE, assessors=(replace(CREW[0], employer="甲厂"),))]
    (problem,) = colleague_problems(rows, STAFF, [replace(NORM, own_employer="error")])
    assert problem.severity == "error"
    assert colleague_problems(rows, STAFF, [replace(NORM, own_employer=None)]) == []
    assert colleague_problems(rows, STAFF, [NORM], own_staff=True) == []
    others = [replace(STAFF[0], level="4")]
    assert colleague_problems(rows, others, [NORM]) == []
