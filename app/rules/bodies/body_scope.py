"""Is the scope that a body files complete and the right way round?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule

LEVELS_REVERSED = Rule(
    "levels_reversed",
    "备案范围的最低等级不高于最高等级",
    "levels_problems",
    basis=INFERRED,
    number="0-17",
)
SCOPE_MISSING = Rule(
    "scope_missing",
    "提交备案的评价机构已登记备案范围",
    "scope_problems",
    clause="流程一",
    remedy="登记职业、工种和等级",
    number="1-07",
)


def levels_problems(lowest: int, highest: int) -> list[Problem]:
    """An objection where the lowest level stands above the highest, by their order."""
    if lowest <= highest:
        return []
    return [LEVELS_REVERSED.broken("最低等级高于最高等级，请核对", field="highest_level")]


def scope_problems(rows: int) -> list[Problem]:
    """An objection to a body that files no row of scope."""
    if rows:
        return []
    return [SCOPE_MISSING.broken("还没有登记备案范围，请先登记职业、工种和等级")]
