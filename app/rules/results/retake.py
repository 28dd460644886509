"""Which earlier examination does somebody sit again, and which marks stand from it?"""

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

#: Outcomes after which papers may be sat again; who cheated begins anew.
AGAIN = frozenset({"不合格", "缺考", "缓考"})


@dataclass(frozen=True)
class Earlier:
    """An earlier application of the same person, with its outcome under the plan of its time."""

    key: int
    batch_no: str
    exam_date: date
    papers: Mapping[PaperName, Paper]
    rule: PassRule
    outcome: Outcome


def earlier_to_sit_again(found: Iterable[Earlier], exam_date: date, months: int) -> Earlier | None:
    """The latest of the earlier applications, if its papers may be sat again within the period.

    ``months`` are counted from the earlier exam day, that day of the month included. Whoever has
    passed since has nothing to sit again.
    """
    before = [one for one in found if one.exam_date < exam_date]
    latest = max(before, key=lambda one: (one.exam_date, one.key), default=None)
    if latest is None or latest.outcome.text not in AGAIN:
        return None
    return latest if exam_date <= add_months(latest.exam_date, months) else None


def carried_marks(earlier: Earlier, rule: PassRule) -> dict[PaperName, Decimal]:
    """The marks that stand: papers passed then, that apply now, and pass now as well.

    Marks are not converted: a paper out of other full marks is sat again.
    """
    kept: dict[PaperName, Decimal] = {}
    for name, asked in rule.papers.items():
        paper, then = earlier.papers.get(name, Paper()), earlier.rule.papers.get(name)
        if then is None or paper.state != "normal" or paper.mark is None:
            continue
        if then.full == asked.full and paper.mark >= max(then.least, asked.least):
            kept[name] = paper.mark
    # Where a total failed with every paper passed, carrying all over would leave nothing to sit.
    return kept if len(kept) < len(rule.papers) else {}


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day that the month has."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no day {months} months after {day}")


def retake_problems(rows: Iterable[int]) -> list[Problem]:
    """At most one warning: these rows (序号) say 补考 and nothing earlier was linked."""
    listed = list(rows)
    if not listed:
        return []
    shown = "、".join(map(str, listed[:10])) + (f"等{len(listed)}人" if len(listed) > 10 else "")
    message = f"名册序号{shown}登记为补考，没有对应的前次成绩"
    return [RETAKE_UNLINKED.broken(message, field="attempt", rows=listed)]
