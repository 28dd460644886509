"""Which earlier examination may a candidate resit, and which marks are carried over?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule
from app.rules.results.scoring import Outcome, Paper, PaperName, PassRule

RETAKE_UNLINKED = Rule(
    "retake_unlinked",
    "登记为补考的，在补考期限内有同一人、同一职业和等级的未合格成绩",
    "retake_problems",
    clause="流程七",
    basis=CENTRE,
    severity="warning",
    remedy="在批次的“补考衔接”里核对；前次不在本系统的，改为新考或把前次成绩补录进来",
    number="7-20",
)

#: Outcomes after which papers may be resat. After 违纪 every paper is sat again.
AGAIN = frozenset({"不合格", "缺考", "缓考"})


@dataclass(frozen=True)
class Earlier:
    """An earlier application of the same person, with its outcome under its own plan."""

    key: int
    batch_no: str
    exam_date: date
    papers: Mapping[PaperName, Paper]
    pass_rule: PassRule
    outcome: Outcome


def earlier_to_sit_again(found: Iterable[Earlier], exam_date: date, months: int) -> Earlier | None:
    """Return the latest earlier application if its papers may still be resat, else None.

    The period ends ``months`` after the earlier exam day, inclusive. After a later pass there is
    nothing to resit.
    """
    before = [one for one in found if one.exam_date < exam_date]
    latest = max(before, key=lambda one: (one.exam_date, one.key), default=None)
    if latest is None or latest.outcome.text not in AGAIN:
        return None
    return latest if exam_date <= add_months(latest.exam_date, months) else None


def carried_marks(earlier: Earlier, pass_rule: PassRule) -> dict[PaperName, Decimal]:
    """Return the marks carried over: papers passed then that apply, and pass, under ``rule``.

    Marks are not converted: a paper with another full mark is sat again.
    """
    kept: dict[PaperName, Decimal] = {}
    for name, asked in pass_rule.papers.items():
        paper, then = earlier.papers.get(name, Paper()), earlier.pass_rule.papers.get(name)
        if then is None or paper.state != "normal" or paper.mark is None:
            continue
        if then.full == asked.full and paper.mark >= max(then.least, asked.least):
            kept[name] = paper.mark
    # If only the total failed, carrying every paper over would leave nothing to sit.
    return kept if len(kept) < len(pass_rule.papers) else {}


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no day {months} months after {day}")


def retake_problems(rows: Iterable[int]) -> list[Problem]:
    """Warn that these rows (序号) are entered as 补考 without a linked earlier result."""
    listed = list(rows)
    if not listed:
        return []
    shown = "、".join(map(str, listed[:10])) + (f"等{len(listed)}人" if len(listed) > 10 else "")
    message = f"名册序号{shown}登记为补考，没有对应的前次成绩"
    return [RETAKE_UNLINKED.broken(message, field="attempt", rows=listed)]
