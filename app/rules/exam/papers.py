"""Is every paper registered with a source, a printer under agreement and enough copies?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import shown_day
from app.rules.filing.filing_facts import HeadCount, PaperFacts
from app.rules.reference.level import NOTICE_LEVELS, LevelName, level_name

_SHOWN = 3

PAPER_MISSING = Rule(
    "paper_missing",
    "已登记试卷",
    "paper_problems",
    clause="流程四",
    remedy="在“试卷”中登记来源、印制方和保密协议",
    number="4-01",
)
PAPER_SOURCE_MISSING = Rule(
    "paper_source_missing",
    "试卷已登记来源（题库抽取，或结合岗位调整）",
    "paper_problems",
    clause="流程四",
    remedy="在“试卷”中选择题库抽取或结合岗位调整",
    number="4-02",
)
PRINTING_AGREEMENT = Rule(
    "printing_agreement",
    "印刷的试卷已登记印制方，保密协议在考试日有效",
    "paper_problems",
    clause="流程四",
    remedy="登记固定的有资质印制方和有效的保密协议，并在试卷中选上",
    number="4-03",
)
PAPER_GROUP_MISSING = Rule(
    "paper_group_missing",
    "名册上每个工种、等级都已登记试卷",
    "paper_cover_problems",
    clause="流程四",
    basis=INFERRED,
    severity="warning",
    remedy="在“试卷”中为这个工种、等级登记试卷",
    number="4-04",
)
PAPER_COPIES = Rule(
    "paper_copies",
    "印刷的试卷印数不少于参评人数",
    "paper_cover_problems",
    basis=INFERRED,
    severity="warning",
    remedy="加印，并在“试卷”中改正印数",
    number="0-39",
)


def paper_problems(papers: Sequence[PaperFacts], exam_days: Sequence[date]) -> list[Problem]:
    """Return one problem per missing detail, naming all papers without it."""
    if not papers:
        message = "尚未登记试卷，请登记试卷来源、印制方和保密协议"
        return [PAPER_MISSING.broken(message, field="papers")]
    found: list[Problem] = []
    without = [paper for paper in papers if not paper.source.strip()]
    if without:
        message = f"试卷{_titles(without)}未登记来源，请选择题库抽取或结合岗位调整"
        found.append(PAPER_SOURCE_MISSING.broken(message, field="papers"))
    unbound: dict[str, list[PaperFacts]] = {}
    for paper in papers:
        if paper.printed and not _agreement_covers(paper, exam_days):
            unbound.setdefault(_fault(paper), []).append(paper)
    for fault, ones in unbound.items():
        message = f"试卷{_titles(ones)}{fault}，请登记固定的有资质印制方和有效的保密协议"
        found.append(PRINTING_AGREEMENT.broken(message, field="papers"))
    return found


def _titles(papers: Sequence[PaperFacts]) -> str:
    shown = "、".join(f"“{paper.title}”" for paper in papers[:_SHOWN])
    return f"{shown}等{len(papers)}份" if len(papers) > _SHOWN else shown


def _fault(paper: PaperFacts) -> str:
    if not paper.printer.strip() or paper.agreement_from is None:
        return "未登记印制方和保密协议"
    ends = shown_day(paper.agreement_to) if paper.agreement_to else "长期"
    period = f"{shown_day(paper.agreement_from)}至{ends}"
    return f"与“{paper.printer}”的保密协议（{period}）在考试日无效"


def paper_cover_problems(
    papers: Sequence[PaperFacts],
    roster: Sequence[HeadCount],
    levels: Sequence[LevelName] = NOTICE_LEVELS,
) -> list[Problem]:
    """Warn of roster groups without a paper, and of printed papers with too few copies.

    Returns nothing where there is no paper at all, which ``paper_problems`` reports.
    """
    found: list[Problem] = []
    for group in roster if papers else ():
        named = f"{group.work_type}{level_name(group.level, levels)}"
        mine = [p for p in papers if (p.work_type, p.level) == (group.work_type, group.level)]
        copies = sum(paper.copies for paper in mine)
        if not mine:
            message = f"{named}还没有登记试卷"
            found.append(PAPER_GROUP_MISSING.broken(message, field="papers", rows=group.rows))
        elif any(paper.printed for paper in mine) and copies < group.count:
            message = f"{named}的试卷印了{copies}份，名册有{group.count}人"
            found.append(PAPER_COPIES.broken(message, field="papers"))
    return found


def _agreement_covers(paper: PaperFacts, exam_days: Sequence[date]) -> bool:
    if not paper.printer.strip() or paper.agreement_from is None:
        return False
    ends = paper.agreement_to
    return all(paper.agreement_from <= day and (ends is None or day <= ends) for day in exam_days)
