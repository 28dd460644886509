"""Which names of an arrangement mean one registered person with a card, and what of the others?"""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.exam.examiner_names import Fault, Kind, fault_of, name_problems


@pytest.mark.parametrize(
    ("registered", "valid", "fault"),
    [(0, 0, "unknown"), (1, 0, "expired"), (2, 1, None), (1, 1, None), (2, 2, "ambiguous")],
)
def test_a_name_means_the_one_person_with_a_card(
    registered: int, valid: int, fault: Fault | None
) -> None:
    assert fault_of(registered, valid) == fault


@pytest.mark.parametrize(
    ("kind", "fault", "code"),
    [
        ("assessor", "unknown", "assessor_unknown"),
        ("assessor", "expired", "assessor_expired"),
        ("assessor", "ambiguous", "assessor_ambiguous"),
        ("supervisor", "unknown", "supervisor_unknown"),
        ("supervisor", "expired", "supervisor_expired"),
        ("supervisor", "ambiguous", "supervisor_ambiguous"),
    ],
)
def test_names_that_share_a_fault_are_one_objection(kind: Kind, fault: Fault, code: str) -> None:
    (problem,) = name_problems(kind, fault, ["王五", "赵六"], date(2021, 4, 24), "assessors")
    assert (problem.code, problem.field) == (code, "assessors")
    assert "“王五”、“赵六”" in problem.message
    assert name_problems(kind, fault, [], None, "assessors") == []
