"""Which fields did this sender's headings mean in earlier sheets?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.core import clock
from app.core.declarations.base import Entity
from app.core.importing.sheet_kinds import kind_named
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import HeadingMemory

_LONGEST = 120


@dataclass(frozen=True)
class Sender:
    """The sender of sheets of one kind, by the name under which headings are remembered."""

    name: str
    kind: str

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions for the remembered headings of this sender."""
        return [HeadingMemory.sender == self.name, HeadingMemory.kind == self.kind]


def sender_of(parent: Entity, kind: str) -> Sender:
    """Return the sender of official sheets of one kind for the record."""
    return Sender(kind_named(kind).sender(parent), kind)


def sender_of_rows(actor: Actor, model: type[Entity]) -> Sender:
    """Return the place that sends sheets of one table; actors with several places share one."""
    here = actor.only_place
    return Sender(f"{here.kind}:{here.key}" if here is not None else "", model.__name__)


def recall(session: AnySession, sender: Sender) -> dict[str, str]:
    """Return heading → field as this sender assigned them earlier; "" ignores a heading."""
    rows = session.execute(
        select(HeadingMemory.heading, HeadingMemory.field).where(*sender.conditions)
    )
    return dict(rows.all())


def learn(session: AnySession, sender: Sender, mapping: Mapping[str, str]) -> None:
    """Remember the assignments for this sender; too long headings are skipped."""
    known = {
        one.heading: one for one in session.scalars(select(HeadingMemory).where(*sender.conditions))
    }
    for heading, field in mapping.items():
        if not heading or len(heading) > _LONGEST:
            continue
        if heading not in known:
            known[heading] = HeadingMemory(sender=sender.name, kind=sender.kind, heading=heading)
            session.add(known[heading])
        known[heading].field = field
        known[heading].learnt_on = clock.today()
