"""Is a mark taken only for a person who stands on the roster, and only where one is due?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.rules.results.score_sheet import (
    carried_problems,
    early_problems,
    left_problems,
    level_problems,
    missing_problems,
    name_problems,
    needless_problems,
    stranger_problems,
    work_problems,
)
from app.rules.results.scoring import PaperName


@pytest.mark.parametrize(("early", "expected"), [(True, ["scores_early"]), (False, [])])
def test_marks_before_the_exam_are_taken_with_a_warning(early: bool, expected: list[str]) -> None:
    found = early_problems("已备案", early=early)
    assert [one.code for one in found] == expected
    assert all(one.severity == "warning" and "已备案" in one.message for one in found)


@pytest.mark.parametrize(
    ("left", "scored", "expected"),
    [(0, 0, []), (1, 0, ["candidates_left"]), (1, 1, []), (0, 1, [])],
)
def test_a_first_sheet_names_everybody(left: int, scored: int, expected: list[str]) -> None:
    assert [one.code for one in left_problems(left, scored)] == expected


def test_a_row_without_a_number_meets_nobody() -> None:
    (problem,) = stranger_problems("张三", "", [], 4)
    assert (problem.code, problem.row, problem.clause) == ("id_missing", 4, "")


@pytest.mark.parametrize(
    ("namesakes", "hinted"),
    [([], False), (["110101199003070011"], True), (["110101199003070011", "1"], False)],
)
def test_a_stranger_is_refused_and_the_one_namesake_is_hinted_at(
    namesakes: list[str], hinted: bool
) -> None:
    (problem,) = stranger_problems("张三", "110101199003070038", namesakes, 4)
    assert (problem.code, problem.row) == ("not_on_roster", 4)
    assert ("同名者" in problem.message) is hinted
    assert "110101199003070038" not in problem.message


@pytest.mark.parametrize(
    ("written", "expected"),
    [("张三", []), (" 张三 ", []), ("", []), ("李四", ["name_mismatch"])],
)
def test_the_name_is_that_of_the_roster(written: str, expected: list[str]) -> None:
    assert [one.code for one in name_problems(written, "张三")] == expected


@pytest.mark.parametrize(
    ("field", "code"),
    [("occupation", "roster_occupation_mismatch"), ("work_type", "work_type_mismatch")],
)
def test_occupation_and_work_type_are_those_of_the_roster(field: str, code: str) -> None:
    (problem,) = work_problems(field, "张三", "焊工", "车工", agrees=False)
    assert (problem.code, problem.field) == (code, field)
    assert work_problems(field, "张三", "车工", "车工", agrees=True) == []
    assert work_problems(field, "张三", "", "车工", agrees=False) == []


@pytest.mark.parametrize(("agrees", "expected"), [(True, []), (False, ["level_mismatch"])])
def test_the_level_is_that_of_the_roster(agrees: bool, expected: list[str]) -> None:
    found = level_problems("张三", "二级", "三级/高级工", agrees=agrees)
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(("given", "expected"), [(True, []), (False, ["marks_missing"])])
def test_a_row_says_a_mark_or_why_there_is_none(given: bool, expected: list[str]) -> None:
    assert [one.code for one in missing_problems(given=given)] == expected


def test_a_carried_mark_is_not_entered_again_not_even_nought() -> None:
    assert carried_problems("“理论成绩”", "theory", None, "本次不填") == []
    for earlier, shown in ((Decimal("80.0"), "80"), (Decimal(0), "0")):
        (problem,) = carried_problems("“理论成绩”", "theory", earlier, "本次不填")
        assert problem.code == "paper_carried"
        assert problem.message == f"“理论成绩”沿用前次的 {shown} 分，本次不填"


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        ("theory", "theory_not_needed"),
        ("practical", "practical_not_needed"),
        ("review", "review_not_needed"),
    ],
)
def test_a_paper_that_the_level_has_not_gets_no_mark(paper: PaperName, code: str) -> None:
    (problem,) = needless_problems(paper, "三级/高级工", asked=False)
    assert (problem.code, problem.field) == (code, paper)
    assert needless_problems(paper, "三级/高级工", asked=True) == []
