"""Are results compared with what was made public of each person?"""

from __future__ import annotations

import pytest

from app.rules.results.published import (
    PublicResult,
    correction_problems,
    republishing_problems,
    unpublished_problems,
)
from tests.rules.people import codes

SAME = PublicResult("王一", "合格", "合格")
CHANGED = PublicResult("李二", "合格", "不合格")
NEVER = PublicResult("赵三", "合格", "")


def test_what_was_made_public_may_go_on() -> None:
    assert unpublished_problems([SAME, SAME]) == []
    assert codes(republishing_problems([SAME])) == ["nothing_to_publish"]


@pytest.mark.parametrize(
    ("one", "words"), [(CHANGED, "公示不合格，现为合格"), (NEVER, "未公示，现为合格")]
)
def test_another_result_is_named_and_may_be_published_again(one: PublicResult, words: str) -> None:
    [problem] = unpublished_problems([SAME, one])
    assert problem.code == "result_not_public"
    assert f"有1人的结果与公示的不同：{one.name}（{words}）" in problem.message
    assert republishing_problems([SAME, one]) == []


def test_the_first_five_are_named_of_many() -> None:
    many = [PublicResult(f"人{number}", "不合格", "合格") for number in range(6)]
    [problem] = unpublished_problems(many)
    assert "人4" in problem.message
    assert "人5" not in problem.message
    assert problem.message.endswith("等")


@pytest.mark.parametrize(
    ("now", "public", "agrees"),
    [
        ("合格", "合格", True),
        ("缺考", "不合格", True),
        ("缺考", "合格", False),
        ("合格", "", False),
    ],
)
def test_without_the_words_of_then_passed_or_not_is_compared(
    now: str, public: str, agrees: bool
) -> None:
    assert PublicResult("王一", now, public, exact=False).agrees is agrees


def test_with_its_words_an_absence_is_not_a_failure() -> None:
    assert not PublicResult("王一", "缺考", "不合格").agrees


def test_an_objection_is_corrected_once_the_result_differs() -> None:
    assert correction_problems([CHANGED]) == []
    [problem] = correction_problems([SAME])
    assert problem.code == "objection_uncorrected"
    assert "王一的结果还没有改动" in problem.message
    assert "公示的结果还没有改动" in correction_problems([SAME, SAME])[0].message
    assert correction_problems([SAME, CHANGED]) == []
