"""Has a candidate passed, given the marks and states of the papers?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import fold

PaperState = Literal["normal", "absent", "violation", "deferred"]
PaperName = Literal["theory", "practical", "review"]

STATE_NAMES: Mapping[PaperState, str] = {
    "normal": "正常",
    "absent": "缺考",
    "violation": "违纪",
    "deferred": "缓考",
}
PAPER_NAMES: Mapping[PaperName, str] = {
    "theory": "理论成绩",
    "practical": "实操成绩",
    "review": "综合评审成绩",
}
# The order matters: violation outranks absence where a remark names both.
_STATE_WORDS: tuple[tuple[PaperState, re.Pattern[str]], ...] = (
    ("violation", re.compile("违纪|违规|作弊|舞弊")),
    ("deferred", re.compile("缓考|延考")),
    ("absent", re.compile("缺考|缺席|未参考|未到考|旷考")),
)
_PAPER_WORDS: tuple[tuple[PaperName, re.Pattern[str]], ...] = (
    ("theory", re.compile("理论|笔试|机考")),
    ("practical", re.compile("实操|实作|操作|技能")),
    ("review", re.compile("综合评审|评审|答辩")),
)

MARK_RANGE = Rule(
    "mark_range", "成绩在0分至满分（默认100分）之间", "mark_problems", basis=INFERRED, number="0-72"
)
MARK_DECIMALS = Rule(
    "mark_decimals", "成绩至多一位小数", "mark_problems", basis=INFERRED, number="0-73"
)
MARK_WITH_STATE = Rule(
    "mark_with_state",
    "备注为缺考或缓考的科目没有成绩",
    "remark_problems",
    basis=INFERRED,
    number="0-74",
)


#: Levels with a comprehensive review unless the plan says otherwise: from 二级/技师 up.
REVIEW_LEVELS = frozenset({"2", "1", "T", "S"})
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class PaperRule:
    """A paper that applies: pass mark, full mark and weight in the total (percent)."""

    least: Decimal = Decimal(60)
    full: Decimal = HUNDRED
    weight: int | None = None


@dataclass(frozen=True)
class PassRule:
    """A pass rule: the papers that apply (None: does not) and the minimum total of 100, if any."""

    theory: PaperRule | None = PaperRule()
    practical: PaperRule | None = PaperRule()
    review: PaperRule | None = None
    total: Decimal | None = None

    @property
    def papers(self) -> dict[PaperName, PaperRule]:
        """The papers that apply, in exam order."""
        every: tuple[tuple[PaperName, PaperRule | None], ...] = (
            ("theory", self.theory),
            ("practical", self.practical),
            ("review", self.review),
        )
        return {name: asked for name, asked in every if asked is not None}


def usual_pass_rule(level: str) -> PassRule:
    """Return the usual pass rule: 60 of 100 per paper, with a review from 二级/技师 up."""
    return PassRule(review=PaperRule() if level in REVIEW_LEVELS else None)


@dataclass(frozen=True)
class Paper:
    """One paper: a mark (None: not entered) and a state. Absence is a state, not a mark of 0."""

    mark: Decimal | None = None
    state: PaperState = "normal"


@dataclass(frozen=True)
class Outcome:
    """An outcome: ``passed`` is None while open (缓考, 未完成); ``text`` is its Chinese word."""

    passed: bool | None
    text: Literal["合格", "不合格", "缺考", "违纪", "缓考", "未完成"]
    problems: tuple[Problem, ...] = ()


def outcome(papers: Mapping[PaperName, Paper], pass_rule: PassRule) -> Outcome:
    """Return the outcome: every paper that applies must pass, and the total if there is one.

    An impossible mark counts as not entered and its problem is returned. A violation or an absence
    in one paper fails the whole; a deferred paper leaves it undecided.
    """
    needed = [(papers.get(name, Paper()), asked, name) for name, asked in pass_rule.papers.items()]
    problems = tuple(
        p for one, asked, name in needed for p in mark_problems(one.mark, name, asked.full)
    )
    states = {paper.state for paper, _, _ in needed}
    if "violation" in states:
        return Outcome(passed=False, text="违纪", problems=problems)
    if "absent" in states:
        return Outcome(passed=False, text="缺考", problems=problems)
    sat = [(paper.mark, asked) for paper, asked, _ in needed if paper.state == "normal"]
    if problems or any(mark is None for mark, _ in sat):
        return Outcome(passed=None, text="未完成", problems=problems)
    marks = [(mark, asked) for mark, asked in sat if mark is not None]
    if any(mark < asked.least for mark, asked in marks):
        return Outcome(passed=False, text="不合格")
    if "deferred" in states:
        return Outcome(passed=None, text="缓考")
    if pass_rule.total is not None and total_of(marks) < pass_rule.total:
        return Outcome(passed=False, text="不合格")
    return Outcome(passed=True, text="合格")


def total_of(marks: Iterable[tuple[Decimal, PaperRule]]) -> Decimal:
    """Return the weighted total of 100 to two decimals; a paper without weight adds nothing."""
    parts = (mark * (asked.weight or 0) / asked.full for mark, asked in marks)
    return sum(parts, Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def mark_problems(mark: Decimal | None, field: str, full: Decimal = HUNDRED) -> list[Problem]:
    """Return at most one problem with a mark out of ``full``; None is accepted."""
    if mark is None:
        return []
    name = next((words for key, words in PAPER_NAMES.items() if key == field), "成绩")
    if not mark.is_finite() or not 0 <= mark <= full:
        message = f"{name}“{mark}”应在0至{shown_mark(full)}分之间，请改正"
        return [MARK_RANGE.broken(message, field=field)]
    if mark != mark.quantize(Decimal("0.1")):
        return [MARK_DECIMALS.broken(f"{name}“{mark}”至多一位小数，请改正", field=field)]
    return []


def shown_mark(mark: Decimal) -> str:
    """Return the mark without trailing zeros."""
    return f"{mark.normalize():f}"


def state_from_text(text: str | None) -> PaperState | None:
    """Return the state named in a remark or cell (缺考, 违纪, 作弊, 缓考 …), or None."""
    written = fold(text)
    return next((state for state, words in _STATE_WORDS if words.search(written)), None)


def papers_with_remark(
    papers: Mapping[PaperName, Paper], remark: str | None
) -> dict[PaperName, Paper]:
    """Return the papers with the states that the remark gives them.

    A remark that names a paper (实操缺考) applies to it. Otherwise 违纪 applies to all papers, and
    缺考 or 缓考 to those without a mark. A paper that already has a state keeps it.
    """
    marked = dict(papers)
    for part in re.split(r"[,、;。]", fold(remark)):
        state = state_from_text(part)
        named = _named_papers(part)
        for name, paper in marked.items():
            meant = name in named if named else state == "violation" or paper.mark is None
            if state is not None and meant and paper.state == "normal":
                marked[name] = Paper(paper.mark, state)
    return marked


def remark_problems(papers: Mapping[PaperName, Paper], remark: str | None) -> list[Problem]:
    """Object where the remark says 缺考 or 缓考 of papers that all have a mark."""
    found: list[Problem] = []
    for part in re.split(r"[,、;。]", fold(remark)):
        state, named = state_from_text(part), _named_papers(part)
        meant = [paper for name, paper in papers.items() if not named or name in named]
        contradicted = bool(meant) and all(paper.mark is not None for paper in meant)
        if state in ("absent", "deferred") and contradicted:
            message = f"备注为“{part}”，却填了成绩，请删去成绩或改正备注"
            found.append(MARK_WITH_STATE.broken(message, field="remark"))
    return found


def contradiction_problems(
    mark: Decimal | None, state: PaperState, field: str, label: str
) -> list[Problem]:
    """Object to a mark together with 缺考 or 缓考."""
    if mark is None or state not in ("absent", "deferred"):
        return []
    message = f"“{label}”填了分数又标了缺考或缓考，请只保留一项"
    return [MARK_WITH_STATE.broken(message, field=field)]


def _named_papers(text: str) -> frozenset[PaperName]:
    return frozenset(name for name, words in _PAPER_WORDS if words.search(text))
