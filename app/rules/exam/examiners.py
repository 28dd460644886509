"""Does every examiner hold a valid card for the occupation, and is none a candidate's colleague?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.core.wording import fold, shown_day
from app.rules.exam.exam_facts import SessionFacts, rows_of
from app.rules.exam.staffing import norm_for
from app.rules.filing.filing_facts import StaffingNorm
from app.rules.sign_up.roster import CandidateRow

ASSESSOR_CARD = Rule(
    "assessor_card",
    "考评员证卡在考试日有效",
    "card_problems",
    clause="流程六",
    basis=INFERRED,
    remedy="在“考评员”中更新证卡有效期，或换持有效证卡的考评员",
    number="6-11",
)
ASSESSOR_OCCUPATION = Rule(
    "assessor_occupation",
    "考评员证卡包含所考职业",
    "card_problems",
    clause="流程六",
    basis=INFERRED,
    remedy="换持有该职业证卡的考评员，或在“考评员”中补登考评职业",
    number="6-12",
)
ASSESSOR_OCCUPATION_UNKNOWN = Rule(
    "assessor_occupation_unknown",
    "考评员证卡已登记考评职业，否则不能判断",
    "card_problems",
    basis=INFERRED,
    severity="warning",
    remedy="按证卡在“考评员”中补登考评职业",
    number="0-37",
)
SUPERVISOR_CARD = Rule(
    "supervisor_card",
    "督导员证卡在考试日有效",
    "card_problems",
    clause="流程六",
    basis=INFERRED,
    remedy="请发证中心更新督导员证卡有效期，或换持有效证卡的督导员",
    number="6-13",
)
ASSESSOR_COLLEAGUE = Rule(
    "assessor_colleague",
    "考评员不是所考人员的同单位人员（“考务人员配备”中设定；用人单位评价本单位员工的除外）",
    "colleague_problems",
    basis=CENTRE,
    severity="warning",
    remedy="换其他单位的考评员，或请中心在“考务人员配备”中确认允许",
    number="0-38",
)


def card_problems(sessions: Sequence[SessionFacts]) -> list[Problem]:
    """Object to assessors and supervisors whose card does not cover the day or occupation."""
    lapsed: dict[tuple[Rule, str, date | None], list[SessionFacts]] = {}
    foreign: dict[tuple[Rule, str, str], list[SessionFacts]] = {}
    for one in sessions:
        for card in one.supervisors:
            if not card.valid_on(one.day):
                lapsed.setdefault((SUPERVISOR_CARD, card.name, one.day), []).append(one)
        for card in one.assessors:
            if not card.valid_on(one.day):
                lapsed.setdefault((ASSESSOR_CARD, card.name, one.day), []).append(one)
            if one.occupation not in card.occupations:
                rule = ASSESSOR_OCCUPATION if card.occupations else ASSESSOR_OCCUPATION_UNKNOWN
                foreign.setdefault((rule, card.name, one.occupation), []).append(one)
    return [
        *(
            rule.broken(
                f"{_who(rule)}“{name}”的证卡在{shown_day(day) if day else '考试日'}不在有效期内",
                field="supervisors" if rule is SUPERVISOR_CARD else "assessors",
                rows=rows_of(met),
            )
            for (rule, name, day), met in lapsed.items()
        ),
        *(
            rule.broken(_foreign(rule, name, job), field="assessors", rows=rows_of(met))
            for (rule, name, job), met in foreign.items()
        ),
    ]


def colleague_problems(
    sessions: Sequence[SessionFacts],
    people: Sequence[CandidateRow],
    norms: Sequence[StaffingNorm],
    *,
    own_staff: bool = False,
) -> list[Problem]:
    """Object to assessors who have the same employer as candidates whom they examine.

    Skipped where an employer evaluates its own staff (``own_staff``).
    """
    if own_staff:
        return []
    employers: dict[tuple[str, str, str | None], set[str]] = {}
    for person in people:
        group = (person.occupation or "", person.work_type or "", person.level)
        employers.setdefault(group, set()).add(fold(person.employer))
    met: dict[tuple[str, str, str], list[SessionFacts]] = {}
    for one in sessions:
        norm = norm_for(norms, one.occupation, one.day)
        there = employers.get((one.occupation, one.work_type, one.level), set())
        if norm is None or norm.own_employer is None:
            continue
        for card in one.assessors:
            if fold(card.employer) and fold(card.employer) in there:
                met.setdefault((card.name, card.employer, norm.own_employer), []).append(one)
    return [
        ASSESSOR_COLLEAGUE.broken(
            f"考评员“{name}”与所考人员同在“{employer}”",
            field="assessors",
            rows=rows_of(ones),
            severity="error" if severity == "error" else "warning",
        )
        for (name, employer, severity), ones in met.items()
    ]


def _who(rule: Rule) -> str:
    return "督导员" if rule is SUPERVISOR_CARD else "考评员"


def _foreign(rule: Rule, name: str, occupation: str) -> str:
    if rule is ASSESSOR_OCCUPATION:
        return f"考评员“{name}”的证卡不含职业“{occupation}”"
    return f"考评员“{name}”没有登记考评职业，不能判断能否考评“{occupation}”"
