"""Which batch would no centre send back? The one from which the tests of a filing start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.rules.filing_facts import (
    CommissionFacts,
    FilingFacts,
    HeadCount,
    PaperFacts,
    SessionFacts,
)
from app.rules.scope import BodyFacts
from tests.rules.people import EXAM

BODY = BodyFacts("示范评价中心", registered=True, valid_from=date(2020, 1, 1), valid_to=None)
LETTER = CommissionFacts("冀技委〔2021〕3号", True, date(2021, 4, 1), date(2021, 12, 31))
THEORY = PaperFacts("电工理论", "题库抽取", printed=False)
PRACTICAL = PaperFacts(
    "电工实操", "结合岗位调整", True, "燕赵印务", date(2021, 1, 1), date(2021, 12, 31)
)
FACTS = FilingFacts(
    submitted_on=date(2021, 4, 16),
    exam_first=EXAM,
    exam_last=None,
    body=BODY,
    roster=(HeadCount("电工", "电工", "5", 9), HeadCount("电工", "电工", "4", 4)),
    sessions=(
        SessionFacts(EXAM, "电工", "电工", "5", 9, ("魏春生",), row=2),
        SessionFacts(EXAM, "电工", "电工", "4", 4, ("魏春生",), row=3),
    ),
    plan_published_on=date(2021, 4, 6),
    commissioned=True,
    commission=LETTER,
    papers=(THEORY, PRACTICAL),
    promise="考评合格后兑现相关工资待遇",
    complaint_phone="12333",
)


def facts(**changed: object) -> FilingFacts:
    """The good batch with the given facts changed."""
    return replace(FACTS, **changed)  # type: ignore[arg-type]
