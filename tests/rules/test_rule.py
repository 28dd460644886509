"""Does a rule pass on what it knows to the problem that it raises?"""

from __future__ import annotations

from app.errors import Problem
from app.rules.rule import CENTRE, Rule


def test_a_broken_rule_names_itself_its_clause_and_its_severity() -> None:
    rule = Rule("some_rule", "一句话", "some_problems", "流程五", severity="warning")
    problem = rule.broken("请改正", field="name", row=7)
    assert problem == Problem("some_rule", "请改正", "name", 7, "流程五", "warning")


def test_the_source_joins_the_clause_and_the_basis() -> None:
    assert Rule("a", "b", "c", "流程七", CENTRE).source == "流程七；中心自定"
    assert Rule("a", "b", "c", basis="GB 11643").source == "GB 11643"
