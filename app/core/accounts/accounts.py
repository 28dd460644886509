"""How is an account created and changed, and its password replaced?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from werkzeug.security import check_password_hash, generate_password_hash

from app.core import audit
from app.core.accounts.account_rules import (
    account_problems,
    new_password_problems,
    password_problems,
    self_problems,
    taken_problems,
)
from app.core.accounts.acting import user_by_id
from app.core.accounts.places import places, target_of
from app.core.errors import NotFound, NotPermitted, Problem, RulesBroken
from app.core.refusals.changes import PASSWORD_WRONG
from app.core.roles import ROLES, TITLES, Actor, Power
from app.core.scope import AnySession
from app.core.tables.user import ACCOUNT, BaseUser, Role, user_class
from app.core.transaction import explained, transaction


@dataclass(frozen=True)
class Account:
    """The values of an account: one person, one role, and the key of a place for each link."""

    username: str
    name: str
    role: str
    email: str = ""
    places: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """The values that are recorded in the history."""
        kept = {"username": self.username, "name": self.name, "role": self.role}
        links = {f"{link.name}_id": self.places.get(link.name) for link in places().links}
        return {**kept, **links, "email": self.email}


def account_of(user: BaseUser) -> Account:
    """Return the account's values for a form."""
    roles = sorted(role.name for role in user.roles)
    return Account(
        username=user.username,
        name=user.get_full_name(),
        role=roles[0] if roles else "",
        places={
            link.name: key
            for link in places().links
            if (key := getattr(user, f"{link.name}_id")) is not None
        },
        email="" if user.email == _stand_in(user.username) else user.email,
    )


def add(session: AnySession, actor: Actor, account: Account, password: str) -> BaseUser:
    """Create an account; raises NotPermitted, or RulesBroken with all problems."""
    _check_admin(actor)
    problems = [
        *_problems(session, account, user_id=None),
        *password_problems(password, account.username),
    ]
    if problems:
        raise RulesBroken(problems)
    user: BaseUser = user_class()(active=True, password=generate_password_hash(password))
    with transaction(session, actor):
        _fill(session, user, account)
        session.add(user)
        _flush(session)
        after = account.values
        _write_history(session, user, "add", {name: [None, value] for name, value in after.items()})
    return user


def edit(session: AnySession, actor: Actor, user_id: int, account: Account) -> BaseUser:
    """Change an account; raises NotFound, NotPermitted, or RulesBroken with all problems."""
    _check_admin(actor)
    user = _wanted(session, user_id)
    problems = _problems(session, account, user_id=user_id)
    admin = account.role in ROLES and Power.ACCOUNTS in ROLES[account.role].powers
    problems += self_problems(own=user_id == actor.id, stays_admin=admin, stays_open=True)
    if problems:
        raise RulesBroken(problems)
    before = account_of(user).values
    with transaction(session, actor):
        _fill(session, user, account)
        _flush(session)
        after = account.values
        changed = {
            name: [before[name], value] for name, value in after.items() if before[name] != value
        }
        if changed:
            _write_history(session, user, "edit", changed)
    return user


def set_active(session: AnySession, actor: Actor, user_id: int, *, active: bool) -> None:
    """Open or close an account; closing ends its sessions at their next request.

    Raises NotFound, NotPermitted, or RulesBroken for one's own account.
    """
    _check_admin(actor)
    user = _wanted(session, user_id)
    problems = self_problems(own=user_id == actor.id, stays_admin=True, stays_open=active)
    if problems:
        raise RulesBroken(problems)
    if bool(user.active) != active:
        with transaction(session, actor):
            user.active = active
            _write_history(session, user, "edit", {"active": [not active, active]})


def unlock(session: AnySession, actor: Actor, user_id: int) -> None:
    """Remove the lock of an account; raises NotFound or NotPermitted."""
    _check_admin(actor)
    user = _wanted(session, user_id)
    with transaction(session, actor):
        user.locked_until, user.fail_login_count = None, 0
        _write_history(session, user, "edit", {"locked": [True, False]})


def set_password(session: AnySession, actor: Actor, user_id: int, password: str) -> None:
    """Replace a user's password, remove a lock and end all sessions of the user.

    Raises NotFound, NotPermitted or RulesBroken.
    """
    _check_admin(actor)
    user = _wanted(session, user_id)
    problems = password_problems(password, user.username)
    if problems:
        raise RulesBroken(problems)
    _put_password(session, actor, user, password)


def change_password(session: AnySession, actor: Actor, old: str, new: str) -> None:
    """Replace one's own password, given the old one; ends all one's sessions.

    Raises RulesBroken with all problems.
    """
    user = _wanted(session, actor.id or 0)
    problems = new_password_problems(new, old, user.username)
    if not check_password_hash(user.password or "", old):
        problems.insert(0, PASSWORD_WRONG.of(field="old"))
    if problems:
        raise RulesBroken(problems)
    _put_password(session, actor, user, new)


def _put_password(session: AnySession, actor: Actor, user: BaseUser, password: str) -> None:
    # Before the transaction: hashing is slow on purpose, and others would wait for the lock.
    digest = generate_password_hash(password)
    with transaction(session, actor):
        user.password = digest
        user.locked_until, user.fail_login_count = None, 0
        # That it was replaced, never what it was.
        _write_history(session, user, "edit", {"password": ["", "已更换"]})


def _check_admin(actor: Actor) -> None:
    if not actor.can(Power.ACCOUNTS):
        raise NotPermitted("帐号由系统管理员管理，您的角色不能办理")


def _wanted(session: AnySession, user_id: int) -> BaseUser:
    user = user_by_id(session, user_id)
    if user is None:
        raise NotFound("没有这个用户")
    return user


def _problems(session: AnySession, account: Account, user_id: int | None) -> list[Problem]:
    found = account_problems(account.username, account.name, account.role)
    if account.role in TITLES:
        rows = {
            link.name: session.get(target_of(link), account.places.get(link.name) or 0)
            for link in places().links
        }
        found += places().check(account.role, rows)
    return [*found, *_taken(session, account, user_id)]


def _taken(session: AnySession, account: Account, user_id: int | None) -> list[Problem]:
    found = []
    for name, value, label in (
        ("username", account.username, "用户名"),
        ("email", _email(account), "电子邮箱"),
    ):
        users = user_class()
        same = select(users.id).where(
            # Signing in ignores case, so two names may not differ by case alone.
            func.lower(getattr(users, name)) == value.lower(),
            users.id != (user_id or 0),
        )
        taken = session.scalar(same) is not None
        found += taken_problems(f"{label}“{value}”", name, taken=taken)
    return found


def _fill(session: AnySession, user: BaseUser, account: Account) -> None:
    role = session.scalars(select(Role).where(Role.name == account.role)).one()
    user.username = account.username
    # The framework has two name columns; a Chinese name fits in one.
    user.last_name, user.first_name = account.name, ""
    user.email = _email(account)
    for link in places().links:
        setattr(user, f"{link.name}_id", account.places.get(link.name))
    user.roles = [role]


def _email(account: Account) -> str:
    return account.email or _stand_in(account.username)


def _stand_in(username: str) -> str:
    # The framework requires a unique address of everyone; staff need not have one.
    return f"{username}@account.invalid"


def _flush(session: AnySession) -> None:
    taken = RulesBroken(taken_problems("用户名或电子邮箱", "username", taken=True))
    with explained(session, lambda: taken):
        session.flush()


def _write_history(session: AnySession, user: BaseUser, kind: str, fields: dict[str, Any]) -> None:
    audit.write(session, ACCOUNT, kind, [(user.id, user.username, fields)])
