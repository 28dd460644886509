"""Is the filing submitted early enough before the exam, and by which arithmetic?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.core.wording import shown_day
from app.rules.terms import NOTICE_TERMS, Terms
from app.rules.workdays import NoCalendar, WorkCalendar

FILING_LATE = Rule(
    "filing_late",
    "报送日与首个考试日之间至少有5个完整工作日（首尾两日不计）",
    "submission_problems",
    clause="流程五",
    basis=INFERRED,
    remedy="改期到最早可考的日期，或请评价所在地市中心管理员写明原因批准逾期报送",
    number="5-12",
)
FILING_AFTER_EXAM = Rule(
    "filing_after_exam",
    "备案在考试之前报送并审核；批准逾期只能缩短5个工作日，不能越过考试日",
    "after_exam_problems",
    clause="流程五",
    remedy="请改定还没有到的认定日期，重新报送",
    number="5-25",
)
FILING_LATE_EXCEPTED = Rule(
    "filing_late_excepted",
    "不足5个工作日而经中心批准例外的，注明原因",
    "submission_problems",
    clause="流程五",
    severity="warning",
    remedy="不必处理；批准的原因会印在备案表上",
    number="5-13",
)
NO_CALENDAR = Rule(
    "no_calendar",
    "考试所涉年份已有工作日历，否则不推算",
    "submission_problems",
    clause="流程五",
    remedy="请中心录入该年的节假日（“基础数据”→“工作日调整”“自录日历年度”）",
    number="5-14",
)
EXCEPTION_NEEDLESS = Rule(
    "exception_needless",
    "报送来得及的，不批准逾期报送",
    "exception_problems",
    clause="流程五",
    basis=CENTRE,
    number="5-15",
)
EXCEPTION_TWICE = Rule(
    "exception_twice",
    "同一认定日期已批准逾期报送的，不重复批准",
    "exception_problems",
    clause="流程五",
    basis=CENTRE,
    number="5-16",
)
EXCEPTION_MISSING = Rule(
    "exception_missing",
    "批准过逾期报送的，才有批准可以撤销",
    "revocation_problems",
    clause="流程五",
    basis=CENTRE,
    number="5-17",
)
EXCEPTION_OWN = Rule(
    "exception_own",
    "批准逾期报送的人不办理该批次的报送",
    "own_exception_problems",
    clause="流程五",
    basis=CENTRE,
    number="5-18",
)


def submission_problems(
    submitted: date,
    exam_first: date | None,
    calendar: WorkCalendar,
    terms: Terms = NOTICE_TERMS,
    exception: str = "",
) -> list[Problem]:
    """Return at most one problem with submitting on that day (流程五), with the arithmetic.

    ``exception`` is the text of a permission to submit late, which turns it into a warning; after
    the exam has begun no permission helps.
    A missing exam day is left to ``arrangement_problems``.
    """
    if exam_first is None:
        return []
    if submitted >= exam_first:
        return after_exam_problems(submitted, exam_first, filed=False)
    try:
        if submitted <= calendar.latest_submission(exam_first, terms.filing_whole_days):
            return []
        message = late_arithmetic(submitted, exam_first, calendar, terms)
    except NoCalendar as missing:
        return [NO_CALENDAR.broken(missing.message, field="exam_date")]
    if exception.strip():
        message = f"{message}。{exception.strip()}"
        return [FILING_LATE_EXCEPTED.broken(message, field="exam_date")]
    return [FILING_LATE.broken(message, field="exam_date")]


def after_exam_problems(today: date, exam_first: date | None, *, filed: bool) -> list[Problem]:
    """Object to a filing that the exam has overtaken.

    It is submitted before the first exam day, and reviewed (``filed``) on that day at the latest.
    """
    if exam_first is None or today < exam_first or (filed and today == exam_first):
        return []
    what = "审核备案" if filed else "报送备案或批准逾期报送"
    message = f"首个考试日{shown_day(exam_first)}已到，今天{shown_day(today)}不能再{what}"
    return [FILING_AFTER_EXAM.broken(message, field="exam_date")]


def calendar_problems(
    exam_first: date, calendar: WorkCalendar, terms: Terms = NOTICE_TERMS
) -> list[Problem]:
    """Object to an exam day before which working days cannot be counted."""
    try:
        calendar.latest_submission(exam_first, terms.filing_whole_days)
    except NoCalendar as missing:
        return [NO_CALENDAR.broken(missing.message, field="exam_date")]
    return []


def late_arithmetic(
    submitted: date, exam: date, calendar: WorkCalendar, terms: Terms = NOTICE_TERMS
) -> str:
    """Explain in words how late the filing is, which days count and what would be in time.

    Raises NoCalendar.
    """
    need = terms.filing_whole_days
    latest = calendar.latest_submission(exam, need)
    wanted = calendar.days_before_exam(latest, exam)[-need:]
    there = len(calendar.days_before_exam(submitted, exam))
    late = (submitted - latest).days
    earliest = calendar.earliest_exam(submitted, need)
    unusual = _unusual(calendar, latest, exam)
    return (
        f"{shown_day(exam)}考试，之前须有{need}个完整工作日：{_listed(wanted)}{unusual}；"
        f"最晚{shown_day(latest)}报送，今天{shown_day(submitted)}，只剩{there}个工作日，迟{late}天；"
        f"今天报送，考试最早可安排在{shown_day(earliest)}"
    )


def exception_problems(
    today: date,
    exam: date,
    calendar: WorkCalendar,
    terms: Terms = NOTICE_TERMS,
    *,
    excepted: bool = False,
) -> list[Problem]:
    """Return at most one problem with permitting a late filing today for that exam day."""
    if excepted:
        message = "这个认定日期已经批准过逾期报送；要改原因，请先撤销再批准"
        return [EXCEPTION_TWICE.broken(message, field="exam_date")]
    found = submission_problems(today, exam, calendar, terms)
    if found:
        return [one for one in found if one.code != FILING_LATE.code]
    latest = calendar.latest_submission(exam, terms.filing_whole_days)
    message = (
        f"{shown_day(exam)}考试，最晚{shown_day(latest)}报送，现在还来得及，不需要批准逾期报送"
    )
    return [EXCEPTION_NEEDLESS.broken(message, field="exam_date")]


def revocation_problems(*, given: bool) -> list[Problem]:
    """Object to revoking a permission that was never ``given``."""
    if given:
        return []
    return [EXCEPTION_MISSING.broken("这个批次没有批准过逾期报送，不需要撤销")]


def own_exception_problems(*, late: bool, by_submitter: bool) -> list[Problem]:
    """Object to a late filing that the same person permits and submits."""
    if not (late and by_submitter):
        return []
    message = "逾期报送是您批准的，请由评价机构或另一位经办人报送"
    return [EXCEPTION_OWN.broken(message)]


def _listed(days: Iterable[date]) -> str:
    """Write days grouped by month, e.g. 4月29、30日，5月6日."""
    months = groupby(days, key=lambda day: day.month)
    return "，".join(
        f"{month}月{'、'.join(str(day.day) for day in found)}日" for month, found in months
    )


def _unusual(calendar: WorkCalendar, start: date, end: date) -> str:
    """Write the days off and worked weekends between the two days, in brackets."""
    span = [start + timedelta(days=offset) for offset in range(1, (end - start).days)]
    unusual = [
        f"{_stretch(list(days))}{kind}"
        for kind, days in groupby(span, key=calendar.kind_of)
        if kind
    ]
    return f"（{'；'.join(unusual)}）" if unusual else ""


def _stretch(days: list[date]) -> str:
    """Write consecutive days, e.g. 5月1日至5日."""
    first, last = days[0], days[-1]
    if first == last:
        return f"{first.month}月{first.day}日"
    month = f"{last.month}月" if last.month != first.month else ""
    return f"{first.month}月{first.day}日至{month}{last.day}日"
