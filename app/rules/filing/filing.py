"""Would the filing of this batch be sent back, and for what?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core.errors import Problem
from app.core.rule import Rule
from app.core.wording import shown_day
from app.rules.bodies.approved_scope import (
    ApprovedItem,
    approved_level_problems,
    body_problems,
    work_type_problems,
)
from app.rules.commissions.authority import authority_problems
from app.rules.exam.arrangement import arrangement_problems
from app.rules.exam.clashes import assessor_problems, room_problems, supervisor_clash_problems
from app.rules.exam.examiners import card_problems, colleague_problems
from app.rules.exam.papers import paper_cover_problems, paper_problems
from app.rules.exam.staffing import (
    assessor_count_problems,
    capacity_problems,
    invigilator_problems,
    supervisor_room_problems,
)
from app.rules.filing.filing_facts import CommissionFacts, FilingFacts, HeadCount
from app.rules.filing.materials import material_problems
from app.rules.filing.plan import plan_problems
from app.rules.filing.sites import site_problems
from app.rules.filing.submission import submission_problems
from app.rules.reference.level import NOTICE_LEVELS, LevelName
from app.rules.reference.phone import phone_problems
from app.rules.sign_up.sign_up import (
    certified_problems,
    double_problems,
    employer_problems,
    level_order_problems,
    merged,
    person_problems,
    sign_up_problems,
    sittings_by_row,
)
from app.rules.terms import NOTICE_TERMS, Terms
from app.rules.workdays import WorkCalendar

ROSTER_EMPTY = Rule(
    "roster_empty",
    "报送的名册不为空",
    "roster_problems",
    clause="流程五",
    remedy="导入参评人员名册",
    number="5-09",
)
COMMISSION_MISSING = Rule(
    "commission_missing",
    "为其他企业职工开展认定的，有委托函",
    "commission_problems",
    clause="流程一",
    remedy="登记委托评价，由有权限的中心出具委托函后在批次中选择",
    number="1-09",
)
COMMISSION_NOT_IN_FORCE = Rule(
    "commission_not_in_force",
    "委托函已出具，并在报送日和所有考试日有效",
    "commission_problems",
    clause="流程一",
    remedy="请有权限的中心出具或延续委托函，或在批次中换有效的委托",
    number="1-10",
)
PROMISE_MISSING = Rule(
    "promise_missing",
    "已登记公开的待遇承诺",
    "promise_problems",
    clause="流程六",
    remedy="公开企业兑现待遇的承诺后，在批次中勾选“待遇承诺已公开”",
    number="6-16",
)
COMPLAINT_PHONE_MISSING = Rule(
    "complaint_phone_missing",
    "已登记公开的监督举报电话",
    "promise_problems",
    clause="流程六",
    remedy="在批次中填写向参评人员公开的监督举报电话",
    number="6-17",
)


def filing_problems(
    facts: FilingFacts,
    calendar: WorkCalendar,
    *,
    approved: Sequence[ApprovedItem],
    levels: Sequence[LevelName] = NOTICE_LEVELS,
    terms: Terms = NOTICE_TERMS,
) -> list[Problem]:
    """Return everything for which the reviewing centre would send the filing back."""
    return [
        *body_problems(facts.body, facts.exam_days),
        *commission_problems(facts),
        *plan_problems(facts),
        *roster_problems(facts.roster),
        *sign_up_problems(facts.sign_up),
        *approved_group_problems(facts.roster, approved, facts.exam_first, levels),
        *_people_problems(facts, levels, terms),
        *material_problems(facts.demands),
        *paper_problems(facts.papers, facts.exam_days),
        *paper_cover_problems(facts.papers, facts.roster, levels),
        *arrangement_problems(facts, levels),
        *_examiner_problems(facts),
        *promise_problems(facts.promise, facts.complaint_phone),
        *submission_problems(
            facts.submitted_on, facts.exam_first, calendar, terms, facts.late_exception
        ),
    ]


def _people_problems(
    facts: FilingFacts, levels: Sequence[LevelName], terms: Terms
) -> list[Problem]:
    sittings = sittings_by_row(facts.people, facts.sessions)
    return [
        *person_problems(facts.people, facts.exam_first, levels, terms.minimum_age),
        *(employer_problems(facts.people, facts.enterprise) if facts.commissioned else ()),
        *double_problems(facts.doubles, sittings),
        *certified_problems(facts.certified),
        *level_order_problems(facts.people, levels),
    ]


def _examiner_problems(facts: FilingFacts) -> list[Problem]:
    sessions, norms = facts.sessions, facts.staffing
    return [
        *room_problems(sessions, facts.elsewhere),
        *assessor_problems(sessions, facts.elsewhere),
        *supervisor_clash_problems(sessions, facts.elsewhere),
        *card_problems(sessions),
        *assessor_count_problems(sessions, norms),
        *invigilator_problems(sessions, norms),
        *colleague_problems(sessions, facts.people, norms, own_staff=facts.own_staff),
        *supervisor_room_problems(sessions, norms),
        *capacity_problems(sessions, facts.sites),
        *site_problems(sessions, facts.sites, facts.city),
    ]


def roster_problems(roster: Sequence[HeadCount]) -> list[Problem]:
    """Object to a roster without candidates."""
    if sum(group.count for group in roster) > 0:
        return []
    return [ROSTER_EMPTY.broken("名册为空，请先导入参评人员名册", field="candidates")]


def approved_group_problems(
    roster: Sequence[HeadCount],
    approved: Sequence[ApprovedItem],
    on: date | None,
    levels: Sequence[LevelName] = NOTICE_LEVELS,
) -> list[Problem]:
    """Object to groups outside the body's scope, which may have changed since the import."""
    found: list[Problem] = []
    for group in roster:
        pair = (group.occupation, group.work_type)
        outside = work_type_problems(*pair, approved, on=on) or approved_level_problems(
            *pair, group.level, approved, on=on, levels=levels
        )
        found += [replace(problem, rows=group.rows) for problem in outside]
    return merged(found)


def commission_problems(facts: FilingFacts) -> list[Problem]:
    """Return at most one problem with the commission, which only enterprise staff need."""
    letter = facts.commission
    if letter is None:
        if not facts.commissioned:
            return []
        message = "参评人员是委托企业职工，尚无委托函，请先由有权限的中心出具委托函"
        return [COMMISSION_MISSING.broken(message, field="commission")]
    fault = _commission_fault(letter, [facts.submitted_on, *facts.exam_days])
    if fault:
        message = f"委托函“{letter.number}”{fault}，请核对委托函"
        return [COMMISSION_NOT_IN_FORCE.broken(message, field="commission")]
    if letter.authority is None:
        return []
    return [replace(one, field="commission") for one in authority_problems(letter.authority)]


def _commission_fault(letter: CommissionFacts, days: Sequence[date]) -> str:
    """Return why the letter is not in force on all of ``days``; empty if it is."""
    first, last = min(days), max(days)
    if not letter.in_force:
        return "尚未出具或已终止"
    if letter.issued_on is None:
        return "没有登记出具日期"
    if letter.issued_on > first:
        return f"{shown_day(letter.issued_on)}才出具，报送和考试自{shown_day(first)}起"
    if letter.valid_to is not None and letter.valid_to < last:
        return f"有效期到{shown_day(letter.valid_to)}止，报送和考试到{shown_day(last)}"
    return ""


def promise_problems(promise: str, complaint_phone: str) -> list[Problem]:
    """Object where the promise or the complaint telephone was not made public."""
    found: list[Problem] = []
    if not promise.strip():
        message = "未登记公开的待遇承诺，请填写企业兑现待遇的承诺"
        found.append(PROMISE_MISSING.broken(message, field="promise"))
    if not complaint_phone.strip():
        message = "未登记监督举报电话，请填写并向参评人员公开"
        found.append(COMPLAINT_PHONE_MISSING.broken(message, field="complaint_phone"))
    return found + phone_problems(complaint_phone, field="complaint_phone", service=True)
