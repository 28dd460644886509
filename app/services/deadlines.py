"""Which dates does the notice set for a batch, how does each stand, and which one presses now?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import clock
from app.models import Batch, Publicity
from app.rules.deadlines import BatchDates, Deadline, Standing, batch_deadlines, standing
from app.rules.workdays import WorkCalendar
from app.scope import AnySession
from app.services.terms import calendar, terms
from app.workflow.engine import Colour

#: The date that has to be kept next while a batch stands in a state; in other states none has.
PRESSING = {
    "draft": "latest_submission",
    "returned": "latest_submission",
    "examining": "publicity_begin",
    "scored": "publicity_begin",
    "publicising": "publicity_end",
    "results_returned": "results_due",
}
SOON = 14
AT_ONCE = 3
LOOKED_AT = 200


@dataclass(frozen=True)
class Due:
    """A date of a batch with its arithmetic, how it stands today and the colour of that."""

    batch: Batch
    deadline: Deadline
    standing: Standing
    colour: Colour

    @property
    def text(self) -> str:
        """By when, and how it stands."""
        due = "" if self.deadline.due is None else f"{self.deadline.due}，"
        return f"{due}{self.standing.text}"


def of_batch(session: AnySession, batch: Batch) -> list[Due]:
    """All dates that follow from what is known of the batch, in the order of the procedure."""
    publicity = _publicities(session, [batch]).get(batch.id)
    return _dates(batch, publicity, calendar(session), clock.today())


def pressing(session: AnySession, batches: Sequence[Batch], today: date) -> dict[int, Due]:
    """The date that each open batch has to keep next, by batch id; three statements for all."""
    if not batches:
        return {}
    days, publicities = calendar(session), _publicities(session, batches)
    found: dict[int, Due] = {}
    for batch in batches:
        publicity = publicities.get(batch.id)
        key = _awaited(batch, publicity)
        for one in _dates(batch, publicity, days, today) if key else []:
            if one.deadline.key == key:
                found[batch.id] = one
    return found


def due_soon(session: AnySession, today: date, limit: int = 8) -> list[Due]:
    """The dates within two weeks and all that are past, the oldest first.

    Looks at the latest batches only, so that the cost does not grow with the archive.
    """
    batches = session.scalars(
        select(Batch)
        .where(Batch.state.in_(PRESSING))
        .order_by(Batch.exam_date.desc(), Batch.id.desc())
        .limit(LOOKED_AT)
    ).all()
    found = [
        one
        for one in pressing(session, batches, today).values()
        if one.standing.kind == "overdue"
        or (one.standing.kind == "due" and one.standing.days <= SOON)
    ]
    found.sort(key=lambda one: (one.deadline.due or today, one.batch.id))
    return found[:limit]


def _awaited(batch: Batch, publicity: Publicity | None) -> str | None:
    if batch.state == "publicising" and publicity is not None and publicity.closed_on is not None:
        return "results_due"
    return PRESSING.get(batch.state)


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


def _dates(batch: Batch, publicity: Publicity | None, days: WorkCalendar, today: date) -> list[Due]:
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
        how = standing(deadline, done.get(deadline.key), today)
        found.append(Due(batch, deadline, how, _colour(how)))
    return found


def _colour(how: Standing) -> Colour:
    if how.kind in {"done", "kept", "free"}:
        return "green"
    if how.kind in {"overdue", "done_late"}:
        return "red"
    if how.kind == "due":
        return "orange" if how.days <= AT_ONCE else "teal"
    return "grey"
