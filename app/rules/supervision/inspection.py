"""Is supervision complete: was the batch watched, is each finding clear and its remedy stated?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule
from app.core.wording import shown_day

SUPERVISION_MISSING = Rule(
    "supervision_missing",
    "每个批次都有市中心已完成的督导",
    "supervision_problems",
    clause="流程六",
    severity="warning",
    number="6-23",
)
FINDING_UNCLEAR = Rule(
    "finding_unclear",
    "责令整改的，写明发现的问题",
    "order_problems",
    clause="流程六",
    basis=CENTRE,
    number="6-24",
)
RECTIFY_BY = Rule(
    "rectify_by",
    "责令整改的，写明不早于当天的整改期限",
    "order_problems",
    clause="流程六",
    basis=CENTRE,
    number="6-25",
)
RECTIFICATION_UNSEEN = Rule(
    "rectification_unseen",
    "整改销号的，写明整改情况",
    "closing_problems",
    clause="流程六",
    basis=CENTRE,
    number="6-26",
)
RECTIFICATION_LATE = Rule(
    "rectification_late",
    "在整改期限内整改完毕",
    "rectification_problems",
    clause="流程六",
    basis=CENTRE,
    severity="warning",
    number="6-27",
)


@dataclass(frozen=True)
class InspectionFacts:
    """Facts of one inspection; ``supervision``: the city's supervision, not a spot check."""

    supervision: bool
    finished: bool
    findings: str = ""
    rectify_by: date | None = None
    rectification: str = ""


def supervision_problems(inspections: Sequence[InspectionFacts]) -> list[Problem]:
    """Object where no supervision of the batch by the city is finished."""
    if any(one.supervision and one.finished for one in inspections):
        return []
    begun = any(one.supervision for one in inspections)
    what = "市中心的督导还没有完成" if begun else "没有市中心的督导记录"
    message = f"本批次{what}，请由评价所在地市中心在“督导检查”中补齐"
    return [SUPERVISION_MISSING.broken(message)]


def order_problems(facts: InspectionFacts, today: date) -> list[Problem]:
    """Return what is missing for an order to rectify: findings, and a term not before today."""
    found = []
    if not facts.findings.strip():
        message = (
            "这次督导已经完成，没有登记发现的问题，不能据以责令整改；请另行登记一次督导检查"
            if facts.finished
            else "责令整改前请先填写“发现的问题”"
        )
        found.append(FINDING_UNCLEAR.broken(message, field="findings"))
    if facts.rectify_by is None or facts.rectify_by < today:
        message = f"责令整改前请先填写“整改期限”，不早于今天（{shown_day(today)}）"
        found.append(RECTIFY_BY.broken(message, field="rectify_by"))
    return found


def closing_problems(facts: InspectionFacts) -> list[Problem]:
    """Object to closing while it is not recorded what was done about the findings."""
    if facts.rectification.strip():
        return []
    message = "销号前请先填写“整改情况”"
    return [RECTIFICATION_UNSEEN.broken(message, field="rectification")]


def rectification_problems(facts: InspectionFacts, today: date) -> list[Problem]:
    """Warn where the term for rectification has passed."""
    if facts.rectify_by is None or today <= facts.rectify_by:
        return []
    days = (today - facts.rectify_by).days
    message = (
        f"整改期限是{shown_day(facts.rectify_by)}，已逾期{days}天，可以责令暂停该批次或该评价机构"
    )
    return [RECTIFICATION_LATE.broken(message, field="rectify_by")]
