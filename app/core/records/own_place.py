"""Which related record is filled in by default, from the place that the actor belongs to?"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import inspect, select

from app.core.declarations.base import Entity, entity_named
from app.core.roles import PLACES
from app.core.scope import AnySession, actor_of


def own_place(session: AnySession, model: type[Entity], names: Iterable[str]) -> dict[str, Entity]:
    """Return the record of the actor's only place for each relation in ``names`` to such a place.

    Empty for actors with several places: they have to choose.
    """
    here = actor_of(session).only_place
    if here is None:
        return {}
    place = entity_named(PLACES[here.kind].entity)
    relations = inspect(model).relationships
    asking = [
        name
        for name in names
        if not relations[name].uselist and relations[name].mapper.class_ is place
    ]
    record = session.scalar(select(place).where(place.id == here.key)) if asking else None
    return dict.fromkeys(asking, record) if record is not None else {}
