"""Which dates does the notice set for a batch, how does each stand, and which one is next?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.core import clock
from app.core.declarations.procedure import Colour
from app.core.declarations.standing import Standing as Shown
from app.core.scope import AnySession
from app.models import Batch, Publicity
from app.rules.deadlines import (
    BatchDates,
    Deadline,
    Role,
    Standing,
    batch_deadlines,
    next_deadline,
    standing,
)
from app.rules.workdays import NoCalendar, WorkCalendar
from app.services.reference.terms import calendar, terms

SOON = 14
AT_ONCE = 3
#: States in which the filing has not been submitted yet, or must be submitted again.
DRAFTED = ("draft", "returned")


@dataclass(frozen=True)
class Due:
    """A deadline of a batch, its standing today and the colour in which to show it."""

    batch: Batch
    deadline: Deadline
    standing: Standing
    colour: Colour

    @property
    def text(self) -> str:
        """The due date and its standing, counted in working days as well."""
        due = "" if self.deadline.due is None else f"{self.deadline.due}，"
        return f"{due}{self.standing.full}"

    @property
    def is_late(self) -> bool:
        """Whether the deadline was met late, or has passed and is still unmet."""
        late = self.standing.kind in ("done_late", "overdue")
        return late and self.deadline.role == "by"


def of_batch(session: AnySession, batch: Batch) -> list[Due]:
    """Return all deadlines that follow from the batch's dates, in the order of the procedure."""
    return of_batches(session, [batch])


def of_batches(session: AnySession, batches: Sequence[Batch]) -> list[Due]:
    """Return the deadlines of these batches, batch by batch, in three SQL statements."""
    if not batches:
        return []
    publicities, days, today = _publicities(session, batches), calendar(session), clock.today()
    return [
        one for batch in batches for one in _dates(batch, publicities.get(batch.id), days, today)
    ]


def drafting_hint(session: AnySession) -> str:
    """Return a sentence naming the earliest exam day for a filing submitted today (流程五)."""
    today, need = clock.today(), terms().filing_whole_days
    try:
        day = calendar(session).earliest_exam(today, need)
    except NoCalendar as missing:
        return missing.message
    return f"今天报送的，认定日期最早为 {day}：报送日和考试日之间须有{need}个完整工作日（流程五）"


def of_day(due: date, key: str | None, today: date) -> Shown:
    """Return the standing on ``today`` of a due date stored in a batch as its next one."""
    role: Role = "end" if key == "publicity_end" else "by"
    how = standing(Deadline(key or "", "", due, "", "", role), None, today)
    return Shown(how.text, _colour(how))


def pressing(session: AnySession, batches: Sequence[Batch], today: date) -> dict[int, Due]:
    """Map each open batch's id to its next deadline, in three SQL statements."""
    if not batches:
        return {}
    days, publicities = calendar(session), _publicities(session, batches)
    found: dict[int, Due] = {}
    for batch in batches:
        dates = _known(batch, publicities.get(batch.id), today)
        deadline = next_deadline(batch.state, dates, days, terms())
        if deadline is not None:
            found[batch.id] = _due(batch, deadline, None, days, today)
    return found


def due_soon(session: AnySession, today: date, limit: int = 8) -> list[Due]:
    """Return what is due within ``SOON`` days or overdue, oldest first, at most ``limit``.

    Selects by the due date stored in the batch, so that the cost does not grow with the archive.
    """
    batches = session.scalars(
        select(Batch)
        .where(Batch.next_due <= today + timedelta(days=SOON))
        .order_by(Batch.next_due, Batch.id)
        .limit(limit)
    ).all()
    found = pressing(session, batches, today)
    return [found[batch.id] for batch in batches if batch.id in found]


def _publicities(session: AnySession, batches: Sequence[Batch]) -> dict[int, Publicity]:
    rows = session.scalars(
        select(Publicity)
        .where(
            Publicity.batch_id.in_([batch.id for batch in batches]),
            Publicity.state != "cancelled",
        )
        .order_by(Publicity.id)
    )
    return {row.batch_id: row for row in rows}


def _known(batch: Batch, publicity: Publicity | None, today: date) -> BatchDates:
    return BatchDates(
        first_exam=batch.exam_date,
        last_exam=batch.exam_end or batch.exam_date,
        publicity_opened=publicity.opens_on if publicity else None,
        publicity_ended=publicity.closed_on if publicity else None,
        batch_ended=batch.archived_on,
        drafted_on=today if batch.state in DRAFTED else None,
    )


def _dates(batch: Batch, publicity: Publicity | None, days: WorkCalendar, today: date) -> list[Due]:
    done: dict[str, date | None] = {
        "latest_submission": batch.submitted_on if batch.state != "returned" else None,
        "publicity_begin": publicity.opens_on if publicity else None,
        "publicity_end": publicity.closed_on if publicity else None,
        "results_due": batch.results_on if batch.state != "results_returned" else None,
    }
    return [
        _due(batch, deadline, done.get(deadline.key), days, today)
        for deadline in batch_deadlines(_known(batch, publicity, today), days, terms())
    ]


def _due(
    batch: Batch, deadline: Deadline, done_on: date | None, days: WorkCalendar, today: date
) -> Due:
    how = standing(deadline, done_on, today, days)
    return Due(batch, deadline, how, _colour(how))


def _colour(how: Standing) -> Colour:
    if how.kind in {"done", "kept", "free"}:
        return "green"
    if how.kind in {"overdue", "done_late"}:
        return "red"
    if how.kind == "due":
        return "orange" if how.days <= AT_ONCE else "teal"
    return "grey"
