"""Which rows has a person selected, however the list changes afterwards?"""

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

#: How long a selection stays valid; afterwards the rows must be selected again.
LIFE = timedelta(hours=12)
#: The most rows in one selection: no one could check more than this before an act.
MOST = 100_000

EXPIRED = "所选记录已过期（选择后保留 12 小时），请回到列表重新选择"


def keep(session: AnySession, actor: Actor, model: type[Entity], keys: Sequence[int]) -> int:
    """Store the selected ``keys`` for this person and return the selection's id.

    Expired selections are deleted. Raises NotPermitted for more than ``MOST`` rows.
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
    """Return the selected keys in the order of the list, even of rows now out of scope.

    Raises NotFound if the selection is somebody else's, of another table, or expired.
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
