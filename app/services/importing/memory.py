"""How does this enterprise head its columns? What a user once assigned is known next time."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select

from app import clock
from app.models import Batch, HeadingMemory
from app.scope import AnySession

_LONGEST = 120


def recall(session: AnySession, batch: Batch, kind: str) -> dict[str, str]:
    """Heading → field ("" for one to leave out) as assigned before for the batch's enterprise."""
    rows = session.execute(
        select(HeadingMemory.heading, HeadingMemory.field).where(*_place(batch, kind))
    )
    return dict(rows.all())


def learn(session: AnySession, batch: Batch, kind: str, mapping: Mapping[str, str]) -> None:
    """Remember the assignment for the enterprise, or for the body's own staff; not committed."""
    known = {
        one.heading: one
        for one in session.scalars(select(HeadingMemory).where(*_place(batch, kind)))
    }
    for heading, field in mapping.items():
        if not heading or len(heading) > _LONGEST:
            continue
        if heading not in known:
            known[heading] = HeadingMemory(
                body_id=batch.body_id,
                enterprise_id=batch.enterprise_id or 0,
                kind=kind,
                heading=heading,
            )
            session.add(known[heading])
        known[heading].field = field
        known[heading].learnt_on = clock.today()


def _place(batch: Batch, kind: str) -> list[ColumnElement[bool]]:
    return [
        HeadingMemory.body_id == batch.body_id,
        HeadingMemory.enterprise_id == (batch.enterprise_id or 0),
        HeadingMemory.kind == kind,
    ]
