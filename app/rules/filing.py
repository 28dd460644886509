"""Would the filing of this batch be sent back, and for what?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.errors import Problem
from app.rules.arrangement import arrangement_problems
from app.rules.filing_facts import FilingFacts, HeadCount, PaperFacts
from app.rules.level import NOTICE_LEVELS, LevelName
from app.rules.phone import phone_problems
from app.rules.rule import Rule
from app.rules.scope import (
    ScopeItem,
    body_problems,
    level_scope_problems,
    work_type_problems,
)
from app.rules.submission import submission_problems
from app.rules.terms import NOTICE_TERMS, Terms
from app.rules.workdays import WorkCalendar

ROSTER_EMPTY = Rule("roster_empty", "报送的名册不为空", "roster_problems", clause="流程五")
PLAN_UNPUBLISHED = Rule(
    "plan_unpublished", "认定计划在报送备案之前已公布", "plan_problems", clause="流程二"
)
COMMISSION_MISSING = Rule(
    "commission_missing",
    "为其他企业职工开展认定的，有委托函",
    "commission_problems",
    clause="流程一",
)
COMMISSION_NOT_IN_FORCE = Rule(
    "commission_not_in_force",
    "委托函已出具，并在报送日和所有考试日有效",
    "commission_problems",
    clause="流程一",
)
PAPER_MISSING = Rule("paper_missing", "已登记试卷", "paper_problems", clause="流程四")
PAPER_SOURCE_MISSING = Rule(
    "paper_source_missing",
    "试卷已登记来源（题库抽取，或结合岗位调整）",
    "paper_problems",
    clause="流程四",
)
PRINTING_AGREEMENT = Rule(
    "printing_agreement",
    "印刷的试卷已登记印制方，保密协议在考试日有效",
    "paper_problems",
    clause="流程四",
)
PROMISE_MISSING = Rule("promise_missing", "已登记公开的待遇承诺", "promise_problems", "流程六")
COMPLAINT_PHONE_MISSING = Rule(
    "complaint_phone_missing", "已登记公开的监督举报电话", "promise_problems", "流程六"
)


def filing_problems(
    facts: FilingFacts,
    calendar: WorkCalendar,
    *,
    scope: Sequence[ScopeItem],
    levels: Sequence[LevelName] = NOTICE_LEVELS,
    terms: Terms = NOTICE_TERMS,
) -> list[Problem]:
    """Everything for which the reviewing centre would send the filing back, all at once."""
    return [
        *body_problems(facts.body, facts.exam_days),
        *commission_problems(facts),
        *plan_problems(facts),
        *roster_problems(facts.roster),
        *group_scope_problems(facts.roster, scope, facts.exam_first, levels),
        *paper_problems(facts.papers, facts.exam_days),
        *arrangement_problems(facts, levels),
        *promise_problems(facts.promise, facts.complaint_phone),
        *submission_problems(
            facts.submitted_on, facts.exam_first, calendar, terms, facts.late_exception
        ),
    ]


def roster_problems(roster: Sequence[HeadCount]) -> list[Problem]:
    """An objection to a roster without candidates."""
    if sum(group.count for group in roster) > 0:
        return []
    return [ROSTER_EMPTY.broken("名册为空，请先导入参评人员名册", field="candidates")]


def group_scope_problems(
    roster: Sequence[HeadCount],
    scope: Sequence[ScopeItem],
    on: date | None,
    levels: Sequence[LevelName] = NOTICE_LEVELS,
) -> list[Problem]:
    """Objections to groups outside the scope, which may have changed since they were imported."""
    found: list[Problem] = []
    for group in roster:
        pair = (group.occupation, group.work_type)
        found += work_type_problems(*pair, scope, on=on) or level_scope_problems(
            *pair, group.level, scope, on=on, levels=levels
        )
    return list(dict.fromkeys(found))


def plan_problems(facts: FilingFacts) -> list[Problem]:
    """An objection where the plan was not public when the filing was sent."""
    published = facts.plan_published_on
    if published is not None and published <= facts.submitted_on:
        return []
    message = "认定计划尚未公布，请先公布评价安排、报名条件和评价内容"
    return [PLAN_UNPUBLISHED.broken(message, field="plan")]


def commission_problems(facts: FilingFacts) -> list[Problem]:
    """At most one objection to the commission; none is needed for a body's own staff."""
    letter = facts.commission
    if letter is None:
        if not facts.commissioned:
            return []
        message = "参评人员是委托企业职工，尚无委托函，请先由有权限的中心出具委托函"
        return [COMMISSION_MISSING.broken(message, field="commission")]
    days = [facts.submitted_on, *facts.exam_days]
    begun = letter.issued_on is not None and letter.issued_on <= min(days)
    if letter.in_force and begun and (letter.valid_to is None or max(days) <= letter.valid_to):
        return []
    message = (
        f"委托函“{letter.number}”尚未出具、已撤销，或在报送日、考试日不在有效期内，请核对委托函"
    )
    return [COMMISSION_NOT_IN_FORCE.broken(message, field="commission")]


def paper_problems(papers: Sequence[PaperFacts], exam_days: Sequence[date]) -> list[Problem]:
    """Objections to the registered papers; one printed paper without agreement is enough."""
    if not papers:
        message = "尚未登记试卷，请登记试卷来源、印制方和保密协议"
        return [PAPER_MISSING.broken(message, field="papers")]
    found: list[Problem] = []
    for paper in papers:
        if not paper.source.strip():
            message = f"试卷“{paper.title}”未登记来源，请选择题库抽取或结合岗位调整"
            found.append(PAPER_SOURCE_MISSING.broken(message, field="papers"))
        if paper.printed and not _agreement_covers(paper, exam_days):
            message = (
                f"试卷“{paper.title}”未登记印制方，或其保密协议在考试日无效，"
                "请登记固定的有资质印制方和有效的保密协议"
            )
            found.append(PRINTING_AGREEMENT.broken(message, field="papers"))
    return found


def promise_problems(promise: str, complaint_phone: str) -> list[Problem]:
    """Objections where the promise or the complaint telephone was not made public."""
    found: list[Problem] = []
    if not promise.strip():
        message = "未登记公开的待遇承诺，请填写企业兑现待遇的承诺"
        found.append(PROMISE_MISSING.broken(message, field="promise"))
    if not complaint_phone.strip():
        message = "未登记监督举报电话，请填写并向参评人员公开"
        found.append(COMPLAINT_PHONE_MISSING.broken(message, field="complaint_phone"))
    return found + phone_problems(complaint_phone, field="complaint_phone", service=True)


def _agreement_covers(paper: PaperFacts, exam_days: Sequence[date]) -> bool:
    if not paper.printer.strip() or paper.agreement_from is None:
        return False
    ends = paper.agreement_to
    return all(paper.agreement_from <= day and (ends is None or day <= ends) for day in exam_days)
