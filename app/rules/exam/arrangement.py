"""Does the exam arrangement fit the roster, the declared days and the notice?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import fold, shown_day
from app.rules.exam.exam_facts import PART_NAMES, Part, SessionFacts, Sitting, rows_of
from app.rules.filing.filing_facts import FilingFacts, HeadCount
from app.rules.reference.level import NOTICE_LEVELS, LevelName, level_name

EXAM_DATE_MISSING = Rule(
    "exam_date_missing",
    "已确定首个考试日期",
    "exam_date_problems",
    clause="流程五",
    remedy="在批次中填写认定日期",
    number="5-02",
)
EXAM_DATES_DIFFER = Rule(
    "exam_dates_differ",
    "考务安排的日期与批次的考试日期一致",
    "exam_date_problems",
    clause="流程五",
    basis=INFERRED,
    remedy="改正批次的认定日期、结束日期，或改正考务安排的日期",
    number="5-03",
)
SESSIONS_MISSING = Rule(
    "sessions_missing",
    "已编制考务安排表",
    "coverage_problems",
    clause="流程五",
    remedy="导入或录入考务安排表",
    number="5-04",
)
SESSION_HEAD_COUNT = Rule(
    "session_head_count",
    "考务安排的人数按职业、工种、等级与名册一致",
    "coverage_problems",
    clause="流程五",
    basis="附件3",
    remedy="按名册改正考务安排的人数；缺的组补一场，多的删去",
    number="5-05",
)
SUPERVISOR_MISSING = Rule(
    "supervisor_missing",
    "每场考试都已指定督导员",
    "supervisor_problems",
    clause="流程六",
    remedy="在考务安排中填写这一场的督导员",
    number="6-01",
)
SESSION_TIME_MISSING = Rule(
    "session_time_missing",
    "每场考试都写明理论、实操的考试时间和地点",
    "session_time_problems",
    clause="流程五",
    basis="附件3",
    severity="warning",
    remedy="在考务安排中补填；免考的科目在考试形式中注明“免考”",
    number="5-06",
)
SESSION_TIME_REVERSED = Rule(
    "session_time_reversed",
    "考试结束时间晚于开始时间",
    "session_time_problems",
    basis=INFERRED,
    remedy="在考务安排中改正考试时间",
    number="0-34",
)
_EXEMPT = "免"

_Group = tuple[str, str, str]


def arrangement_problems(
    facts: FilingFacts, levels: Sequence[LevelName] = NOTICE_LEVELS
) -> list[Problem]:
    """Return all problems with exam days, head counts, hours and supervisors."""
    return [
        *exam_date_problems(facts),
        *coverage_problems(facts.roster, facts.sessions, levels),
        *session_time_problems(facts.sessions),
        *supervisor_problems(facts.sessions),
    ]


def exam_date_problems(facts: FilingFacts) -> list[Problem]:
    """Return at most one problem where the declared exam days differ from the arranged ones.

    Without a last day the batch examines on one day only. Deadlines are counted from these days.
    """
    first, last = facts.exam_first, facts.exam_last
    if first is None:
        return [EXAM_DATE_MISSING.broken("未填考试日期，请填写首个考试日", field="exam_date")]
    if last is not None and last < first:
        message = f"最后考试日{shown_day(last)}早于首个考试日{shown_day(first)}，请改正"
        return [EXAM_DATES_DIFFER.broken(message, field="exam_date")]
    days, until = facts.arranged_days, last or first
    if not days or (days[0] == first and days[-1] == until):
        return []
    declared = shown_day(first) if until == first else f"{shown_day(first)}至{shown_day(until)}"
    arranged = "、".join(shown_day(day) for day in days)
    message = f"批次考试日期为{declared}，考务安排的日期为{arranged}，请改为一致"
    outside = [one for one in facts.sessions if _outside(one, first, until)]
    return [EXAM_DATES_DIFFER.broken(message, field="exam_date", rows=rows_of(outside))]


def _outside(session: SessionFacts, first: date, last: date) -> bool:
    starts = [one.start.date() for one in session.sittings if one.start is not None]
    days = [*starts, *([session.day] if session.day is not None else [])]
    return any(not first <= day <= last for day in days)


def coverage_problems(
    roster: Sequence[HeadCount],
    sessions: Sequence[SessionFacts],
    levels: Sequence[LevelName] = NOTICE_LEVELS,
) -> list[Problem]:
    """Return a problem per group whose roster and session counts differ.

    None if the roster is empty, since the filing objects to that itself.
    """
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
    """Return one problem that names every session without a supervisor."""
    bare = [session for session in sessions if not session.supervisors]
    if not bare:
        return []
    names = "、".join(dict.fromkeys(session.work_type or session.occupation for session in bare))
    message = f"{len(bare)}场考试未指定督导员（{names}），请在考务安排中填写"
    return [SUPERVISOR_MISSING.broken(message, field="supervisors", rows=rows_of(bare))]


def session_time_problems(sessions: Sequence[SessionFacts]) -> list[Problem]:
    """Object to hours that do not end after they begin; warn of missing hours or places.

    A paper whose form says 免考 needs neither. A session without any sittings (from a sheet with
    days and head counts only) counts as lacking both.
    """
    found = []
    reversed_ = [one for one in sessions if any(_reversed(s) for s in one.sittings)]
    if reversed_:
        message = f"{len(reversed_)}场考试的结束时间不晚于开始时间"
        rows = rows_of(reversed_)
        found.append(SESSION_TIME_REVERSED.broken(message, field="sessions", rows=rows))
    parts: tuple[Part, ...] = ("theory", "practical")
    for part in parts:
        bare = [one for one in sessions if _unwritten(one.of_part(part))]
        if bare:
            message = f"{len(bare)}场考试没有写明{PART_NAMES[part]}的时间或地点"
            rows = rows_of(bare)
            found.append(SESSION_TIME_MISSING.broken(message, field="sessions", rows=rows))
    return found


def _reversed(sitting: Sitting) -> bool:
    return sitting.start is not None and sitting.end is not None and sitting.end <= sitting.start


def _unwritten(sitting: Sitting | None) -> bool:
    if sitting is None:
        return True
    return _EXEMPT not in sitting.form and (sitting.start is None or not sitting.place.strip())


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
    rows = rows_of(session for session in sessions if _key(session) == group)
    message = (
        f"{group[1]}{level_name(group[2], levels)}：名册{enrolled}人，考务安排{arranged}人，"
        f"{'多' if arranged > enrolled else '少'}{abs(arranged - enrolled)}人，请改正考务安排"
    )
    return SESSION_HEAD_COUNT.broken(message, field="sessions", rows=rows)
