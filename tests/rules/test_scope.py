"""Is a body held to what it was approved for, and while it was approved?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.rules.bodies.approved_scope import (
    ApprovedItem,
    BodyFacts,
    approved_level_problems,
    body_problems,
    nearest_work_type,
    work_type_problems,
)
from tests.rules.people import APPROVED, EXAM, codes

BODY = BodyFacts("示范评价中心", True, date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("occupation", "work_type"),
    [
        ("车工", "普通车工"),
        ("车 工", "数控　车工"),
        (None, "普通车工"),
        ("电工", None),
        ("电工", "电工"),
    ],
)
def test_a_work_type_in_scope_is_accepted(occupation: str | None, work_type: str | None) -> None:
    assert work_type_problems(occupation, work_type, APPROVED, on=EXAM) == []


def test_a_work_type_out_of_scope_is_refused_with_the_nearest_one() -> None:
    (problem,) = work_type_problems("车 工", "普车", APPROVED, on=EXAM)
    assert problem.code == "work_type_out_of_scope"
    assert problem.field == "work_type"
    assert "“普通车工”" in problem.message


def test_a_learned_correction_goes_before_the_spelling() -> None:
    (problem,) = work_type_problems("车工", "普车", APPROVED, suggestion="数控车工")
    assert "“数控车工”" in problem.message


def test_a_work_type_without_likeness_gets_no_suggestion() -> None:
    (problem,) = work_type_problems("美容师", "美容师", APPROVED)
    assert problem.code == "work_type_out_of_scope"
    assert "是否应为" not in problem.message


def test_a_work_type_of_another_occupation_is_a_wrong_occupation() -> None:
    (problem,) = work_type_problems("焊工", "普通车工", APPROVED)
    assert (problem.code, problem.field) == ("occupation_mismatch", "occupation")
    assert "“车工”" in problem.message


def test_a_work_type_must_be_there() -> None:
    assert codes(work_type_problems(None, None, APPROVED)) == ["work_type_missing"]
    (problem,) = work_type_problems("车工", None, APPROVED)
    assert problem.code == "work_type_missing"
    assert "普通车工" in problem.message


def test_a_level_above_the_approved_ones_is_refused() -> None:
    assert approved_level_problems("车工", "数控车工", "3", APPROVED) == []
    assert codes(approved_level_problems("车工", "数控车工", "2", APPROVED)) == [
        "level_out_of_scope"
    ]


def test_a_work_type_out_of_scope_has_no_second_problem_with_its_level() -> None:
    assert approved_level_problems("车工", "普车", "1", APPROVED) == []


@pytest.mark.parametrize(
    ("day", "objections"),
    [
        (date(2021, 4, 23), ["work_type_out_of_scope"]),
        (date(2021, 4, 24), []),
        (date(2021, 5, 1), []),
        (date(2021, 5, 2), ["work_type_out_of_scope"]),
    ],
)
def test_a_row_of_the_scope_holds_from_its_first_to_its_last_day(
    day: date, objections: list[str]
) -> None:
    row = ApprovedItem("美容师", "美容师", frozenset("5"), date(2021, 4, 24), date(2021, 5, 1))
    assert codes(work_type_problems("美容师", "美容师", [row], on=day)) == objections


@pytest.mark.parametrize(
    ("written", "meant"),
    [("普车", "普通车工"), ("桥式起重机", "桥式起重机司机"), ("电焊", "电焊工"), ("育婴员", "")],
)
def test_short_names_suggest_the_work_type_that_was_meant(written: str, meant: str) -> None:
    assert nearest_work_type(written, APPROVED) == meant


def test_a_registered_body_may_examine() -> None:
    assert body_problems(BODY, [EXAM]) == []


def test_a_body_that_is_not_registered_may_not() -> None:
    assert codes(body_problems(replace(BODY, registered=False), [EXAM])) == ["body_not_registered"]


@pytest.mark.parametrize(
    ("day", "objections"),
    [
        (date(2019, 12, 31), ["body_not_valid"]),
        (date(2020, 1, 1), []),
        (date(2030, 12, 31), []),
        (date(2031, 1, 1), ["body_not_valid"]),
    ],
)
def test_the_registration_holds_on_every_exam_day(day: date, objections: list[str]) -> None:
    assert codes(body_problems(BODY, [EXAM, day])) == objections
