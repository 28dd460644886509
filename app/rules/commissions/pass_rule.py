"""Is a plan's pass rule consistent?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.rules.results.scoring import HUNDRED, PaperName, PassRule, shown_mark

PASS_RULE_EMPTY = Rule(
    "pass_rule_empty", "合格规则至少有一科", "pass_rule_problems", "流程二", INFERRED, number="2-02"
)
PASS_MARK_RANGE = Rule(
    "pass_mark_range",
    "合格线不为负、不高于满分，满分大于0",
    "pass_rule_problems",
    "流程二",
    INFERRED,
    number="2-03",
)
PASS_WEIGHTS = Rule(
    "pass_weights",
    "看总成绩的，各科占比之和为100，合格线在0至100之间；不看总成绩的不设占比",
    "pass_rule_problems",
    "流程二",
    INFERRED,
    number="2-04",
)
PASS_RULE_TWICE = Rule(
    "pass_rule_twice",
    "同一计划对同一职业和等级只有一条合格规则",
    "pass_rule_twice_problems",
    "流程二",
    CENTRE,
    number="2-05",
)

SHORT: Mapping[PaperName, str] = {"theory": "理论", "practical": "实操", "review": "综合评审"}


@dataclass(frozen=True)
class For:
    """Which occupation (id) and level (digit) a rule applies to; None: all."""

    occupation: int | None = None
    level: str | None = None

    def covers(self, occupation: int, level: str) -> bool:
        """Return whether the rule applies to that occupation and level."""
        return self.occupation in (None, occupation) and self.level in (None, level)

    @property
    def closeness(self) -> tuple[bool, bool]:
        """Sort key: the most specific rule applies, and occupation outranks level."""
        return (self.occupation is not None, self.level is not None)


def pass_rule_problems(pass_rule: PassRule) -> list[Problem]:
    """Return all problems of one rule's figures, with the field names of the form."""
    if not pass_rule.papers:
        return [PASS_RULE_EMPTY.broken("至少填写一科的合格线", field="theory_pass")]
    found = []
    for name, paper in pass_rule.papers.items():
        if paper.full <= 0 or not 0 <= paper.least <= paper.full:
            message = (
                f"{SHORT[name]}合格线{shown_mark(paper.least)}、满分{shown_mark(paper.full)}不合理：满分大于0，"
                "合格线在0至满分之间"
            )
            found.append(PASS_MARK_RANGE.broken(message, field=f"{name}_pass"))
    return found + _weight_problems(pass_rule)


def _weight_problems(pass_rule: PassRule) -> list[Problem]:
    weights = [paper.weight for paper in pass_rule.papers.values()]
    given = [weight for weight in weights if weight is not None]
    if pass_rule.total is None:
        if not given:
            return []
        message = "填了占比，没有总成绩合格线：请填写总成绩合格线，或删去占比"
        return [PASS_WEIGHTS.broken(message, field="total_pass")]
    if not Decimal(0) <= pass_rule.total <= HUNDRED:
        message = f"总成绩合格线“{shown_mark(pass_rule.total)}”应在0至100之间（折合百分制）"
        return [PASS_WEIGHTS.broken(message, field="total_pass")]
    if len(given) == len(weights) and sum(given) == HUNDRED and min(given) >= 0:
        return []
    message = f"各科占比之和应为100，现为{sum(given)}，请逐科填写"
    return [PASS_WEIGHTS.broken(message, field="total_pass")]


def pass_rule_twice_problems(number: int) -> list[Problem]:
    """Object where ``number`` other rules of the plan apply to the same candidates."""
    if number <= 0:
        return []
    message = "本计划对这个职业和等级已有合格规则，请修改原来的一条"
    return [PASS_RULE_TWICE.broken(message, field="level")]
