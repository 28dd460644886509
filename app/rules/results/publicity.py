"""Was the publicity of results opened in time, and may it be closed now?"""

from __future__ import annotations

from datetime import date

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.core.wording import shown_day
from app.rules.terms import NOTICE_TERMS, Terms
from app.rules.workdays import NoCalendar, WorkCalendar

PUBLICITY_TOO_EARLY = Rule(
    "publicity_too_early",
    "公示在最后考试日之后开始",
    "publicity_begin_problems",
    "流程七",
    INFERRED,
    number="7-10",
)
PUBLICITY_LATE = Rule(
    "publicity_late",
    "考评结束后7个工作日内开始公示",
    "publicity_begin_problems",
    clause="流程七",
    severity="warning",
    number="7-11",
)
PUBLICITY_SHORT = Rule(
    "publicity_short",
    "公示期不少于中心规定的工作日数",
    "publicity_period_problems",
    "流程七",
    CENTRE,
    number="7-12",
)
PUBLICITY_NOT_OVER = Rule(
    "publicity_not_over",
    "公示期最后一日之前不得结束公示",
    "publicity_close_problems",
    "流程七",
    INFERRED,
    number="7-13",
)
OBJECTION_OPEN = Rule(
    "objection_open",
    "有未办结的异议不得结束公示、报送结果",
    "open_objection_problems",
    "流程七",
    INFERRED,
    number="7-14",
)
PUBLICITY_CALENDAR = Rule(
    "publicity_calendar",
    "公示所涉年份已有工作日历",
    "publicity_period_problems",
    clause="流程七",
    number="7-15",
)


def publicity_begin_problems(
    last_exam: date, opened: date, calendar: WorkCalendar, terms: Terms = NOTICE_TERMS
) -> list[Problem]:
    """Return at most one problem with the opening day (流程七); lateness is a warning."""
    if opened <= last_exam:
        message = f"最后考试日为{shown_day(last_exam)}，公示只能在此之后开始，请改公示开始日期"
        return [PUBLICITY_TOO_EARLY.broken(message, field="opened_on")]
    try:
        due = calendar.due(last_exam, terms.publicity_begin_workdays)
        if opened <= due:
            return []
        late = calendar.workdays_between(due, opened) + calendar.is_workday(opened)
    except NoCalendar as missing:
        return [PUBLICITY_CALENDAR.broken(missing.message, field="opened_on")]
    by = f"{late}个工作日" if late else f"{(opened - due).days}天"
    message = (
        f"公示应在考评结束后{terms.publicity_begin_workdays}个工作日内（至迟{shown_day(due)}）开始，"
        f"现为{shown_day(opened)}，迟{by}，请在批次说明中写明原因"
    )
    return [PUBLICITY_LATE.broken(message, field="opened_on")]


def publicity_period_problems(
    opened: date, ends: date, calendar: WorkCalendar, terms: Terms = NOTICE_TERMS
) -> list[Problem]:
    """Return at most one problem with a period from ``opened`` to ``ends`` inclusive."""
    days = terms.publicity_workdays
    try:
        earliest = calendar.due(opened, days)
    except NoCalendar as missing:
        return [PUBLICITY_CALENDAR.broken(missing.message, field="ends_on")]
    if ends >= earliest:
        return []
    message = (
        f"公示不少于{days}个工作日：{shown_day(opened)}开始，最早到{shown_day(earliest)}，"
        f"现为{shown_day(ends)}，请延长"
    )
    return [PUBLICITY_SHORT.broken(message, field="ends_on")]


def publicity_close_problems(today: date, ends: date, open_objections: int) -> list[Problem]:
    """Return all problems with closing the publicity today; its last day is ``ends``."""
    found: list[Problem] = []
    if today < ends:
        message = f"公示期到{shown_day(ends)}止，还有{(ends - today).days}天，期满后再结束"
        found.append(PUBLICITY_NOT_OVER.broken(message, field="ends_on"))
    return found + open_objection_problems(open_objections)


def open_objection_problems(number: int) -> list[Problem]:
    """Object to concluding the results while ``number`` objections are not settled."""
    if number <= 0:
        return []
    message = f"还有{number}件异议未办结，请先处理并填写结论；成立的，更正结果或写明维持的理由"
    return [OBJECTION_OPEN.broken(message, field="objections")]
