"""Are results complete, counted right and sent in time?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.reference.level import NOTICE_LEVELS, LevelName
from app.rules.results.results import (
    CandidateResult,
    GroupCount,
    count_results,
    results_submission_problems,
    total_count,
    unscored_problems,
)
from app.rules.results.scoring import Outcome
from app.rules.workdays import WorkCalendar
from tests.rules.people import codes

CALENDAR = WorkCalendar()
WORDS = ("合格", "不合格", "缺考", "违纪", "缓考", "未完成")
_RESULTS = st.lists(
    st.tuples(st.sampled_from("车电"), st.sampled_from("54321"), st.sampled_from(WORDS))
)


def _result(
    text: str = "合格", *, work_type: str = "电工", level: str = "5", name: str = "曹怡"
) -> CandidateResult:
    concluded = Outcome(passed=text == "合格", text=text)  # type: ignore[arg-type]
    return CandidateResult(name, work_type, work_type, level, concluded)


def test_every_outcome_is_counted_in_its_group() -> None:
    results = [_result(text) for text in WORDS] + [_result(level="4")]
    assert count_results(results) == [
        GroupCount("电工", "电工", "5", 6, 1, 1, 1, 1, 1, 1),
        GroupCount("电工", "电工", "4", 1, 1, 0, 0, 0, 0, 0),
    ]


def test_groups_stand_from_the_lowest_level_upwards() -> None:
    levels = (*NOTICE_LEVELS, LevelName("T", "特级技师", "特级技师", order=6))
    results = [_result(level=level) for level in "T15234"]
    assert [group.level for group in count_results(results, levels)] == list("54321T")


@given(_RESULTS)
def test_the_groups_add_up_to_all_candidates(rows: list[tuple[str, str, str]]) -> None:
    results = [_result(text, work_type=work, level=level) for work, level, text in rows]
    counts = count_results(results)
    total = total_count(counts)
    assert total.entered == len(rows)
    assert total.passed == [text for *_, text in rows].count("合格")
    parts = (total.passed, total.failed, total.absent, total.violation, total.deferred)
    assert sum(parts) + total.unfinished == total.entered
    assert len({(c.work_type, c.level) for c in counts}) == len(counts)


@pytest.mark.parametrize(
    ("words", "sat", "rate"),
    [
        (["合格"], 1, "100.0"),
        (["合格", "不合格", "不合格"], 3, "33.3"),
        (["合格", "缺考", "缓考", "未完成"], 1, "100.0"),
        (["合格", "违纪"], 2, "50.0"),
        (["不合格", "缺考"], 1, "0.0"),
        (["缺考", "缓考"], 0, None),
        ([], 0, None),
    ],
)
def test_the_pass_rate_is_of_those_who_sat(words: list[str], sat: int, rate: str | None) -> None:
    total = total_count(count_results([_result(text) for text in words]))
    assert total.sat == sat
    assert total.pass_rate == (None if rate is None else Decimal(rate))


def test_a_result_must_be_there_for_everybody() -> None:
    assert unscored_problems([_result(text) for text in WORDS if text != "未完成"]) == []
    (problem,) = unscored_problems([_result(), _result("未完成", name="于国静")])
    assert problem.code == "results_unscored"
    assert "1人" in problem.message
    assert "于国静" in problem.message


def test_of_many_without_a_result_the_first_five_are_named() -> None:
    (problem,) = unscored_problems([_result("未完成", name=f"第{n}名") for n in range(1, 8)])
    assert "7人" in problem.message
    assert "第5名等" in problem.message
    assert "第6名" not in problem.message


@pytest.mark.parametrize(
    ("submitted", "objections"),
    [
        (date(2021, 5, 6), ["results_before_publicity"]),
        (date(2021, 5, 7), []),
        (date(2021, 5, 17), []),
        (date(2021, 5, 18), ["results_late"]),
    ],
)
def test_results_are_sent_after_the_publicity_and_in_time(
    submitted: date, objections: list[str]
) -> None:
    # From 7 May: 8 (worked), 10, 11, 12, 13, 14 and 17 May.
    found = results_submission_problems(date(2021, 5, 7), submitted, CALENDAR)
    assert codes(found) == objections


def test_late_results_are_a_warning_that_says_by_how_much() -> None:
    (problem,) = results_submission_problems(date(2021, 5, 7), date(2021, 5, 20), CALENDAR)
    assert problem.severity == "warning"
    assert "迟3天" in problem.message


def test_results_without_publicity_are_refused() -> None:
    found = results_submission_problems(None, date(2021, 5, 20), CALENDAR)
    assert codes(found) == ["results_before_publicity"]


def test_a_year_without_calendar_is_said_and_not_guessed() -> None:
    found = results_submission_problems(date(2031, 5, 7), date(2031, 5, 8), CALENDAR)
    assert codes(found) == ["results_calendar"]
