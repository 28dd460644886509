"""Which dates does the notice set for a batch, and how does each stand today?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import clock
from app.models import Batch, Publicity
from app.rules.deadlines import BatchDates, Deadline, Standing, batch_deadlines, standing
from app.rules.workdays import WorkCalendar
from app.scope import AnySession
from app.services.terms import calendar, terms
from app.workflow.engine import Colour

#: The deadline that presses in each state; in other states none does.
PRESSING = {
    "draft": "latest_submission",
    "returned": "latest_submission",
    "submitted": "latest_submission",
    "examining": "publicity_begin",
    "scored": "publicity_begin",
    "publicising": "publicity_end",
    "results_returned": "results_due",
}
SOON = 3


@dataclass(frozen=True)
class BatchDeadline:
    """A date of a batch with its arithmetic, how it stands today and the colour of that."""

    deadline: Deadline
    standing: Standing
    colour: Colour

    @property
    def text(self) -> str:
        """As a record's head shows it: what, by when, how it stands."""
        due = "" if self.deadline.due is None else f"{self.deadline.due}，"
        return f"{self.deadline.label}：{due}{self.standing.text}"


def of_batch(
    session: AnySession, batch: Batch, publicity: Publicity | None = None
) -> list[BatchDeadline]:
    """All dates that follow from what is known of the batch, in the order of the procedure."""
    if publicity is None:
        publicity = _publicities(session, [batch]).get(batch.id)
    return _of(batch, publicity, calendar(session))


def pressing(session: AnySession, batches: Sequence[Batch]) -> dict[int, BatchDeadline]:
    """The date that presses for each open batch, by batch id; three statements for all."""
    days, publicities = calendar(session), _publicities(session, batches)
    found: dict[int, BatchDeadline] = {}
    for batch in batches:
        key = PRESSING.get(batch.state)
        for one in _of(batch, publicities.get(batch.id), days) if key else []:
            if one.deadline.key == key:
                found[batch.id] = one
    return found


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


def _of(batch: Batch, publicity: Publicity | None, days: WorkCalendar) -> list[BatchDeadline]:
    dates = BatchDates(
        first_exam=batch.exam_date,
        last_exam=batch.exam_end or batch.exam_date,
        publicity_opened=publicity.opens_on if publicity else None,
        publicity_ended=publicity.closed_on if publicity else None,
        batch_ended=batch.archived_on,
    )
    done: dict[str, date | None] = {
        "latest_submission": batch.submitted_on if batch.state != "returned" else None,
        "publicity_begin": publicity.opens_on if publicity else None,
        "publicity_end": publicity.closed_on if publicity else None,
        "results_due": batch.results_on if batch.state != "results_returned" else None,
    }
    found = []
    for deadline in batch_deadlines(dates, days, terms()):
        how = standing(deadline, done.get(deadline.key), clock.today())
        found.append(BatchDeadline(deadline, how, _colour(how)))
    return found


def _colour(how: Standing) -> Colour:
    if how.kind in {"done", "kept", "free"}:
        return "green"
    if how.kind in {"overdue", "done_late"}:
        return "red"
    if how.kind == "due" and how.days <= SOON:
        return "orange"
    return "blue" if how.kind == "due" else "grey"


def upcoming(session: AnySession, limit: int = 10) -> list[tuple[Batch, BatchDeadline]]:
    """The open batches that the actor sees whose date presses most, most urgent first."""
    batches = session.scalars(
        select(Batch)
        .where(Batch.state.in_(PRESSING))
        .options(selectinload(Batch.body))
        .order_by(Batch.exam_date.desc())
        .limit(200)
    ).all()
    found = pressing(session, batches)
    rows = [(batch, found[batch.id]) for batch in batches if batch.id in found]
    rows.sort(key=lambda row: row[1].deadline.due or date.max)
    return rows[:limit]
