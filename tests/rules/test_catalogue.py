"""Has every rule a function, a line in docs/rules.md and a test?"""

from __future__ import annotations

import ast
from collections import Counter
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

from app.rules import catalogue
from app.rules.catalogue import Entry, all_rules, rules_page

_ROOT = Path(__file__).parents[2]
_RULES = all_rules()


def _tested_ids() -> set[str]:
    """Every text literal in the tests of the rules, this one apart."""
    tests = Path(__file__).parent.glob("test_*.py")
    return {
        node.value
        for path in tests
        if path != Path(__file__)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_the_rules_are_found() -> None:
    assert len(_RULES) > 50


def test_no_two_rules_share_an_id() -> None:
    times = Counter(entry.rule.code for entry in _RULES)
    assert [code for code, count in times.items() if count > 1] == []


@pytest.mark.parametrize("entry", _RULES, ids=lambda entry: entry.rule.code)
def test_every_rule_names_a_function_that_exists(entry: Entry) -> None:
    module = import_module(entry.module)
    function = reduce(getattr, entry.rule.function.split("."), module)
    assert callable(function)
    assert function.__module__ == module.__name__


@pytest.mark.parametrize("entry", _RULES, ids=lambda entry: entry.rule.code)
def test_every_rule_has_a_sentence_and_a_source(entry: Entry) -> None:
    assert entry.rule.sentence
    assert entry.rule.source


def test_every_rule_has_a_test() -> None:
    assert {entry.rule.code for entry in _RULES} - _tested_ids() == set()


def test_every_rule_has_a_line_in_the_page_of_rules() -> None:
    page = (_ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules_page(), "run: python -m app.rules.catalogue > docs/rules.md"
    assert all(f"| `{entry.rule.code}` |" in page for entry in _RULES)


def test_no_problem_is_raised_past_the_rules() -> None:
    sources = Path(catalogue.__file__).parent.rglob("*.py")
    makers = {path.name for path in sources if "Problem(" in path.read_text(encoding="utf-8")}
    assert makers == set()
