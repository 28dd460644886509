"""Which dates of the notice are close or past, in the batches that this person sees?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.models import Batch, Publicity
from app.rules.deadlines import BatchDates, Deadline, Standing, batch_deadlines, standing
from app.scope import AnySession
from app.services import terms

#: Which date counts while a batch stands in a state.
AWAITED: dict[str, tuple[str, ...]] = {
    "draft": ("latest_submission",),
    "returned": ("latest_submission",),
    "examining": ("publicity_begin",),
    "scored": ("publicity_begin",),
    "publicising": ("publicity_end", "results_due"),
    "results_returned": ("results_due",),
}
SOON = 14
AT_ONCE = 3
LOOKED_AT = 200


@dataclass(frozen=True)
class Due:
    """A date that a batch has to keep, with how it stands today."""

    batch: Batch
    deadline: Deadline
    standing: Standing
    colour: str


def due_soon(session: AnySession, today: date, limit: int = 8) -> list[Due]:
    """The dates within two weeks and all that are past, the oldest first.

    Looks at the latest batches only, so that the cost does not grow with the archive.
    """
    batches = session.scalars(
        select(Batch)
        .where(Batch.state.in_(AWAITED))
        .order_by(Batch.exam_date.desc(), Batch.id.desc())
        .limit(LOOKED_AT)
    ).all()
    if not batches:
        return []
    days, agreed = terms.calendar(session), terms.terms()
    shown = _publicities(session, batches)
    found = [
        Due(batch, one, how, _colour(how))
        for batch in batches
        for one in batch_deadlines(_dates(batch, shown.get(batch.id)), days, agreed)
        if one.key in _awaited(batch, shown.get(batch.id))
        and (how := standing(one, None, today)).kind in ("due", "overdue")
        and (how.kind == "overdue" or how.days <= SOON)
    ]
    found.sort(key=lambda one: (one.deadline.due or today, one.batch.id))
    return found[:limit]


def _publicities(session: AnySession, batches: Iterable[Batch]) -> dict[int, Publicity]:
    ids = [batch.id for batch in batches if batch.state == "publicising"]
    rows = session.scalars(
        select(Publicity)
        .where(Publicity.batch_id.in_(ids), Publicity.state.in_(("open", "closed")))
        .order_by(Publicity.id)
    )
    return {row.batch_id: row for row in rows} if ids else {}


def _dates(batch: Batch, publicity: Publicity | None) -> BatchDates:
    return BatchDates(
        first_exam=batch.exam_date,
        last_exam=batch.exam_end or batch.exam_date,
        publicity_opened=publicity.opens_on if publicity is not None else None,
        publicity_ended=publicity.closed_on if publicity is not None else None,
    )


def _awaited(batch: Batch, publicity: Publicity | None) -> tuple[str, ...]:
    if batch.state == "publicising":
        closed = publicity is not None and publicity.closed_on is not None
        return ("results_due",) if closed else ("publicity_end",)
    return AWAITED[batch.state]


def _colour(how: Standing) -> str:
    if how.kind == "overdue":
        return "red"
    return "orange" if how.days <= AT_ONCE else "teal"
