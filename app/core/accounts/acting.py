"""Which user account is used, and which actor does it stand for?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.accounts.places import places
from app.core.errors import NotFound
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables.user import BaseUser, user_class


def user_by_id(session: AnySession, user_id: int) -> BaseUser | None:
    """Return the user with roles and places, whatever the session's scope; one statement."""
    return session.scalars(_whole().where(user_class().id == user_id)).unique().one_or_none()


def actor_of(user: BaseUser, source: str = "screen") -> Actor:
    """Return the actor that a user acts as."""
    return places().actor(
        user,
        id=user.id,
        username=user.username,
        name=user.get_full_name(),
        roles=frozenset(role.name for role in user.roles),
        source=source,
    )


def actor_for(session: AnySession, username: str, source: str = "cli") -> Actor:
    """Return the actor of a user name; raises NotFound if unknown or inactive."""
    found = session.scalars(_whole().where(func.lower(user_class().username) == username.lower()))
    user = found.unique().one_or_none()
    if user is None or not user.active:
        raise NotFound(f"没有用户 {username}，或者该帐号已停用")
    return actor_of(user, source)


def _whole() -> Any:
    users = user_class()
    return (
        select(users)
        .options(
            joinedload(users.roles),  # the framework's backref
            *[joinedload(getattr(users, link.name)) for link in places().links],
        )
        # The actor, and with it the scope, is only known after this.
        .execution_options(unscoped=True)
    )
