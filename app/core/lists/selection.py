"""Which rows did a person choose? Exactly those, however the list changes before the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from app.core import clock
from app.core.declarations.base import Entity
from app.core.errors import NotFound, NotPermitted
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Selection
from app.core.transaction import transaction

#: So long an act may be prepared; afterwards the rows are chosen anew.
LIFE = timedelta(hours=12)
#: More rows than this are no longer looked over by anybody before an act.
MOST = 100_000

EXPIRED = "所选记录已过期（选择后保留 12 小时），请回到列表重新选择"


def keep(session: AnySession, actor: Actor, model: type[Entity], keys: Sequence[int]) -> int:
    """Keep the chosen ``keys`` for this person and sweep what has expired.

    Returns the number under which ``keys_of`` finds them. Raises NotPermitted for more rows than
    ``MOST``.
    """
    if len(keys) > MOST:
        raise NotPermitted(f"一次最多选择 {MOST} 条，符合条件的有 {len(keys)} 条；请加条件后再选择")
    made = Selection(
        entity=model.__name__, actor_id=actor.id or 0, keys=list(keys), made_at=clock.now()
    )
    with transaction(session, actor):
        session.execute(delete(Selection).where(Selection.made_at < clock.now() - LIFE))
        session.add(made)
        session.flush()
        return made.id


def keys_of(session: AnySession, actor: Actor, model: type[Entity], selection_id: int) -> list[int]:
    """The chosen keys in the order of the list; rows that have left the scope are still named.

    Raises NotFound where the selection is another person's, of another table, or has expired.
    """
    found = session.scalar(
        select(Selection.keys).where(
            Selection.id == selection_id,
            Selection.actor_id == (actor.id or 0),
            Selection.entity == model.__name__,
            Selection.made_at >= clock.now() - LIFE,
        )
    )
    if found is None:
        raise NotFound(EXPIRED)
    return found
