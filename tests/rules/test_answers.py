"""Is each point of a return answered, and is there a reason where nothing was changed?"""

from __future__ import annotations

import pytest

from app.core.workflow.answer_rules import answer_problems, unchanged_problems
from app.core.workflow.rounds import lines_in

POINTS = {1: "缺消防证明", 2: "第3名身份证不符" + "，请核对" * 10}


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({}, ["第1条", "第2条"]),
        ({1: "已补"}, ["第2条"]),
        ({1: " \n", 2: "已更正"}, ["第1条"]),
        ({1: "已补", 2: "已更正"}, []),
    ],
)
def test_every_point_wants_an_answer(answers: dict[int, str], missing: list[str]) -> None:
    found = answer_problems(POINTS, answers)
    assert {one.code for one in found} <= {"return_unanswered"}
    assert [part for one in found for part in missing if part in one.message] == missing
    assert len(found) == len(missing)
    assert all(len(one.message) < 120 for one in found)


@pytest.mark.parametrize(
    ("changed", "reason", "codes"),
    [
        (0, "", ["return_unchanged"]),
        (0, " \n", ["return_unchanged"]),
        (0, "原表无误", []),
        (1, "", []),
    ],
)
def test_what_comes_again_unchanged_wants_a_reason(
    changed: int, reason: str, codes: list[str]
) -> None:
    assert [one.code for one in unchanged_problems(changed, reason)] == codes


@pytest.mark.parametrize(
    ("note", "lines"),
    [
        ("缺证明", ["缺证明"]),
        ("1. 缺证明\n2、身份证不符\n\n（3）照片不清", ["缺证明", "身份证不符", "照片不清"]),
        ("4.24前补齐\n10) 重排考场", ["4.24前补齐", "重排考场"]),
        (" \n ", []),
    ],
)
def test_each_line_is_a_point_whatever_number_stands_before_it(note: str, lines: list[str]) -> None:
    assert lines_in(note) == lines
