"""Which deadlines does the notice set for a batch, and which of them are met or overdue?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.core.wording import shown_day
from app.rules.archive.retention import keep_until
from app.rules.terms import NOTICE_TERMS, Terms
from app.rules.workdays import NoCalendar, WorkCalendar

#: State of a batch → key of its next deadline; other states have none.
PRESSING = {
    "draft": "latest_submission",
    "returned": "latest_submission",
    "filed": "publicity_begin",
    "examining": "publicity_begin",
    "scored": "publicity_begin",
    "publicising": "publicity_end",
    "results_returned": "results_due",
}

StandingKind = Literal["done", "done_late", "due", "overdue", "kept", "free", "hint", "unknown"]

#: ``by``: the last day to act. ``end``: the last day of a period that must run its full time.
#: ``hint``: what would be possible today. ``keep``: the last day of retention.
Role = Literal["by", "end", "hint", "keep"]


@dataclass(frozen=True)
class BatchDates:
    """The dates of a batch; None where something has not happened or is not fixed yet.

    ``drafted_on`` is today while the filing has not been submitted.
    """

    first_exam: date | None = None
    last_exam: date | None = None
    publicity_opened: date | None = None
    publicity_ended: date | None = None
    batch_ended: date | None = None
    drafted_on: date | None = None


@dataclass(frozen=True)
class Deadline:
    """A date that the notice sets. ``role`` says what ``due`` means.

    ``basis`` is the arithmetic in words. ``due`` is None where the calendar of the year is missing,
    which ``basis`` then says.
    """

    key: str
    label: str
    due: date | None
    clause: str
    basis: str
    role: Role = "by"


@dataclass(frozen=True)
class Standing:
    """How a deadline stands on a day: its kind, a number of calendar days and the words for it.

    ``workdays`` are the working days among ``days``; None where they are not counted.
    """

    kind: StandingKind
    days: int
    text: str
    workdays: int | None = None

    @property
    def full(self) -> str:
        """The words with the working days added, since the notice counts in them."""
        if self.workdays is None or not self.days:
            return self.text
        return f"{self.text}（{self.workdays}个工作日）"


def batch_deadlines(
    dates: BatchDates, calendar: WorkCalendar, terms: Terms = NOTICE_TERMS
) -> list[Deadline]:
    """Return the deadlines that follow from the dates, in the order of the procedure."""
    found = (
        _latest_submission(dates, calendar, terms),
        _earliest_exam(dates, calendar, terms),
        _publicity_begin(dates, calendar, terms),
        _publicity_end(dates, calendar, terms),
        _results(dates, calendar, terms),
        _keep(dates, "paper", terms),
        _keep(dates, "electronic", terms),
    )
    return [deadline for deadline in found if deadline is not None]


def next_deadline(
    state: str, dates: BatchDates, calendar: WorkCalendar, terms: Terms = NOTICE_TERMS
) -> Deadline | None:
    """Return the next deadline of a batch in ``state``, or None where nothing is due."""
    key = PRESSING.get(state)
    # The batch waits in the same state for its results once the publicity is over.
    if key == "publicity_end" and dates.publicity_ended is not None:
        key = "results_due"
    found = batch_deadlines(dates, calendar, terms)
    return next((one for one in found if one.key == key), None)


def standing(
    deadline: Deadline, done_on: date | None, today: date, calendar: WorkCalendar | None = None
) -> Standing:
    """Return whether the deadline is met, met late, due or overdue, and by how many days.

    Days are calendar days; with a ``calendar`` the working days among them are counted too.
    """
    due = deadline.due
    if due is None:
        return Standing("unknown", 0, deadline.basis)
    if deadline.role == "keep":
        return _keeping(due, today)
    if deadline.role == "hint":
        return Standing("hint", 0, deadline.basis)
    # A period that has run its full time cannot end too late; to act after the last day is late.
    if done_on is not None and (deadline.role == "end" or done_on <= due):
        return Standing("done", 0, "按时完成" if deadline.role == "by" else "已期满结束")
    late = ((done_on or today) - due).days
    worked = _workdays(calendar, due, done_on or today)
    if done_on is not None:
        return Standing("done_late", late, f"迟{late}天完成", worked)
    if late > 0:
        word = "已逾期" if deadline.role == "by" else "已期满"
        return Standing("overdue", late, f"{word}{late}天", worked)
    return Standing("due", -late, f"还有{-late}天" if late else "今天到期", worked)


def _workdays(calendar: WorkCalendar | None, one: date, other: date) -> int | None:
    """Count the working days between two days, excluding the earlier and including the later."""
    if calendar is None:
        return None
    first, last = min(one, other), max(one, other)
    try:
        return calendar.workdays_between(first, last) + (
            first != last and calendar.is_workday(last)
        )
    except NoCalendar:
        return None


def _keeping(due: date, today: date) -> Standing:
    left = (due - today).days
    if left >= 0:
        return Standing("kept", left, f"须保管至{shown_day(due)}，还有{left}天")
    return Standing("free", -left, f"保管期已满{-left}天")


def _counted(
    key: str,
    label: str,
    clause: str,
    basis: str,
    compute: Callable[[], date],
    role: Role = "by",
) -> Deadline:
    try:
        return Deadline(key, label, compute(), clause, basis, role)
    except NoCalendar as missing:
        return Deadline(key, label, None, clause, missing.message)


def _latest_submission(dates: BatchDates, calendar: WorkCalendar, terms: Terms) -> Deadline | None:
    exam, days = dates.first_exam, terms.filing_whole_days
    if exam is None:
        return None
    return _counted(
        "latest_submission",
        "最晚报送备案",
        "流程五",
        f"首个考试日{shown_day(exam)}前须有{days}个完整工作日",
        lambda: calendar.latest_submission(exam, days),
    )


def _earliest_exam(dates: BatchDates, calendar: WorkCalendar, terms: Terms) -> Deadline | None:
    day, days = dates.drafted_on, terms.filing_whole_days
    if day is None:
        return None
    return _counted(
        "earliest_exam",
        "今天报送，最早可认定",
        "流程五",
        f"{shown_day(day)}报送，其后第{days}个完整工作日的次日起可以考试",
        lambda: calendar.earliest_exam(day, days),
        "hint",
    )


def _publicity_begin(dates: BatchDates, calendar: WorkCalendar, terms: Terms) -> Deadline | None:
    last, days = dates.last_exam or dates.first_exam, terms.publicity_begin_workdays
    if last is None:
        return None
    return _counted(
        "publicity_begin",
        "最晚开始公示",
        "流程七",
        f"最后考试日{shown_day(last)}后第{days}个工作日",
        lambda: calendar.due(last, days),
    )


def _publicity_end(dates: BatchDates, calendar: WorkCalendar, terms: Terms) -> Deadline | None:
    opened, days = dates.publicity_opened, terms.publicity_workdays
    if opened is None:
        return None
    return _counted(
        "publicity_end",
        "公示期满",
        "流程七",
        f"{shown_day(opened)}开始公示，公示{days}个工作日",
        lambda: calendar.due(opened, days),
        "end",
    )


def _results(dates: BatchDates, calendar: WorkCalendar, terms: Terms) -> Deadline | None:
    ended, days = dates.publicity_ended, terms.results_workdays
    if ended is None:
        return None
    return _counted(
        "results_due",
        "最晚报送结果备案",
        "流程七",
        f"公示{shown_day(ended)}结束后第{days}个工作日（通知未写明，按中心约定）",
        lambda: calendar.due(ended, days),
    )


def _keep(
    dates: BatchDates, medium: Literal["paper", "electronic"], terms: Terms
) -> Deadline | None:
    ended = dates.batch_ended
    if ended is None:
        return None
    years = terms.paper_years if medium == "paper" else terms.electronic_years
    name = "纸质材料" if medium == "paper" else "电子材料"
    basis = f"批次{shown_day(ended)}结束，{name}保管不少于{years}年"
    due = keep_until(ended, medium, terms)
    return Deadline(f"keep_{medium}", f"{name}保管至", due, "流程八", basis, "keep")
