"""Has every rule a number of its own, by the step of the notice, that never changes?

``numbers.txt`` is the list of all numbers ever given: a new rule gets the next free number of its
step and a line at the end. A rule that goes leaves its line, so that nobody gets its number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from app.rules.catalogue import Entry, all_rules, marks

_STEPS = "一二三四五六七八"
_RULES = all_rules()
_GIVEN: list[tuple[str, str]] = [
    (number, code)
    for number, code in (
        line.split()
        for line in Path(__file__).with_name("numbers.txt").read_text(encoding="utf-8").splitlines()
    )
]


def test_no_number_and_no_id_is_given_twice() -> None:
    assert [one for one, times in Counter(n for n, _ in _GIVEN).items() if times > 1] == []
    assert [one for one, times in Counter(c for _, c in _GIVEN).items() if times > 1] == []


def test_the_numbers_of_each_step_run_from_one_without_a_gap() -> None:
    runs: dict[str, list[int]] = defaultdict(list)
    for number, _ in _GIVEN:
        step, running = number.split("-")
        runs[step].append(int(running))
    assert {step: run == list(range(1, len(run) + 1)) for step, run in runs.items()} == (
        dict.fromkeys(runs, True)
    )


@pytest.mark.parametrize("entry", _RULES, ids=lambda entry: entry.rule.code)
def test_a_rule_keeps_the_number_that_it_was_given(entry: Entry) -> None:
    given = {code: number for number, code in _GIVEN}
    assert entry.rule.number == given.get(entry.rule.code), "add the rule to numbers.txt"


@pytest.mark.parametrize("entry", _RULES, ids=lambda entry: entry.rule.code)
def test_the_number_begins_with_the_step_of_the_clause(entry: Entry) -> None:
    named = re.search(f"流程([{_STEPS}])", entry.rule.clause)
    step = _STEPS.index(named.group(1)) + 1 if named else 0
    assert entry.rule.number.startswith(f"{step}-")


def test_people_see_the_number_in_the_place_of_the_id() -> None:
    signed = next(one.rule for one in _RULES if one.rule.code == "roster_unchecked")
    assert marks()["roster_unchecked"] == f"规则 {signed.number}"
    assert signed.broken("缺").mark == f"规则 {signed.number}"
    assert re.fullmatch(r"规则 3-\d{2}", signed.mark)
