"""Has every group its paper, and every candidate a copy?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.rules.filing_facts import HeadCount
from app.rules.papers import paper_cover_problems, paper_problems
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
