"""Which saved views of a list exist, who may open them, and who may change them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from app.core import clock
from app.core.accounts.places import places
from app.core.declarations.base import Entity
from app.core.errors import NotFound, NotPermitted, Problem, RulesBroken
from app.core.lists.list_layout import Layout, lay_out, layout_of
from app.core.refusals.asking import (
    VIEW_NAME_LONG,
    VIEW_NAME_MISSING,
    VIEW_NAME_TAKEN,
    VIEW_QUERY_LONG,
    VIEW_TOO_MANY,
)
from app.core.roles import ROLES, TITLES, Actor, Power, granted
from app.core.scope import AnySession
from app.core.tables import ListLayout, SavedView
from app.core.transaction import transaction

LONGEST_NAME, LONGEST_QUERY = 30, 8000
#: The most views that one person may save of a list; more could not be kept apart.
MOST_VIEWS = 40

MISSING = "没有这个视图，或它没有共享给您"


@dataclass(frozen=True)
class View:
    """A saved view as one person sees it; ``query`` is the query string of the list's address.

    ``meant`` is false for a view of other roles, shown to an administrator who may change it.
    """

    id: int
    name: str
    query: str
    role: str
    owner: str
    mine: bool
    meant: bool
    leads: bool
    changeable: bool

    @property
    def shared_with(self) -> str:
        """The Chinese name of the role that shares the view; empty for a private view."""
        return TITLES.get(self.role, self.role)


@dataclass(frozen=True)
class Draft:
    """The content of a view to save: name, conditions, role, and whether it leads for the role."""

    name: str
    query: str
    role: str = ""
    leads: bool = False


def views_of(session: AnySession, actor: Actor, model: type[Entity]) -> list[View]:
    """Return the views that this person may open, own ones first; takes one statement."""
    found = session.scalars(
        select(SavedView)
        .where(SavedView.entity == model.__name__, _seen_by(actor))
        .order_by(SavedView.role != "", SavedView.name, SavedView.id)
    )
    return [_as_seen(actor, row) for row in found]


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    near: list[ColumnElement[bool]] = [SavedView.place_key.is_(None)]
    for kind, key in places().around(actor):
        near.append(and_(SavedView.place_kind == kind, SavedView.place_key == key))
    if actor.can(Power.SHARE):
        return or_(SavedView.owner_id == (actor.id or 0), SavedView.role != "")
    shared = and_(SavedView.role.in_(actor.roles), or_(*near))
    return or_(SavedView.owner_id == (actor.id or 0), shared)


def _as_seen(actor: Actor, row: SavedView) -> View:
    mine = row.owner_id == actor.id
    return View(
        id=row.id,
        name=row.name,
        query=row.query,
        role=row.role,
        owner=row.owner_name,
        mine=mine,
        meant=mine or row.role in actor.roles,
        leads=row.leads,
        changeable=mine or actor.can(Power.SHARE) or _of_my_place(actor, row),
    )


def _of_my_place(actor: Actor, row: SavedView) -> bool:
    here = actor.place
    mine = here is not None and (row.place_kind, row.place_key) == here
    return mine and actor.can(Power.SHARE_NEAR)


def roles_to_share_with(actor: Actor) -> tuple[str, ...]:
    """Return the roles that this person may share views with; empty for most people."""
    if actor.can(Power.SHARE):
        allowed = granted(Power.ENTER)
    elif actor.place is not None and actor.can(Power.SHARE_NEAR):
        allowed = frozenset(role.name for role in ROLES.values() if role.near)
    else:
        allowed = frozenset()
    return tuple(role for role in TITLES if role in allowed)


def first_of(views: Sequence[View], actor: Actor, layout: Layout) -> View | None:
    """Return the view that the list opens with: the person's choice, else the role's."""
    if layout.first_view is not None:
        return next((view for view in views if view.id == layout.first_view), None)
    return next((view for view in views if view.leads and view.role in actor.roles), None)


def save(
    session: AnySession, actor: Actor, model: type[Entity], draft: Draft, view_id: int | None = None
) -> int:
    """Save a new view, or change the one with ``view_id``; return its id.

    Raises RulesBroken for a name that is missing, too long or taken, NotPermitted for sharing
    beyond this person's roles, and NotFound or NotPermitted for a view that may not be changed.
    """
    draft = replace(draft, name=" ".join(draft.name.split()))
    if draft.role and draft.role not in roles_to_share_with(actor):
        raise NotPermitted("只有中心管理员和系统管理员可以共享视图，而且只能共享给自己管辖的角色")
    problems = _problems(session, actor, model, draft, view_id)
    if problems:
        raise RulesBroken(problems)
    with transaction(session, actor):
        if view_id is None:
            row = _new(session, actor, model, draft)
        else:
            row = _changeable(session, actor, model, view_id)
        _change(session, actor, row, draft)
        return row.id


def _new(session: AnySession, actor: Actor, model: type[Entity], draft: Draft) -> SavedView:
    row = SavedView(
        entity=model.__name__, owner_id=actor.id or 0, owner_name=actor.name, name=draft.name
    )
    session.add(row)
    return row


def _change(session: AnySession, actor: Actor, row: SavedView, draft: Draft) -> None:
    if row.owner_id == (actor.id or 0):
        # An administrator who edits another's view must not change which places it is shared with.
        near = actor.place if draft.role and not actor.can(Power.SHARE) else None
        row.place_kind, row.place_key = near or ("", None)
    row.name, row.query, row.role = draft.name, draft.query, draft.role
    row.leads, row.changed_at = bool(draft.role and draft.leads), clock.now()
    session.flush()
    if row.leads:
        _end_other_leads(session, row)


def _end_other_leads(session: AnySession, leading: SavedView) -> None:
    """Make this the only leading view of the role at its place."""
    session.execute(
        update(SavedView)
        .where(
            SavedView.entity == leading.entity,
            SavedView.role == leading.role,
            SavedView.place_kind == leading.place_kind,
            SavedView.place_key.is_not_distinct_from(leading.place_key),
            SavedView.id != leading.id,
        )
        .values(leads=False)
    )


def _problems(
    session: AnySession, actor: Actor, model: type[Entity], draft: Draft, view_id: int | None
) -> list[Problem]:
    found = []
    if not draft.name:
        found.append(VIEW_NAME_MISSING.of(field="name"))
    if len(draft.name) > LONGEST_NAME:
        found.append(VIEW_NAME_LONG.of(field="name", most=LONGEST_NAME))
    if len(draft.query) > LONGEST_QUERY:
        found.append(VIEW_QUERY_LONG.of(field="query"))
    own = select(SavedView.name).where(
        SavedView.entity == model.__name__,
        SavedView.owner_id == (actor.id or 0),
        SavedView.id != (view_id or 0),
    )
    names = set(session.scalars(own))
    if draft.name in names:
        found.append(VIEW_NAME_TAKEN.of(field="name", name=draft.name))
    if len(names) >= MOST_VIEWS:
        found.append(VIEW_TOO_MANY.of(field="name", most=MOST_VIEWS))
    return found


def _changeable(session: AnySession, actor: Actor, model: type[Entity], view_id: int) -> SavedView:
    row: SavedView | None = session.scalar(
        select(SavedView).where(
            SavedView.id == view_id, SavedView.entity == model.__name__, _seen_by(actor)
        )
    )
    if row is None:
        raise NotFound(MISSING)
    if not _as_seen(actor, row).changeable:
        raise NotPermitted(f"视图“{row.name}”是{row.owner_name}共享的，只能由共享的人修改")
    return row


def remove(session: AnySession, actor: Actor, model: type[Entity], view_id: int) -> str:
    """Delete a view and return its name; lists that opened with it use no view again."""
    row = _changeable(session, actor, model, view_id)
    name = row.name
    opening = update(ListLayout).where(
        ListLayout.entity == model.__name__, ListLayout.first_view == view_id
    )
    with transaction(session, actor):
        session.execute(opening.values(first_view=None))
        session.execute(delete(SavedView).where(SavedView.id == view_id))
    return name


def open_with(session: AnySession, actor: Actor, model: type[Entity], view_id: int | None) -> None:
    """Have the list open with a view, with none (0), or with that of the role (None).

    Raises NotFound for a view that this person does not see.
    """
    if view_id and view_id not in {view.id for view in views_of(session, actor, model)}:
        raise NotFound(MISSING)
    lay_out(session, actor, model, replace(layout_of(session, actor, model), first_view=view_id))
