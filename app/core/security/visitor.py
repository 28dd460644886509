"""Who makes this request?"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import current_app, g, has_request_context, request, session
from flask_login import current_user, user_logged_in

from app.core import scope
from app.core.accounts import acting
from app.core.accounts.places import place_row
from app.core.database import db
from app.core.roles import TITLES, Actor
from app.core.security import keys
from app.core.tables.user import BaseUser

API = "/api/"
SEAL = "seal"
NO_ACTOR = Actor(id=None, username="", name="")


@dataclass(frozen=True)
class Visitor:
    """The actor, with the place for the top bar and the ids of the roles for checking rights."""

    actor: Actor
    place: str
    role_ids: tuple[int, ...]

    @property
    def titles(self) -> str:
        """The Chinese names of the roles."""
        return "、".join(title for role, title in TITLES.items() if role in self.actor.roles)


def current_visitor() -> Visitor | None:
    """Return the signed-in visitor of this request; None if there is none."""
    if not has_request_context():
        return None
    # Once per request: a page asks for rights many times.
    if "visitor" not in g:
        g.visitor = _visitor_by_key() if by_key() else _visitor_by_session()
    visitor: Visitor | None = g.visitor
    return visitor


def by_key() -> bool:
    """Return whether a program makes this request; then only the key counts, not the cookie."""
    # The interface ignores cookies, or any page could make a browser use it (no CSRF token there).
    return request.path.startswith(API)


def _visitor_by_session() -> Visitor | None:
    user = current_user._get_current_object()  # noqa: SLF001 - the documented way
    return _visitor_of(user) if user.is_authenticated else None


def _visitor_by_key() -> Visitor | None:
    user = keys.holder()
    return None if user is None else _visitor_of(user, source="api")


def current_actor() -> Actor:
    """Return the actor of this request; without a visitor, one that may do nothing."""
    visitor = current_visitor()
    return NO_ACTOR if visitor is None else visitor.actor


def bind() -> None:
    """Make the session of this request act for its visitor, if any."""
    # Unbound first: finding the visitor already reads, and must not do so for an earlier one.
    scope.bind(db.session, None)
    scope.bind(db.session, current_actor())


def load(user_id: int) -> BaseUser | None:
    """Return the user of a session cookie if active and with an unchanged password."""
    user = acting.user_by_id(db.session, user_id)
    if user is None or not user.active:
        return None
    if has_request_context() and not hmac.compare_digest(session.get(SEAL, ""), _seal(user)):
        return None
    return user


def seal_session(user: BaseUser) -> None:
    """Tie this session to the present password, so that a new one ends all older sessions."""
    session[SEAL] = _seal(user)


def _seal(user: BaseUser) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    # A digest: the cookie must not carry the stored password hash.
    return hmac.new(key, f"{user.id}:{user.password}".encode(), sha256).hexdigest()


def _visitor_of(user: BaseUser, source: str = "screen") -> Visitor:
    place = place_row(user)
    return Visitor(
        actor=acting.actor_of(user, source),
        place="" if place is None else str(place.name),
        role_ids=tuple(role.id for role in user.roles),
    )


@user_logged_in.connect
def _seal_at_login(_app: Any, user: BaseUser, **_more: Any) -> None:
    seal_session(user)
