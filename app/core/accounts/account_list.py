"""Which accounts does the administrator look for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.errors import NotPermitted
from app.core.roles import Actor, Power
from app.core.scope import AnySession
from app.models import AppUser
from app.models.user import Role


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty and None mean everything."""

    words: str = ""
    role: str = ""
    centre_id: int | None = None
    active: bool | None = None


@dataclass(frozen=True)
class Page:
    """One page of accounts and how many there are in all."""

    users: Sequence[AppUser]
    total: int
    number: int
    size: int


def page_of(session: AnySession, actor: Actor, wanted: Wanted, number: int, size: int) -> Page:
    """The accounts in the order of their names; raises NotPermitted for all but administrators."""
    if not actor.can(Power.ACCOUNTS):
        raise NotPermitted("帐号由系统管理员管理，您的角色不能查看")
    total = session.scalar(_narrowed(select(func.count(AppUser.id)), wanted)) or 0
    number = max(1, min(number, -(-total // size)))
    rows = _narrowed(select(AppUser), wanted).order_by(AppUser.username)
    # The framework's backref for the roles exists on the mapper alone.
    roles: Any = AppUser.roles
    users = session.scalars(
        rows.options(selectinload(roles), joinedload(AppUser.centre), joinedload(AppUser.body))
        .limit(size)
        .offset((number - 1) * size)
    ).all()
    return Page(users, total, number, size)


def _narrowed(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.words:
        names = (AppUser.username, AppUser.last_name, AppUser.first_name)
        statement = statement.where(
            or_(*[one.icontains(wanted.words, autoescape=True) for one in names])
        )
    if wanted.role:
        statement = statement.where(AppUser.roles.any(Role.name == wanted.role))
    if wanted.centre_id is not None:
        statement = statement.where(AppUser.centre_id == wanted.centre_id)
    if wanted.active is not None:
        statement = statement.where(AppUser.active.is_(wanted.active))
    return statement
