"""Is a body's scope complete, in the right order and unambiguous?"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule

LEVELS_REVERSED = Rule(
    "levels_reversed",
    "备案范围的最低等级不高于最高等级",
    "levels_problems",
    basis=INFERRED,
    number="0-17",
)
APPROVED_SCOPE_MISSING = Rule(
    "scope_missing",
    "提交备案的评价机构已登记备案范围",
    "approved_scope_problems",
    clause="流程一",
    remedy="登记职业、工种和等级",
    number="1-07",
)
OCCUPATION_AMBIGUOUS = Rule(
    "occupation_ambiguous",
    "只写申报工种的，该工种在备案范围内只属于一个职业",
    "ambiguity_problems",
    clause="流程一",
    basis=INFERRED,
    remedy="补填申报职业",
    number="1-03",
)


def levels_problems(lowest: int, highest: int) -> list[Problem]:
    """Object where the lowest level is above the highest; both are given by their order."""
    if lowest <= highest:
        return []
    return [LEVELS_REVERSED.broken("最低等级高于最高等级，请核对", field="highest_level")]


def approved_scope_problems(rows: int) -> list[Problem]:
    """Object to a body that submits no row of scope."""
    if rows:
        return []
    return [APPROVED_SCOPE_MISSING.broken("还没有登记备案范围，请先登记职业、工种和等级")]


def ambiguity_problems(work_type: str | None, occupations: Sequence[str]) -> list[Problem]:
    """Object to a work type without occupation that belongs to several ``occupations``."""
    if len(occupations) <= 1:
        return []
    message = f"工种“{work_type}”在{'、'.join(occupations)}下都有，请填写申报职业"
    return [OCCUPATION_AMBIGUOUS.broken(message, field="occupation")]
