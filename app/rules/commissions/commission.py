"""May an enterprise commission this body, and may its plan be published?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.core.errors import Problem
from app.core.rule import Rule
from app.rules.bodies.approved_scope import BODY_NOT_REGISTERED, BODY_NOT_VALID, BodyFacts

COMMISSION_PROMISE_MISSING = Rule(
    "commission_promise_missing",
    "委托评价的企业已承诺兑现待遇",
    "commission_problems",
    clause="流程一",
    remedy="取得企业的承诺后在委托中勾选“企业已承诺兑现待遇”",
    number="1-08",
)
PLAN_INCOMPLETE = Rule(
    "plan_incomplete",
    "公布的认定计划写明组织安排、申报条件、考评内容和待遇",
    "plan_problems",
    clause="流程二",
    number="2-01",
)


def commission_problems(*, promised: bool, body: BodyFacts, today: date) -> list[Problem]:
    """Return the problems: no promise given, or the body may not accept commissions today."""
    found: list[Problem] = []
    if not promised:
        message = "企业尚未承诺兑现待遇，请取得承诺后勾选“企业已承诺兑现待遇”"
        found.append(COMMISSION_PROMISE_MISSING.broken(message, field="promise"))
    if not body.registered:
        message = f"受托机构“{body.name}”不在已备案状态，不能接受委托"
        remedy = "由备案中心办理或恢复机构备案后再委托"
        found.append(BODY_NOT_REGISTERED.broken(message, field="body", remedy=remedy))
    if body.valid_to is not None and body.valid_to < today:
        message = f"受托机构的备案已于 {body.valid_to} 到期"
        remedy = "先办理延续备案"
        found.append(BODY_NOT_VALID.broken(message, field="body", remedy=remedy))
    return found


def plan_problems(missing: Sequence[tuple[str, str]]) -> list[Problem]:
    """Object to publishing a plan with these blank fields, given as (name, label)."""
    if not missing:
        return []
    message = f"公布前请补全：{'、'.join(label for _, label in missing)}"
    return [PLAN_INCOMPLETE.broken(message, field=missing[0][0])]
