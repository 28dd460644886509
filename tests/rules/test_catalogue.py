"""Has every rule a function, a line in docs/rules.md and a test?"""

from __future__ import annotations

import ast
from collections import Counter
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

from app.core.refusals.catalogue import all_refusals
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


def test_every_rule_and_refusal_has_a_line_in_the_page_of_rules() -> None:
    page = (_ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules_page(), "run: python -m app.rules.catalogue > docs/rules.md"
    assert all(f"| {entry.rule.number} | `{entry.rule.code}` |" in page for entry in _RULES)
    assert all(f"| {one.name} | `{one.code}` |" in page for one in all_refusals())


def test_a_rule_is_listed_where_it_is_declared() -> None:
    assert next(one for one in _RULES if one.rule.code == "id_missing").module == (
        "app.rules.reference.identity"  # which score sheets import
    )


#: A Problem is built by a Rule or a Refusal: in these two files and nowhere else.
_BUILDERS = {"core/rule.py", "core/refusals/refusal.py"}


def _builds(source: str) -> bool:
    """Whether a Problem is built there, under its own or another name."""
    tree = ast.parse(source)
    names = {"Problem"} | {
        one.asname or one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.name == "Problem"
    }
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(
        (isinstance(one, ast.Name) and one.id in names)
        or (isinstance(one, ast.Attribute) and one.attr == "Problem")
        for one in called
    )


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ('raise RulesBroken([Problem("x", "不行")])', True),
        ('errors.Problem("x", "不行")', True),
        ('from app.core.errors import Problem as P\nP("x", "不行")', True),
        ('def problems() -> list[Problem]:\n    return [RULE.broken("不行")]', False),
    ],
)
def test_a_problem_that_is_built_is_found(source: str, is_one: bool) -> None:
    assert _builds(source) is is_one


def test_no_problem_is_raised_past_the_rules() -> None:
    app = _ROOT / "app"
    sources = {str(path.relative_to(app)): path for path in app.rglob("*.py")}
    makers = {name for name, path in sources.items() if _builds(path.read_text(encoding="utf-8"))}
    assert makers == _BUILDERS, "declare a Rule or a Refusal and let it make the Problem"
