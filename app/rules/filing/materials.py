"""Does the filing include all materials that are required of it?"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule
from app.rules.filing.filing_facts import Demand

MATERIAL_MISSING = Rule(
    "material_missing",
    "中心在“资料要求”中列出的报名资料已经上传",
    "material_problems",
    clause="流程五",
    basis=CENTRE,
    remedy="在“报名资料”中上传这种资料；每人一份的，可以合订成一个文件上传到批次",
    number="5-10",
)


def material_problems(demands: Sequence[Demand]) -> list[Problem]:
    """Return a problem per requirement not met, with that requirement's severity and clause."""
    found = []
    for one in demands:
        if one.met:
            continue
        whose = f"，缺{len(one.without)}人的" if one.without else ""
        message = f"缺少“{one.kind_name}”{whose}（{one.name}）"
        found.append(
            MATERIAL_MISSING.broken(
                message,
                field="materials",
                rows=one.without,
                severity=one.severity,
                clause=one.clause,
            )
        )
    return found
