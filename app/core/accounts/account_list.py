"""Which accounts is the administrator looking for?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.accounts.places import places
from app.core.errors import NotPermitted
from app.core.roles import Actor, Power
from app.core.scope import AnySession
from app.core.tables.user import BaseUser, Role, user_class


@dataclass(frozen=True)
class Wanted:
    """The filters of the list; an empty value or None does not restrict it."""

    words: str = ""
    role: str = ""
    places: Mapping[str, int | None] = field(default_factory=dict)
    active: bool | None = None


@dataclass(frozen=True)
class Page:
    """One page of accounts and the total number of accounts."""

    users: Sequence[BaseUser]
    total: int
    number: int
    size: int


def page_of(session: AnySession, actor: Actor, wanted: Wanted, number: int, size: int) -> Page:
    """Return one page of accounts by user name; raises NotPermitted unless an administrator."""
    if not actor.can(Power.ACCOUNTS):
        raise NotPermitted("帐号由系统管理员管理，您的角色不能查看")
    account = user_class()
    total = session.scalar(_narrowed(select(func.count(account.id)), wanted)) or 0
    number = max(1, min(number, -(-total // size)))
    rows = _narrowed(select(account), wanted).order_by(account.username)
    links = [joinedload(getattr(account, link.name)) for link in places().links]
    users = session.scalars(
        rows.options(selectinload(account.roles), *links).limit(size).offset((number - 1) * size)
    ).all()
    return Page(users, total, number, size)


def _narrowed(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    account = user_class()
    if wanted.words:
        names = (account.username, account.last_name, account.first_name)
        statement = statement.where(
            or_(*[one.icontains(wanted.words, autoescape=True) for one in names])
        )
    if wanted.role:
        statement = statement.where(account.roles.any(Role.name == wanted.role))
    for name, key in wanted.places.items():
        if key is not None:
            statement = statement.where(getattr(account, f"{name}_id") == key)
    if wanted.active is not None:
        statement = statement.where(account.active.is_(wanted.active))
    return statement
