"""Which batch would no centre send back? The one from which the tests of a filing start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.rules.bodies.approved_scope import BodyFacts
from app.rules.exam.exam_facts import Card, SessionFacts, Sitting
from app.rules.filing.filing_facts import (
    CommissionFacts,
    FilingFacts,
    HeadCount,
    PaperFacts,
    PlanFacts,
)
from tests.rules.people import EXAM

BODY = BodyFacts("示范评价中心", registered=True, valid_from=date(2020, 1, 1), valid_to=None)
LETTER = CommissionFacts("冀技委〔2021〕3号", True, date(2021, 4, 1), date(2021, 12, 31))
THEORY = PaperFacts("电工理论", "题库抽取", printed=False, work_type="电工", level="5")
PRACTICAL = PaperFacts(
    "电工实操",
    "结合岗位调整",
    True,
    "燕赵印务",
    date(2021, 1, 1),
    date(2021, 12, 31),
    work_type="电工",
    level="4",
    copies=4,
)
WATCHER = Card(9, "魏春生", date(2021, 1, 1), date(2021, 12, 31))
CREW = tuple(
    Card(key, name, date(2021, 1, 1), date(2021, 12, 31), "示范评价中心", frozenset({"电工"}))
    for key, name in enumerate(("唐海峰", "蒋丽", "叶志刚"), start=1)
)
MORNING = Sitting(
    "theory", datetime(2021, 4, 24, 9), datetime(2021, 4, 24, 10, 30), "3号机房", "机考"
)
AFTERNOON = Sitting(
    "practical", datetime(2021, 4, 24, 14), datetime(2021, 4, 24, 17), "3号车间", "现场操作"
)
SITTINGS = (MORNING, AFTERNOON)
FACTS = FilingFacts(
    submitted_on=date(2021, 4, 16),
    exam_first=EXAM,
    exam_last=None,
    body=BODY,
    roster=(HeadCount("电工", "电工", "5", 9), HeadCount("电工", "电工", "4", 4)),
    sessions=(
        SessionFacts(EXAM, "电工", "电工", "5", 9, (WATCHER,), 2, CREW, SITTINGS),
        SessionFacts(EXAM, "电工", "电工", "4", 4, (WATCHER,), 3, CREW, SITTINGS),
    ),
    plan=PlanFacts(date(2021, 4, 6)),
    commissioned=True,
    commission=LETTER,
    papers=(THEORY, PRACTICAL),
    promise="考评合格后兑现相关工资待遇",
    complaint_phone="12333",
)


def facts(**changed: object) -> FilingFacts:
    """The good batch with the given facts changed."""
    return replace(FACTS, **changed)  # type: ignore[arg-type]
