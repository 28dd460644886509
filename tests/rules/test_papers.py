"""Has every group its paper, and every candidate a copy?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.rules.exam.papers import paper_cover_problems, paper_problems
from app.rules.filing.filing_facts import HeadCount
from tests.rules.filings import PRACTICAL
from tests.rules.people import EXAM, codes

GROUP = HeadCount("电工", "电工", "4", 4, (1, 2, 3, 4))


@pytest.mark.parametrize(("copies", "objections"), [(4, []), (3, ["paper_copies"])])
def test_there_are_copies_for_everyone(copies: int, objections: list[str]) -> None:
    found = paper_cover_problems([replace(PRACTICAL, copies=copies)], [GROUP])
    assert codes(found) == objections
    assert {one.severity for one in found} <= {"warning"}


def test_copies_of_several_papers_add_up_and_a_paper_on_screen_has_none() -> None:
    halves = [replace(PRACTICAL, copies=2), replace(PRACTICAL, copies=2)]
    assert paper_cover_problems(halves, [GROUP]) == []
    assert paper_cover_problems([replace(PRACTICAL, printed=False, copies=0)], [GROUP]) == []


def test_a_group_without_a_paper_is_named_with_its_people() -> None:
    (problem,) = paper_cover_problems([PRACTICAL], [GROUP, replace(GROUP, level="5", rows=(5,))])
    assert (problem.code, problem.rows) == ("paper_group_missing", (5,))


def test_no_paper_at_all_is_said_once() -> None:
    assert paper_cover_problems([], [GROUP]) == []
    assert codes(paper_problems([], [EXAM])) == ["paper_missing"]


def test_papers_under_one_agreement_that_has_ended_are_reported_once_with_its_period() -> None:
    ended = [
        replace(PRACTICAL, title=f"电工{place}", agreement_to=date(2021, 4, 23))
        for place in range(1, 6)
    ]
    loose = replace(PRACTICAL, title="焊工", printer="", agreement_from=None)
    first, second = paper_problems([*ended, loose], [EXAM])
    assert {first.code, second.code} == {"printing_agreement"}
    assert "“电工1”、“电工2”、“电工3”等5份与“燕赵印务”的保密协议" in first.message
    assert "至2021年4月23日）在考试日无效" in first.message
    assert "试卷“焊工”未登记印制方和保密协议" in second.message
