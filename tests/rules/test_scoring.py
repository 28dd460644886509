"""Is a candidate's outcome right for every mixture of marks and states?"""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.results.scoring import (
    Outcome,
    Paper,
    PaperName,
    PaperRule,
    PaperState,
    PassRule,
    contradiction_problems,
    mark_problems,
    papers_with_remark,
    remark_problems,
    state_from_text,
    usual_pass_rule,
)
from app.rules.results.scoring import outcome as judged
from tests.rules.people import codes

ABSENT, CHEATED, DEFERRED = Paper(state="absent"), Paper(state="violation"), Paper(state="deferred")
MISSING = Paper()
_PAPERS = st.builds(
    Paper,
    st.none() | st.decimals(-10, 110, places=1),
    st.sampled_from(get_args(PaperState)),
)


def _mark(mark: object) -> Paper:
    return Paper(Decimal(str(mark)))


def outcome(
    level: str,
    theory: Paper,
    practical: Paper,
    review: Paper = MISSING,
    rule: PassRule | None = None,
) -> Outcome:
    return judged(_papers(theory, practical, review), rule or usual_pass_rule(level))


@pytest.mark.parametrize(
    ("theory", "practical", "text"),
    [
        (60, 60, "合格"),
        ("59.9", 60, "不合格"),
        (60, "59.9", "不合格"),
        (0, 100, "不合格"),
        (100, 100, "合格"),
    ],
)
def test_both_papers_must_reach_sixty(theory: object, practical: object, text: str) -> None:
    result = outcome("5", _mark(theory), _mark(practical))
    assert result.text == text
    assert result.passed == (text == "合格")


@pytest.mark.parametrize(
    ("level", "review", "text"),
    [
        ("3", MISSING, "合格"),
        ("3", _mark(10), "合格"),
        ("2", _mark(60), "合格"),
        ("2", _mark("59.9"), "不合格"),
        ("2", MISSING, "未完成"),
        ("1", _mark(60), "合格"),
        ("1", ABSENT, "缺考"),
    ],
)
def test_the_review_counts_from_technician_upwards(level: str, review: Paper, text: str) -> None:
    assert outcome(level, _mark(70), _mark(70), review).text == text


@pytest.mark.parametrize(
    ("theory", "practical", "passed", "text"),
    [
        (ABSENT, _mark(90), False, "缺考"),
        (ABSENT, MISSING, False, "缺考"),
        (CHEATED, ABSENT, False, "违纪"),
        (Paper(Decimal(0), "violation"), Paper(Decimal(0), "violation"), False, "违纪"),
        (DEFERRED, _mark(90), None, "缓考"),
        (DEFERRED, _mark(59), False, "不合格"),
        (DEFERRED, MISSING, None, "未完成"),
        (MISSING, _mark(90), None, "未完成"),
        (MISSING, _mark(10), None, "未完成"),
    ],
)
def test_states_are_no_marks_of_zero(
    theory: Paper, practical: Paper, text: str, *, passed: bool | None
) -> None:
    result = outcome("4", theory, practical)
    assert (result.passed, result.text) == (passed, text)


def _asked(least: int, full: int = 100, weight: int | None = None) -> PaperRule:
    return PaperRule(Decimal(least), Decimal(full), weight)


def test_the_pass_marks_are_those_of_the_plan() -> None:
    strict = PassRule(_asked(80), _asked(70), _asked(60))
    assert outcome("4", _mark(80), _mark(70), _mark(60), strict).text == "合格"
    assert outcome("4", _mark(79), _mark(70), _mark(60), strict).text == "不合格"
    assert outcome("4", _mark(80), _mark(70), rule=strict).text == "未完成"


def test_a_paper_that_does_not_apply_decides_nothing() -> None:
    practice = PassRule(theory=None, practical=_asked(60))
    assert outcome("2", MISSING, _mark(60), rule=practice).text == "合格"
    assert outcome("2", CHEATED, _mark(60), rule=practice).text == "合格"
    assert outcome("2", _mark(90), ABSENT, rule=practice).text == "缺考"


@pytest.mark.parametrize(
    ("mark", "text"), [(90, "合格"), (89, "不合格"), (150, "合格"), (151, "未完成")]
)
def test_a_paper_may_be_out_of_more_than_a_hundred(mark: int, text: str) -> None:
    wide = PassRule(theory=None, practical=_asked(90, 150))
    assert outcome("5", MISSING, _mark(mark), rule=wide).text == text


@pytest.mark.parametrize(
    ("theory", "practical", "text"),
    [
        (60, 60, "合格"),
        (50, 65, "不合格"),  # 0.4 × 50 + 0.6 × 65 = 59
        (50, "66.6", "不合格"),  # 59.96
        (50, "66.7", "合格"),  # 60.02
        (49, 100, "不合格"),  # each has its own least
    ],
)
def test_a_weighted_total_counts_beside_the_pass_marks(
    theory: object, practical: object, text: str
) -> None:
    total = PassRule(_asked(50, weight=40), _asked(50, weight=60), total=Decimal(60))
    assert outcome("4", _mark(theory), _mark(practical), rule=total).text == text


@pytest.mark.parametrize(
    ("theory", "practical", "text"),
    [
        # 0.45 × 50.7 + 0.55 × 67.6 = 59.995: half a hundredth counts upwards, so this is 60.00
        ("50.7", "67.6", "合格"),
        ("50.2", "68.0", "不合格"),  # 59.99 itself
    ],
)
def test_a_total_is_rounded_to_two_decimals_before_it_is_compared(
    theory: str, practical: str, text: str
) -> None:
    total = PassRule(_asked(50, weight=45), _asked(50, weight=55), total=Decimal(60))
    assert outcome("4", _mark(theory), _mark(practical), rule=total).text == text


def test_a_total_is_of_a_hundred_whatever_the_papers_are_out_of() -> None:
    total = PassRule(_asked(0, 150, 50), _asked(0, 50, 50), total=Decimal(60))
    assert outcome("4", _mark(90), _mark(30), rule=total).text == "合格"
    assert outcome("4", _mark(90), _mark("29.9"), rule=total).text == "不合格"


def test_an_impossible_mark_decides_nothing() -> None:
    result = outcome("5", _mark(101), _mark(90))
    assert (result.passed, result.text) == (None, "未完成")
    assert codes(result.problems) == ["mark_range"]


@pytest.mark.parametrize(
    ("mark", "objections"),
    [
        ("0", []),
        ("100", []),
        ("100.0", []),
        ("59.5", []),
        ("-0.1", ["mark_range"]),
        ("100.1", ["mark_range"]),
        ("NaN", ["mark_range"]),
        ("Infinity", ["mark_range"]),
        ("59.55", ["mark_decimals"]),
        ("59.50", []),
    ],
)
def test_a_mark_lies_between_nought_and_a_hundred(mark: str, objections: list[str]) -> None:
    found = mark_problems(Decimal(mark), "practical")
    assert codes(found) == objections
    assert all(p.field == "practical" and "实操成绩" in p.message for p in found)


def test_no_mark_is_no_problem() -> None:
    assert mark_problems(None, "theory") == []


@given(st.sampled_from("54321"), _PAPERS, _PAPERS, _PAPERS)
def test_only_three_good_papers_make_a_pass(
    level: str, theory: Paper, practical: Paper, review: Paper
) -> None:
    needed = [theory, practical, *([review] if level in "21" else [])]
    good = all(p.state == "normal" and p.mark is not None and 60 <= p.mark <= 100 for p in needed)
    result = outcome(level, theory, practical, review)
    assert (result.text == "合格") == (result.passed is True) == good


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("缺考", "absent"),
        (" 缺 考 ", "absent"),
        ("实操缺考", "absent"),
        ("违纪取消成绩", "violation"),
        ("作弊", "violation"),
        ("作弊后缺考", "violation"),
        ("申请缓考", "deferred"),
        ("", None),
        (None, None),
        ("85", None),
        ("补考", None),
    ],
)
def test_states_are_read_from_remarks(text: str | None, state: PaperState | None) -> None:
    assert state_from_text(text) == state


def _papers(theory: Paper, practical: Paper, review: Paper = MISSING) -> dict[PaperName, Paper]:
    return {"theory": theory, "practical": practical, "review": review}


def _states(papers: dict[PaperName, Paper]) -> list[str]:
    return [paper.state for paper in papers.values()]


def test_a_remark_without_a_paper_is_about_those_without_a_mark() -> None:
    assert _states(papers_with_remark(_papers(MISSING, MISSING), "缺考")) == ["absent"] * 3
    half = papers_with_remark(_papers(_mark(80), MISSING), "缓考")
    assert _states(half) == ["normal", "deferred", "deferred"]


def test_a_remark_that_names_a_paper_is_about_that_paper() -> None:
    result = papers_with_remark(_papers(_mark(92), MISSING, _mark(60)), "实操缺考")
    assert _states(result) == ["normal", "absent", "normal"]
    both = papers_with_remark(_papers(MISSING, MISSING), "理论缺考，实操缓考")
    assert _states(both) == ["absent", "deferred", "normal"]


def test_a_violation_is_about_all_papers_whatever_their_marks() -> None:
    result = papers_with_remark(_papers(_mark(0), _mark(0)), "违纪取消成绩")
    assert _states(result) == ["violation"] * 3
    assert remark_problems(_papers(_mark(0), _mark(0)), "违纪取消成绩") == []


def test_other_remarks_change_nothing() -> None:
    papers = _papers(_mark(70), MISSING)
    assert papers_with_remark(papers, "补考一次") == papers
    assert papers_with_remark(papers, None) == papers


def test_a_paper_with_a_state_of_its_own_keeps_it() -> None:
    result = papers_with_remark(_papers(CHEATED, MISSING), "缺考")
    assert _states(result) == ["violation", "absent", "absent"]


@pytest.mark.parametrize(
    ("papers", "remark", "objections"),
    [
        (_papers(_mark(70), _mark(80), _mark(60)), "缺考", ["mark_with_state"]),
        (_papers(_mark(70), _mark(80)), "实操缺考", ["mark_with_state"]),
        (_papers(_mark(70), MISSING), "实操缺考", []),
        (_papers(_mark(70), MISSING), "缺考", []),
    ],
)
def test_who_was_absent_has_no_mark(
    papers: dict[PaperName, Paper], remark: str, objections: list[str]
) -> None:
    assert codes(remark_problems(papers, remark)) == objections


@pytest.mark.parametrize(
    ("mark", "state", "expected"),
    [
        (Decimal(0), "absent", ["mark_with_state"]),
        (Decimal(60), "deferred", ["mark_with_state"]),
        (Decimal(60), "violation", []),
        (Decimal(60), "normal", []),
        (None, "absent", []),
    ],
)
def test_a_mark_does_not_stand_beside_the_word_that_there_is_none(
    mark: Decimal | None, state: PaperState, expected: list[str]
) -> None:
    assert codes(contradiction_problems(mark, state, "theory", "理论成绩")) == expected
