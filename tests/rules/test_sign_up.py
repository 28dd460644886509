"""Is it noticed who may not sit, stands elsewhere, or has the certificate already?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.rules.exam.exam_facts import SessionFacts
from app.rules.filing.filing_facts import Double, SignUp
from app.rules.sign_up.roster import CandidateRow
from app.rules.sign_up.sign_up import (
    certified_problems,
    double_problems,
    employer_problems,
    level_order_problems,
    merged,
    person_problems,
    sign_up_problems,
    sittings_by_row,
)
from tests.rules.filings import MORNING, SITTINGS
from tests.rules.people import EXAM, codes

HAN = CandidateRow(
    row=1,
    name="韩光宗",
    gender="女",
    id_number="11010519491231002X",
    employer="甲厂",
    years=20,
    occupation="电工",
    work_type="电工",
    level="4",
    current_level="5",
)
MAN = replace(HAN, gender="男")
TWICE = replace(HAN, row=2, id_number="11010519491231002x")


def test_the_import_and_the_filing_judge_a_person_alike() -> None:
    assert codes(person_problems([MAN], EXAM)) == ["gender_mismatch"]
    assert person_problems([HAN], EXAM) == []


def test_equal_objections_to_several_people_are_one_with_all_rows() -> None:
    nameless = [replace(HAN, row=row, name="", id_number=None, gender=None) for row in (9, 4)]
    found = person_problems(nameless, EXAM)
    assert {(one.code, one.rows) for one in found} == {
        ("name_missing", (4, 9)),
        ("id_missing", (4, 9)),
    }
    assert merged(found) == found


def test_the_same_person_twice_is_found_however_the_number_is_written() -> None:
    (problem,) = person_problems([HAN, TWICE], EXAM)
    assert (problem.code, problem.rows) == ("duplicate_in_batch", (2,))


def test_a_start_before_sixteen_is_asked_before_filing() -> None:
    (problem,) = person_problems([replace(HAN, years=56)], EXAM)
    assert (problem.code, problem.severity) == ("years_before_16", "warning")


def test_the_enterprise_checks_and_the_body_approves() -> None:
    assert sign_up_problems(SignUp(checked=True, approved=True)) == []
    found = sign_up_problems(SignUp(checked=False, approved=False))
    assert codes(found) == ["roster_unchecked", "roster_unapproved"]


def test_staff_of_another_employer_than_the_commissioning_one_is_named() -> None:
    people = [HAN, replace(HAN, row=2, employer="乙厂"), replace(HAN, row=3, employer=None)]
    (problem,) = employer_problems(people, "甲 厂")
    assert (problem.code, problem.severity, problem.rows) == ("employer_differs", "warning", (2,))
    assert employer_problems(people, "") == employer_problems(people[:1], "甲厂") == []


def _double(**changed: object) -> Double:
    return replace(
        Double(1, "批次A-2", "error", EXAM, EXAM, SITTINGS),
        **changed,  # type: ignore[arg-type]
    )


def test_a_person_on_two_rosters_at_one_time_is_an_error() -> None:
    (problem,) = double_problems([_double(), _double(row=5)], {1: SITTINGS, 5: SITTINGS})
    assert (problem.code, problem.severity, problem.rows) == ("candidate_overlap", "error", (1, 5))
    assert "批次A-2" in problem.message


def test_an_exam_that_is_over_is_a_warning() -> None:
    (problem,) = double_problems([_double(severity="warning")], {1: SITTINGS})
    assert (problem.code, problem.severity) == ("candidate_overlap", "warning")


def test_without_hours_a_shared_day_is_a_clash() -> None:
    assert codes(double_problems([_double(sittings=())], {1: SITTINGS})) == ["candidate_overlap"]
    assert codes(double_problems([_double()], {})) == ["candidate_overlap"]


@pytest.mark.parametrize(("after", "code"), [(90, "candidate_same_day"), (89, "candidate_overlap")])
def test_hours_that_do_not_meet_are_a_warning(after: int, code: str) -> None:
    assert MORNING.start is not None
    assert MORNING.end is not None
    by = timedelta(minutes=after)
    moved = replace(MORNING, start=MORNING.start + by, end=MORNING.end + by)
    (problem,) = double_problems([_double(sittings=(moved,))], {1: (MORNING,)})
    assert problem.code == code


def test_those_certified_already_are_named() -> None:
    assert certified_problems([]) == []
    (problem,) = certified_problems([7, 3])
    assert (problem.code, problem.severity) == ("certified_already", "warning")
    assert problem.rows == (3, 7)


@pytest.mark.parametrize(
    ("held", "wanted", "objections"),
    [
        ("5", "4", []),
        (None, "3", []),
        ("5", "3", ["level_skipped"]),
        ("4", "4", ["level_not_above"]),
        ("3", "4", ["level_not_above"]),
        ("Z", "4", []),
    ],
)
def test_levels_go_up_one_by_one(held: str | None, wanted: str, objections: list[str]) -> None:
    found = level_order_problems([replace(HAN, current_level=held, level=wanted)])
    assert codes(found) == objections
    assert {one.severity for one in found} <= {"warning"}


def test_people_sit_with_their_group() -> None:
    session = SessionFacts(EXAM, "电工", "电工", "4", 1, sittings=SITTINGS)
    found = sittings_by_row([HAN, replace(HAN, row=2, level="5")], [session])
    assert found == {1: list(SITTINGS), 2: []}
