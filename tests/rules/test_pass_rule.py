"""Is a plan's rule on who passes refused where nobody could follow it?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.rules.commissions.pass_rule import For, pass_rule_problems, pass_rule_twice_problems
from app.rules.results.scoring import PaperRule, PassRule, usual_pass_rule
from tests.rules.people import codes


def asked(least: object, full: object = 100, weight: int | None = None) -> PaperRule:
    return PaperRule(Decimal(str(least)), Decimal(str(full)), weight)


def test_the_usual_rules_are_sound() -> None:
    assert (
        pass_rule_problems(usual_pass_rule("5")) == pass_rule_problems(usual_pass_rule("1")) == []
    )


def test_a_rule_without_paper_decides_nothing() -> None:
    (found,) = pass_rule_problems(PassRule(None, None, None))
    assert (found.code, found.field) == ("pass_rule_empty", "theory_pass")


@pytest.mark.parametrize(
    ("least", "full", "sound"),
    [(0, 100, True), (100, 100, True), (100.5, 100, False), (-1, 100, False), (0, 0, False)],
)
def test_a_pass_mark_lies_within_the_full_marks(least: float, full: float, sound: bool) -> None:
    found = pass_rule_problems(PassRule(asked(least, full), None))
    assert codes(found) == ([] if sound else ["pass_mark_range"])


@pytest.mark.parametrize(
    ("theory", "practical", "total", "sound"),
    [
        (40, 60, "60", True),
        (40, 59, "60", False),
        (None, 100, "60", False),
        (40, 60, "100.1", False),
        (40, 60, "-0.1", False),
        (110, -10, "60", False),
        (None, None, None, True),
        (40, 60, None, False),
    ],
)
def test_weights_add_up_and_go_with_a_total(
    theory: int | None, practical: int | None, total: str | None, sound: bool
) -> None:
    least = None if total is None else Decimal(total)
    rule = PassRule(asked(50, weight=theory), asked(50, weight=practical), total=least)
    assert codes(pass_rule_problems(rule)) == ([] if sound else ["pass_weights"])


def test_one_rule_for_the_same_people_is_enough() -> None:
    assert pass_rule_twice_problems(0) == []
    assert codes(pass_rule_twice_problems(1)) == ["pass_rule_twice"]


def test_a_rule_covers_whom_it_names() -> None:
    assert For().covers(7, "4")
    assert For(level="4").covers(7, "4")
    assert not For(level="3").covers(7, "4")
    assert not For(occupation=8).covers(7, "4")


def test_the_closest_rule_comes_first() -> None:
    rules = [For(), For(level="4"), For(occupation=7), For(7, "4")]
    assert sorted(rules, key=lambda one: one.closeness) == rules
