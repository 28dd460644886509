"""Does the batch stand on a published plan that was made for its enterprise?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import shown_day
from app.rules.filing.filing_facts import FilingFacts

PLAN_UNPUBLISHED = Rule(
    "plan_unpublished",
    "认定计划在报送备案之前已公布",
    "plan_problems",
    clause="流程二",
    remedy="在批次中选择认定计划，并在计划页面办理“公布”",
    number="2-06",
)
PLAN_OF_OTHERS = Rule(
    "plan_of_others",
    "批次所依据的认定计划是为该企业制定的",
    "plan_problems",
    clause="流程二",
    basis=INFERRED,
    remedy="选择为该企业制定并公布的认定计划",
    number="2-08",
)
PLAN_DATES = Rule(
    "plan_dates",
    "考试日期在认定计划公布的起止日期之内（计划未写起止的不检查）",
    "plan_problems",
    clause="流程二",
    basis=INFERRED,
    severity="warning",
    remedy="调整考试日期，或更正计划的起止日期后重新公布",
    number="2-07",
)


def plan_problems(facts: FilingFacts) -> list[Problem]:
    """Object to a plan not published by the submission date, or to exam days outside it."""
    plan = facts.plan
    if plan.published_on is None or plan.published_on > facts.submitted_on:
        message = "认定计划尚未公布，请先公布评价安排、报名条件和评价内容"
        return [PLAN_UNPUBLISHED.broken(message, field="plan")]
    if plan.enterprise:
        message = f"认定计划是为“{plan.enterprise}”制定的，与批次的委托企业不同"
        return [PLAN_OF_OTHERS.broken(message, field="plan")]
    outside = [
        day
        for day in facts.exam_days
        if (plan.first is not None and day < plan.first)
        or (plan.last is not None and day > plan.last)
    ]
    if not outside:
        return []
    bounds = "至".join(shown_day(day) if day else "（未填）" for day in (plan.first, plan.last))
    message = f"考试日{shown_day(outside[0])}不在认定计划公布的{bounds}之内"
    return [PLAN_DATES.broken(message, field="plan")]
