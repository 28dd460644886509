"""Which user acts where none is named: the body's clerk, or a reviewer entitled to it?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.accounts import acting
from app.core.declarations.procedure import Move, Procedure
from app.core.errors import NotFound, NotPermitted
from app.core.roles import COMMAND, Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import AppUser
from app.roles import BODY_CLERK, CENTRE, OF_BODY, OF_CENTRE, PROVINCE, REVIEWERS


def all_actors(session: AnySession) -> list[Actor]:
    """Return all active users as actors, oldest account first, in two SQL statements."""
    users = session.scalars(
        select(AppUser)
        .where(AppUser.active)
        .options(joinedload(AppUser.centre), selectinload(AppUser.roles))
        .order_by(AppUser.id)
        # There is no actor yet: this query is how one is found.
        .execution_options(unscoped=True)
    )
    return [acting.actor_of(user, COMMAND) for user in users.unique()]


def clerk_of_body(session: AnySession, body_id: int) -> Actor:
    """Return the body's first active clerk. Raises NotFound where there is none."""
    for actor in all_actors(session):
        if actor.key_at(OF_BODY) == body_id and actor.has(BODY_CLERK):
            return actor
    raise NotFound("该评价机构还没有可用的用户，请先由系统管理员建立")


def officer_of(session: AnySession, centre_id: int) -> Actor:
    """Return an administrator or clerk of the centre, else of the province.

    Raises NotFound where there is neither.
    """
    actors = all_actors(session)
    own = [one for one in actors if one.has(*CENTRE) and one.key_at(OF_CENTRE) == centre_id]
    for one in (*own, *(one for one in actors if one.has(*PROVINCE))):
        return one
    raise NotFound("该中心还没有可用的用户，请先由系统管理员建立")


def authority(session: AnySession, procedure: Procedure, record: Any, move: Move) -> Actor:
    """Return a user who may make ``move`` on this record: the body's clerk, else a reviewer.

    A reviewer comes from the move's centre, or else from the province, and has made none of the
    moves that must be kept apart. Moves open to clerks go to a clerk, so that the administrator
    remains free to review. Raises NotPermitted where no user qualifies.
    """
    actors = all_actors(session)
    filing = BODY_CLERK in move.roles
    if filing and not move.at:
        body_id = _body_id(record)
        for one in actors:
            if one.key_at(OF_BODY) == body_id and one.has(BODY_CLERK):
                return one
    barred = engine.moves_by(session, procedure, record, move.apart) if move.apart else {}
    near = [
        one for one in actors if one.has(*move.roles) and _distance(one, record, move) < _TOO_FAR
    ]
    fit = [one for one in near if one.id not in barred]
    if not fit and near:
        labels = "、".join(f"“{procedure.move(name).label}”" for name in move.apart)
        raise NotPermitted(
            f"有权办理“{move.label}”的用户都办理过这条记录的{labels}，请由另一名管理员办理"
        )
    if not fit:
        raise NotPermitted(f"没有有权办理“{move.label}”的用户，请先建立该中心的管理员")
    return min(fit, key=lambda one: (_distance(one, record, move), filing and one.has(*REVIEWERS)))


_TOO_FAR = 9


def _distance(actor: Actor, record: Any, move: Move) -> int:
    if actor.key_at(OF_BODY) is not None:
        return _TOO_FAR
    owner = getattr(record, move.at.column if move.at else "centre_id", None) or getattr(
        getattr(record, "batch", None), "city_centre_id", None
    )
    if actor.key_at(OF_CENTRE) == owner:
        return 0
    return 1 if actor.has(*PROVINCE) else _TOO_FAR


def _body_id(record: Any) -> int | None:
    publicity = getattr(record, "publicity", None)
    for holder in (record, getattr(record, "batch", None), getattr(publicity, "batch", None)):
        body_id: int | None = getattr(holder, "body_id", None)
        if body_id is not None:
            return body_id
    return int(record.id) if type(record).__name__ == "Body" else None
