"""Does one fault in a roster give exactly one problem, in the right row and field?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Problem
from app.rules.sign_up.roster import (
    CandidateRow,
    candidate_problems,
    duplicate_problems,
    early_start_problems,
    name_problems,
    years_problems,
)
from tests.rules.people import ALL_LEVELS, APPROVED, EXAM, MAN, candidate, codes, number

_WORKBOOKS = Path(__file__).parents[1] / "workbooks"


def _problems(row: CandidateRow) -> list[Problem]:
    return candidate_problems(row, exam_date=EXAM, approved=APPROVED)


def test_a_clean_row_has_no_problem() -> None:
    assert _problems(candidate()) == []


def test_nothing_is_concluded_from_a_number_that_is_wrong() -> None:
    child = number(born="20080506")
    wrong = child[:17] + ("1" if child[17] != "1" else "2")
    assert codes(_problems(candidate(id_number=wrong, years=1))) == ["id_check_digit"]


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"name": None}, "name_missing", "name"),
        ({"name": "张3"}, "name_format", "name"),
        ({"id_number": None}, "id_missing", "id_number"),
        ({"id_number": MAN[:17]}, "id_format", "id_number"),
        ({"id_number": "130203198209232774"}, "id_check_digit", "id_number"),
        ({"id_number": None, "gender": None}, "id_missing", "id_number"),
        ({"document_kind": "99"}, "id_kind", "document_kind"),
        ({"gender": "女"}, "gender_mismatch", "gender"),
        ({"gender": "男士"}, "gender_format", "gender"),
        ({"id_number": number(born="20080506"), "years": 1}, "under_age", "id_number"),
        ({"years": -1}, "years_range", "years"),
        ({"years": 61}, "years_range", "years"),
        ({"years": 38}, "years_over_age", "years"),
        ({"level": None}, "level_missing", "level"),
        ({"level": "特级"}, "level_unknown", "level"),
        ({"work_type": "普车"}, "work_type_out_of_scope", "work_type"),
        ({"work_type": "普通车工"}, "occupation_mismatch", "occupation"),
        ({"work_type": None, "occupation": None}, "work_type_missing", "work_type"),
        (
            {"occupation": "车工", "work_type": "数控车工", "level": "技师"},
            "level_out_of_scope",
            "level",
        ),
        ({"current_level": "九段"}, "current_level_unknown", "current_level"),
        ({"phone": "2800123"}, "phone_format", "phone"),
    ],
)
def test_one_planted_fault_gives_one_problem(
    cells: dict[str, object], code: str, field: str
) -> None:
    (problem,) = _problems(candidate(**cells))
    assert (problem.code, problem.field, problem.row) == (code, field, 5)


def test_two_faults_are_both_reported() -> None:
    assert codes(_problems(candidate(name=None, phone="1"))) == ["name_missing", "phone_format"]


@pytest.mark.parametrize(
    "cells",
    [
        {"name": None, "unread": frozenset({"name"})},
        {"id_number": None, "unread": frozenset({"id_number"})},
        {"id_number": None, "gender": None, "unread": frozenset({"id_number", "gender"})},
        {"work_type": None, "unread": frozenset({"work_type"})},
        {"level": None, "unread": frozenset({"level"})},
        {"years": None, "unread": frozenset({"years"})},
    ],
)
def test_a_cell_that_could_not_be_read_is_not_judged_again(cells: dict[str, object]) -> None:
    assert _problems(candidate(**cells)) == []


def test_what_is_not_asked_of_a_roster_may_be_empty() -> None:
    bare = candidate(
        education=None, employer=None, post=None, years=None, current_level=None, phone=None
    )
    assert _problems(bare) == []


def test_the_gender_may_be_left_to_the_identity_number() -> None:
    assert _problems(candidate(gender=None)) == []


def test_a_foreigner_is_judged_by_the_passport() -> None:
    foreign = candidate(name="John O'Neil", document_kind="02", id_number="X1234567")
    assert _problems(foreign) == []


def test_without_scope_or_exam_day_nothing_is_said_of_them() -> None:
    row = candidate(work_type="普车", id_number=number(born="20080506"), years=1)
    assert candidate_problems(row, exam_date=None) == []


@pytest.mark.parametrize(
    "name", ["吕秀", "欧阳小锋", "阿里木·买买提", "韩　怡立", "𠮷野家", "〇一", "Müller, Hans"]
)
def test_names_of_all_peoples_are_accepted(name: str) -> None:
    assert name_problems(name) == []


@pytest.mark.parametrize("name", ["王", "张三1", "=1+1", "张（三）", "·张", "A", "张" * 31])
def test_what_is_no_name_is_refused(name: str) -> None:
    assert codes(name_problems(name)) == ["name_format"]


@pytest.mark.parametrize(
    ("years", "objections"),
    [
        (0, []),
        (37, []),
        (38, ["years_over_age"]),
        (60, ["years_over_age"]),
        (61, ["years_range"]),
        (-1, ["years_range"]),
        (Decimal("0.5"), []),
        (None, []),
    ],
)
def test_nobody_works_longer_than_he_lives(
    years: Decimal | int | None, objections: list[str]
) -> None:
    assert codes(years_problems(years, date(1982, 9, 23), EXAM)) == objections


@pytest.mark.parametrize(
    ("years", "objections"), [(22, []), (23, ["years_before_16"]), (38, []), (None, [])]
)
def test_work_before_the_sixteenth_birthday_is_a_warning(
    years: int | None, objections: list[str]
) -> None:
    found = early_start_problems(years, date(1982, 9, 23), EXAM)
    assert codes(found) == objections
    assert all(problem.severity == "warning" for problem in found)


def test_the_later_of_two_rows_of_one_person_names_the_earlier() -> None:
    rows = [candidate(row=5), candidate(row=6, id_number=number(sequence="279"))]
    again = candidate(row=26, name="曹 怡", id_number=f" {MAN.lower()} ")
    (problem,) = duplicate_problems([*rows, again])
    assert (problem.code, problem.row, problem.field) == ("duplicate_in_batch", 26, "id_number")
    assert "第5行（曹怡）" in problem.message
    assert MAN not in problem.message


def test_a_third_row_names_the_first_as_well() -> None:
    found = duplicate_problems([candidate(row=n) for n in (5, 6, 7)])
    assert [(p.row, "第5行" in p.message) for p in found] == [(6, True), (7, True)]


def test_rows_without_a_number_and_namesakes_are_no_duplicates() -> None:
    unread = candidate(id_number=MAN, unread=frozenset({"id_number"}))
    rows = [candidate(id_number=None), candidate(id_number=None), unread, candidate()]
    assert duplicate_problems(rows) == []
    assert duplicate_problems([candidate(), candidate(id_number=number(sequence="279"))]) == []


@given(st.lists(st.integers(0, 5), max_size=12))
def test_there_are_as_many_duplicates_as_rows_too_many(people: list[int]) -> None:
    rows = [candidate(row=n, id_number=number(sequence=f"{p:03}")) for n, p in enumerate(people)]
    assert len(duplicate_problems(rows)) == len(people) - len(set(people))


@given(st.text(max_size=12), st.text(max_size=20), st.text(max_size=8))
def test_no_text_whatever_breaks_the_checks(name: str, id_number: str, level: str) -> None:
    row = candidate(name=name, id_number=id_number, level=level, work_type=name, phone=id_number)
    assert all(problem.row == 5 for problem in _problems(row))


def _whole(rows: list[CandidateRow]) -> list[Problem]:
    """What an import under a body approved for all levels says of the rows."""
    approved = [replace(item, levels=ALL_LEVELS) for item in APPROVED]
    alone = [p for row in rows for p in candidate_problems(row, exam_date=EXAM, approved=approved)]
    return alone + duplicate_problems(rows)


def test_the_messy_roster_has_its_planted_problems_and_no_other() -> None:
    rows = _sheet("roster-messy.xlsx", first=5)
    found = _whole(rows)
    assert {(p.row, p.code) for p in found} == {
        (13, "id_check_digit"),
        (18, "gender_mismatch"),
        (24, "work_type_out_of_scope"),
        (26, "duplicate_in_batch"),
        (28, "name_missing"),
        (30, "under_age"),
        (37, "level_unknown"),
    }
    assert len(found) == 7


def test_the_tidy_roster_has_no_problem() -> None:
    rows = _sheet("roster-tidy.xlsx", first=2)
    assert len(rows) == 120
    assert _whole(rows) == []


def _sheet(name: str, first: int) -> list[CandidateRow]:
    """The rows of a roster in the official order of columns, read as roughly as will do here."""
    sheet = openpyxl.load_workbook(_WORKBOOKS / name).worksheets[0]
    numbered = enumerate(sheet.iter_rows(min_row=first, values_only=True), first)
    return [_row(n, cells) for n, cells in numbered if isinstance(cells[0], int)]


def _row(place: int, cells: tuple[Any, ...]) -> CandidateRow:
    name, id_number = cells[1], cells[3]
    spoilt = {"name"} if str(name).startswith("=") else set()
    spoilt |= {"id_number"} if isinstance(id_number, float) else set()
    return CandidateRow(
        row=place,
        name=None if "name" in spoilt else name,
        gender=cells[2],
        id_number=None if "id_number" in spoilt else id_number,
        years=int(str(cells[7]).removesuffix("年")),
        occupation=cells[8],
        work_type=cells[9],
        level=cells[10],
        current_level=cells[11],
        phone=str(cells[13]),
        unread=frozenset(spoilt),
    )
