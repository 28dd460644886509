"""Are the results complete, what do they add up to, and were they submitted in time?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule
from app.core.wording import shown_day
from app.rules.reference.level import NOTICE_LEVELS, LevelName
from app.rules.results.scoring import Outcome
from app.rules.terms import NOTICE_TERMS, Terms
from app.rules.workdays import NoCalendar, WorkCalendar

_NAMES_SHOWN = 5

RESULTS_UNSCORED = Rule(
    "results_unscored",
    "每名参评人员都有成绩或缺考、违纪、缓考的记录",
    "unscored_problems",
    "流程七",
    number="7-16",
)
RESULTS_LATE = Rule(
    "results_late",
    "公示结束后在中心规定的工作日内报送结果备案表",
    "results_submission_problems",
    "流程七",
    CENTRE,
    "warning",
    number="7-17",
)
RESULTS_BEFORE_PUBLICITY = Rule(
    "results_before_publicity",
    "结果备案表在公示结束后报送",
    "results_submission_problems",
    "流程七",
    number="7-18",
)
RESULTS_CALENDAR = Rule(
    "results_calendar",
    "报送结果所涉年份已有工作日历",
    "results_submission_problems",
    "流程七",
    number="7-19",
)


@dataclass(frozen=True)
class CandidateResult:
    """One candidate's outcome and the group in which it counts; ``level`` is a digit."""

    name: str
    occupation: str
    work_type: str
    level: str
    outcome: Outcome


@dataclass(frozen=True)
class GroupCount:
    """Head counts of one occupation, work type and level: a row of 结果备案表（一）."""

    occupation: str
    work_type: str
    level: str
    entered: int
    passed: int
    failed: int
    absent: int
    violation: int
    deferred: int
    unfinished: int

    @property
    def sat(self) -> int:
        """实考: entered, less the absent, the deferred and those without marks yet."""
        return self.entered - self.absent - self.deferred - self.unfinished

    @property
    def pass_rate(self) -> Decimal | None:
        """Passes in percent of those who sat, to one decimal; None if no one sat."""
        if not self.sat:
            return None
        return (Decimal(100) * self.passed / self.sat).quantize(Decimal("0.1"), ROUND_HALF_UP)


def count_results(
    results: Iterable[CandidateResult], levels: Sequence[LevelName] = NOTICE_LEVELS
) -> list[GroupCount]:
    """Count per group, sorted by occupation, work type and then from 五级 upwards."""
    order = {level.digit: level.order for level in levels}
    groups: dict[tuple[str, str, str], Counter[str]] = {}
    for result in results:
        key = (result.occupation, result.work_type, result.level)
        groups.setdefault(key, Counter())[result.outcome.text] += 1
    keys = sorted(groups, key=lambda key: (key[0], key[1], order.get(key[2], 0), key[2]))
    return [_group(*key, groups[key]) for key in keys]


def total_count(counts: Iterable[GroupCount]) -> GroupCount:
    """Return the sum of all groups, with empty names."""
    fields = ("entered", "passed", "failed", "absent", "violation", "deferred", "unfinished")
    rows = list(counts)
    return GroupCount("", "", "", *(sum(getattr(row, name) for row in rows) for name in fields))


def unscored_problems(results: Iterable[CandidateResult]) -> list[Problem]:
    """Return one problem naming the first candidates without a result; 缓考 is no lack."""
    names = [result.name for result in results if result.outcome.text == "未完成"]
    if not names:
        return []
    more = "等" if len(names) > _NAMES_SHOWN else ""
    message = (
        f"还有{len(names)}人成绩不全（{'、'.join(names[:_NAMES_SHOWN])}{more}），"
        "请补录成绩，或注明缺考、违纪、缓考"
    )
    return [RESULTS_UNSCORED.broken(message, field="scores")]


def results_submission_problems(
    publicity_ended: date | None,
    submitted: date,
    calendar: WorkCalendar,
    terms: Terms = NOTICE_TERMS,
) -> list[Problem]:
    """Return at most one problem with submitting the results that day; lateness is a warning."""
    if publicity_ended is None or submitted < publicity_ended:
        message = "公示结束后才能报送结果备案表，请先结束公示"
        return [RESULTS_BEFORE_PUBLICITY.broken(message, field="publicity")]
    try:
        due = calendar.due(publicity_ended, terms.results_workdays)
    except NoCalendar as missing:
        return [RESULTS_CALENDAR.broken(missing.message)]
    if submitted <= due:
        return []
    message = (
        f"结果备案表至迟应在{shown_day(due)}报送，现已迟{(submitted - due).days}天，请写明原因"
    )
    return [RESULTS_LATE.broken(message, field="submitted_on")]


def _group(occupation: str, work_type: str, level: str, words: Counter[str]) -> GroupCount:
    return GroupCount(
        occupation,
        work_type,
        level,
        entered=words.total(),
        passed=words["合格"],
        failed=words["不合格"],
        absent=words["缺考"],
        violation=words["违纪"],
        deferred=words["缓考"],
        unfinished=words["未完成"],
    )
