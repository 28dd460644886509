"""How does this enterprise head its columns? What a user once assigned is known next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.core import clock
from app.core.declarations.base import Entity
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import HeadingMemory
from app.models import Batch

_LONGEST = 120


@dataclass(frozen=True)
class Place:
    """Where headings are remembered: for a body or a centre (0), an enterprise, a kind of sheet."""

    body_id: int
    enterprise_id: int
    kind: str

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What the remembered headings of this place have in common."""
        return [
            HeadingMemory.body_id == self.body_id,
            HeadingMemory.enterprise_id == self.enterprise_id,
            HeadingMemory.kind == self.kind,
        ]


def place_of(batch: Batch, kind: str) -> Place:
    """The sheets of one kind from the batch's enterprise, or from the body's own staff."""
    return Place(batch.body_id, batch.enterprise_id or 0, kind)


def place_of_rows(actor: Actor, model: type[Entity]) -> Place:
    """The sheets of one table that a body, or the centres together, send in."""
    return Place(actor.key_at("body") or 0, 0, model.__name__)


def recall(session: AnySession, place: Place) -> dict[str, str]:
    """Heading → field ("" for one to leave out) as assigned before in this place."""
    rows = session.execute(
        select(HeadingMemory.heading, HeadingMemory.field).where(*place.conditions)
    )
    return dict(rows.all())


def learn(session: AnySession, place: Place, mapping: Mapping[str, str]) -> None:
    """Remember the assignment for this place; not committed."""
    known = {
        one.heading: one for one in session.scalars(select(HeadingMemory).where(*place.conditions))
    }
    for heading, field in mapping.items():
        if not heading or len(heading) > _LONGEST:
            continue
        if heading not in known:
            known[heading] = HeadingMemory(
                body_id=place.body_id,
                enterprise_id=place.enterprise_id,
                kind=place.kind,
                heading=heading,
            )
            session.add(known[heading])
        known[heading].field = field
        known[heading].learnt_on = clock.today()
