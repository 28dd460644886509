"""How does each person lay out a list: columns, page size and first view?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.core.declarations.base import Entity
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import ListLayout
from app.core.transaction import transaction


@dataclass(frozen=True)
class Layout:
    """One person's layout of a list; empty or 0 where nothing was chosen."""

    columns: tuple[str, ...] = ()
    size: int = 0
    first_view: int | None = None


def layout_of(session: AnySession, actor: Actor, model: type[Entity]) -> Layout:
    """Return this person's layout of the list; takes one statement."""
    row = session.execute(
        select(ListLayout.columns, ListLayout.size, ListLayout.first_view).where(
            ListLayout.actor_id == (actor.id or 0), ListLayout.entity == model.__name__
        )
    ).one_or_none()
    return Layout() if row is None else Layout(tuple(row.columns), row.size, row.first_view)


def lay_out(session: AnySession, actor: Actor, model: type[Entity], layout: Layout) -> None:
    """Store this person's layout of the list."""
    mine = select(ListLayout).where(
        ListLayout.actor_id == (actor.id or 0), ListLayout.entity == model.__name__
    )
    with transaction(session, actor):
        row = session.scalar(mine)
        if row is None:
            row = ListLayout(entity=model.__name__, actor_id=actor.id or 0)
            session.add(row)
        row.columns, row.size = list(layout.columns), layout.size
        row.first_view = layout.first_view
