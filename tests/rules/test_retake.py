"""Which earlier examination is sat again, until when, and which marks stand?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.rules.results.retake import (
    Earlier,
    add_months,
    carried_marks,
    earlier_to_sit_again,
    retake_problems,
)
from app.rules.results.scoring import Paper, PaperRule, PassRule, outcome, usual_pass_rule
from tests.rules.people import codes

EXAM = date(2021, 4, 24)
TWO = usual_pass_rule("4")


def marks(theory: Paper, practical: Paper) -> dict[str, Paper]:
    return {"theory": theory, "practical": practical}


def mark(value: object) -> Paper:
    return Paper(Decimal(str(value)))


def earlier(
    theory: Paper, practical: Paper, *, key: int = 1, day: date = EXAM, rule: PassRule = TWO
) -> Earlier:
    papers = marks(theory, practical)
    return Earlier(key, f"B{key}", day, papers, rule, outcome(papers, rule))  # type: ignore[arg-type]


HALF = earlier(mark(80), mark(40))


@pytest.mark.parametrize(
    ("day", "again"),
    [
        (date(2021, 4, 24), False),
        (date(2021, 4, 25), True),
        (date(2022, 4, 24), True),
        (date(2022, 4, 25), False),
    ],
)
def test_papers_are_sat_again_after_the_exam_and_within_the_period(day: date, again: bool) -> None:
    assert (earlier_to_sit_again([HALF], day, 12) is not None) is again


@pytest.mark.parametrize(
    ("before", "again"),
    [
        (earlier(mark(80), mark(40)), True),
        (earlier(mark(80), Paper(state="absent")), True),
        (earlier(mark(80), Paper(state="deferred")), True),
        (earlier(mark(80), Paper(state="violation")), False),
        (earlier(mark(80), mark(60)), False),
        (earlier(mark(80), Paper()), False),
    ],
)
def test_who_has_not_passed_and_not_cheated_sits_again(before: Earlier, again: bool) -> None:
    assert (earlier_to_sit_again([before], date(2021, 10, 1), 12) is not None) is again


def test_the_latest_result_decides() -> None:
    passed = earlier(mark(80), mark(80), key=2, day=date(2021, 6, 1))
    assert earlier_to_sit_again([HALF, passed], date(2021, 10, 1), 12) is None
    later = earlier(mark(50), mark(70), key=3, day=date(2021, 7, 1))
    assert earlier_to_sit_again([later, HALF], date(2021, 10, 1), 12) == later


@pytest.mark.parametrize(
    ("theory", "practical", "kept"),
    [
        (mark(60), mark("59.9"), {"theory": Decimal(60)}),
        (mark("59.9"), mark(60), {"practical": Decimal(60)}),
        (mark(40), mark(40), {}),
        (mark(90), Paper(state="deferred"), {"theory": Decimal(90)}),
        (Paper(state="absent"), mark(70), {"practical": Decimal(70)}),
    ],
)
def test_passed_papers_stand(theory: Paper, practical: Paper, kept: dict[str, Decimal]) -> None:
    assert carried_marks(earlier(theory, practical), TWO) == kept


def test_a_mark_stands_only_where_it_passes_today_too() -> None:
    strict = PassRule(PaperRule(Decimal(85)), PaperRule())
    assert carried_marks(HALF, strict) == {}
    wide = PassRule(PaperRule(Decimal(60), Decimal(150)), PaperRule())
    assert carried_marks(HALF, wide) == {}, "marks out of other full marks are not converted"


def test_a_paper_that_did_not_apply_then_is_sat_now() -> None:
    review = usual_pass_rule("2")
    assert carried_marks(HALF, review) == {"theory": Decimal(80)}


def test_who_failed_by_the_total_alone_sits_everything() -> None:
    total = PassRule(
        PaperRule(Decimal(50), weight=50), PaperRule(Decimal(50), weight=50), total=Decimal(60)
    )
    before = earlier(mark(55), mark(55), rule=total)
    assert before.outcome.text == "不合格"
    assert carried_marks(before, total) == {}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2021, 4, 24), 12, date(2022, 4, 24)),
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2021, 12, 31), 1, date(2022, 1, 31)),
    ],
)
def test_months_end_on_the_last_day_that_there_is(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_a_retake_without_anything_earlier_is_named() -> None:
    assert retake_problems([]) == []
    (found,) = retake_problems([3, 7])
    assert codes([found]) == ["retake_unlinked"]
    assert (found.severity, found.rows) == ("warning", (3, 7))
