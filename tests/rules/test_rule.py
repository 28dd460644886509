"""Does a rule pass on what it knows to the problem that it raises?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule


def test_a_broken_rule_names_itself_its_clause_and_its_severity() -> None:
    rule = Rule("some_rule", "一句话", "some_problems", "流程五", severity="warning", number="5-02")
    problem = rule.broken("请改正", field="name", row=7)
    expected = Problem("some_rule", "请改正", "name", 7, "流程五", "warning", mark="规则 5-02")
    assert problem == expected


def test_the_source_joins_the_clause_and_the_basis() -> None:
    assert Rule("a", "b", "c", "流程七", CENTRE).source == "流程七；中心自定"
    assert Rule("a", "b", "c", basis="GB 11643").source == "GB 11643"


def test_a_rule_brings_its_remedy_and_rows_and_a_centre_may_weigh_it_otherwise() -> None:
    rule = Rule("some_rule", "一句话", "some_problems", "流程五", remedy="补齐")
    problem = rule.broken("缺", rows=[3, 5], severity="warning", clause="")
    assert (problem.rows, problem.numbers, problem.remedy) == ((3, 5), (3, 5), "补齐")
    assert (problem.severity, problem.clause) == ("warning", "")
    assert rule.broken("缺", row=7).numbers == (7,)
    assert rule.broken("缺").numbers == ()
