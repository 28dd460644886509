"""Which values does a row receive by itself when it is added or saved?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from sqlalchemy import func, select

from app.core.declarations.base import Entity
from app.core.declarations.behaviour import Counted, Numbered, behaviour_of
from app.core.declarations.links import link_named
from app.core.records import prefetch
from app.core.records.numbering import next_number
from app.core.roles import Actor
from app.core.scope import AnySession


def before_adding(session: AnySession, actor: Actor, item: Entity) -> None:
    """Fill in the first state and the other defaults of a new row."""
    behaviour = behaviour_of(type(item))
    if behaviour.procedure is not None and getattr(item, "state", None) is None:
        stateful: Any = item
        stateful.state = behaviour.procedure.first
    if behaviour.adding is not None:
        behaviour.adding(session, actor, item)
    # Last: what saving derives may depend on the defaults just filled in.
    before_saving(session, actor, item)


def before_saving(session: AnySession, actor: Actor, item: Entity) -> None:
    """Recompute the values that depend on other values of the row."""
    prepare = behaviour_of(type(item)).saving
    if prepare is not None:
        prepare(session, actor, item)


def take_numbers(session: AnySession, items: Iterable[Entity]) -> None:
    """Give the new rows their numbers.

    Called only once they are about to be written, so that a refused row leaves no gap.
    """
    serials: dict[int, Iterator[int]] = {}
    for item in items:
        numbering = behaviour_of(type(item)).numbering
        if isinstance(numbering, Numbered):
            setattr(item, numbering.column, next_number(session, numbering.prefix(item)))
        # An imported sheet may bring its own serial, which is kept.
        elif isinstance(numbering, Counted) and not getattr(item, numbering.column):
            parent = getattr(item, numbering.within)
            if parent is not None:
                if parent.id not in serials:
                    serials[parent.id] = _serials(session, type(item), numbering, parent.id)
                setattr(item, numbering.column, next(serials[parent.id]))


def numbered_later(item: Entity) -> tuple[str, ...]:
    """Return the names of the fields that ``take_numbers`` will fill in for a new row."""
    numbering = behaviour_of(type(item)).numbering
    return () if numbering is None or prefetch.is_stored(item) else (numbering.column,)


def _serials(session: AnySession, model: Any, numbering: Counted, parent: int) -> Iterator[int]:
    """Return an iterator over the numbers after the highest one under this parent."""
    key = getattr(model, link_named(model, numbering.within).key)
    last = session.scalar(select(func.max(getattr(model, numbering.column))).where(key == parent))
    return count(int(last or 0) + 1)
