"""Does the exam arrangement fit the roster, the declared days and the notice?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.errors import Problem
from app.rules.filing_facts import FilingFacts, HeadCount, SessionFacts
from app.rules.level import NOTICE_LEVELS, LevelName, level_name
from app.rules.rule import INFERRED, Rule
from app.rules.wording import fold, shown_day

EXAM_DATE_MISSING = Rule(
    "exam_date_missing", "已确定首个考试日期", "exam_date_problems", clause="流程五"
)
EXAM_DATES_DIFFER = Rule(
    "exam_dates_differ",
    "考务安排的日期与批次的考试日期一致",
    "exam_date_problems",
    clause="流程五",
    basis=INFERRED,
)
SESSIONS_MISSING = Rule(
    "sessions_missing", "已编制考务安排表", "coverage_problems", clause="流程五"
)
SESSION_HEAD_COUNT = Rule(
    "session_head_count",
    "考务安排的人数按职业、工种、等级与名册一致",
    "coverage_problems",
    clause="流程五",
    basis="附件3",
)
SUPERVISOR_MISSING = Rule(
    "supervisor_missing", "每场考试都已指定督导员", "supervisor_problems", clause="流程六"
)

_Group = tuple[str, str, str]


def arrangement_problems(
    facts: FilingFacts, levels: Sequence[LevelName] = NOTICE_LEVELS
) -> list[Problem]:
    """All objections to the exam days, the head counts and the supervisors."""
    return [
        *exam_date_problems(facts),
        *coverage_problems(facts.roster, facts.sessions, levels),
        *supervisor_problems(facts.sessions),
    ]


def exam_date_problems(facts: FilingFacts) -> list[Problem]:
    """At most one objection to the declared exam days beside those of the sessions."""
    first, last = facts.exam_first, facts.exam_last
    if first is None:
        return [EXAM_DATE_MISSING.broken("未填考试日期，请填写首个考试日", field="exam_date")]
    if last is not None and last < first:
        message = f"最后考试日{shown_day(last)}早于首个考试日{shown_day(first)}，请改正"
        return [EXAM_DATES_DIFFER.broken(message, field="exam_date")]
    days = [session.day for session in facts.sessions if session.day is not None]
    if not days or (min(days) == first and (last is None or max(days) == last)):
        return []
    declared = shown_day(first) if last is None else f"{shown_day(first)}至{shown_day(last)}"
    arranged = "、".join(shown_day(day) for day in sorted(set(days)))
    message = f"批次考试日期为{declared}，考务安排的日期为{arranged}，请改为一致"
    return [EXAM_DATES_DIFFER.broken(message, field="exam_date")]


def coverage_problems(
    roster: Sequence[HeadCount],
    sessions: Sequence[SessionFacts],
    levels: Sequence[LevelName] = NOTICE_LEVELS,
) -> list[Problem]:
    """One objection per group whose numbers differ; none where the roster itself is empty."""
    enrolled, arranged = _roster_counts(roster), _session_counts(sessions)
    if not enrolled:
        return []
    if not sessions:
        message = "尚无考务安排，请导入或录入考务安排表"
        return [SESSIONS_MISSING.broken(message, field="sessions")]
    return [
        _difference(group, enrolled[group], arranged[group], sessions, levels)
        for group in dict.fromkeys([*enrolled, *arranged])
        if enrolled[group] != arranged[group]
    ]


def supervisor_problems(sessions: Sequence[SessionFacts]) -> list[Problem]:
    """One objection naming every session without a supervisor."""
    bare = [s for s in sessions if not any(name.strip() for name in s.supervisors)]
    if not bare:
        return []
    names = "、".join(dict.fromkeys(session.work_type or session.occupation for session in bare))
    message = f"{len(bare)}场考试未指定督导员（{names}），请在考务安排中填写"
    row = bare[0].row if len(bare) == 1 else None
    return [SUPERVISOR_MISSING.broken(message, field="supervisors", row=row)]


def _roster_counts(roster: Sequence[HeadCount]) -> Counter[_Group]:
    counts: Counter[_Group] = Counter()
    for group in roster:
        counts[_key(group)] += group.count
    return +counts


def _session_counts(sessions: Sequence[SessionFacts]) -> Counter[_Group]:
    counts: Counter[_Group] = Counter()
    for session in sessions:
        counts[_key(session)] += session.count
    return +counts


def _key(of: HeadCount | SessionFacts) -> _Group:
    occupation = fold(of.occupation)
    return occupation, fold(of.work_type) or occupation, of.level


def _difference(
    group: _Group,
    enrolled: int,
    arranged: int,
    sessions: Sequence[SessionFacts],
    levels: Sequence[LevelName],
) -> Problem:
    rows = [session.row for session in sessions if _key(session) == group]
    message = (
        f"{group[1]}{level_name(group[2], levels)}：名册{enrolled}人，考务安排{arranged}人，"
        f"{'多' if arranged > enrolled else '少'}{abs(arranged - enrolled)}人，请改正考务安排"
    )
    return SESSION_HEAD_COUNT.broken(message, field="sessions", row=rows[0] if rows else None)
