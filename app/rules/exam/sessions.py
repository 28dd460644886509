"""Is an exam session valid by itself and on the batch's days?"""

from __future__ import annotations

from datetime import date, datetime

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.core.wording import shown_day

MOST_HEADS = 99_999

TIMES_REVERSED = Rule(
    "times_reversed",
    "一场考试的结束时间晚于开始时间",
    "times_problems",
    basis=INFERRED,
    number="0-40",
)
HEADCOUNT = Rule(
    "headcount",
    f"一场考试的人数在1至{MOST_HEADS}之间",
    "headcount_problems",
    basis=INFERRED,
    number="0-41",
)
EXAM_NOT_REACHED = Rule(
    "exam_not_reached",
    "认定日期到了才开始考评",
    "beginning_problems",
    clause="流程六",
    number="6-14",
)
EXAM_NOT_OVER = Rule(
    "exam_not_over",
    "最后考试日到了才登记成绩录入完毕",
    "ending_problems",
    clause="流程六",
    basis=INFERRED,
    number="6-29",
)
TIME_ON_OTHER_DAY = Rule(
    "time_on_other_day",
    "考试时间写明的日期与这一行的认定日期一致，或在批次的认定日期之内",
    "other_day_problems",
    clause="流程五",
    basis="附件3",
    number="5-07",
)
EXAM_DATE_DIFFERS = Rule(
    "exam_date_differs",
    "导入的考务安排，日期在批次的认定日期之内",
    "day_problems",
    clause="流程五",
    basis=INFERRED,
    severity="warning",
    number="5-08",
)
DUPLICATE_SESSION = Rule(
    "duplicate_session",
    "考务安排表中没有工种、等级、时间、地点都相同的两行",
    "repeated_problems",
    basis=INFERRED,
    number="0-42",
)
SESSIONS_LEFT = Rule(
    "sessions_left",
    "再次导入的考务安排表包括已登记的各场考试",
    "left_problems",
    basis=CENTRE,
    severity="warning",
    number="0-43",
)


def times_problems(start: datetime | None, end: datetime | None, name: str) -> list[Problem]:
    """Object, in field ``name``, to an end that is not after the start."""
    if start is None or end is None or end > start:
        return []
    return [TIMES_REVERSED.broken("结束时间须晚于开始时间，请核对", field=name)]


def headcount_problems(heads: int) -> list[Problem]:
    """Object to a headcount below 1 or above ``MOST_HEADS``."""
    if heads <= 0:
        return [HEADCOUNT.broken("人数须大于 0", field="headcount")]
    if heads > MOST_HEADS:
        message = f"人数“{heads}”应在 1 至 {MOST_HEADS} 之间，请核对"
        return [HEADCOUNT.broken(message, field="headcount")]
    return []


def beginning_problems(today: date, exam_first: date) -> list[Problem]:
    """Object to starting the exam before its first day."""
    if today >= exam_first:
        return []
    message = f"认定日期是 {exam_first}，还没有到，不能开始考评"
    return [EXAM_NOT_REACHED.broken(message, field="exam_date")]


def ending_problems(today: date, exam_last: date) -> list[Problem]:
    """Object to calling the marks complete before the last exam day; they may be put down early."""
    if today >= exam_last:
        return []
    message = f"最后考试日是 {exam_last}，还没有到；成绩可以先录，录入完毕到那天再登记"
    return [EXAM_NOT_OVER.broken(message, field="exam_end")]


def other_day_problems(written: str, day: date, field: str, *, agrees: bool) -> list[Problem]:
    """Object to hours on a day that is neither the row's nor one of the batch's."""
    if agrees:
        return []
    message = f"考试时间“{written}”与认定日期{shown_day(day)}不一致，请核对"
    return [TIME_ON_OTHER_DAY.broken(message, field=field)]


def day_problems(day: date, first: date, last: date) -> list[Problem]:
    """Warn where a row's day is outside the batch's exam days."""
    if first <= day <= last:
        return []
    message = f"批次的认定日期是{shown_day(first)}，这一场是{shown_day(day)}，报送前须改为一致"
    return [EXAM_DATE_DIFFERS.broken(message, field="exam_date")]


def repeated_problems(row: int, earlier: int) -> list[Problem]:
    """Object to a row that repeats an earlier one; ``earlier`` is the first such row."""
    if row == earlier:
        return []
    message = f"与第{earlier}行的工种、等级、时间、地点都相同，请删去重复的一行"
    return [DUPLICATE_SESSION.broken(message, field="work_type", row=row)]


def left_problems(left: int) -> list[Problem]:
    """Warn that ``left`` stored sessions are not in the sheet."""
    if not left:
        return []
    message = f"批次里另有 {left} 场考试不在这张表中，导入后照旧保留；不再举行的请手工删除"
    return [SESSIONS_LEFT.broken(message)]
