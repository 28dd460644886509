"""How does an account come to be, change, and change hands? And who acts through it?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload
from werkzeug.security import check_password_hash, generate_password_hash

from app.core import audit
from app.core.accounts.account_rules import (
    AccountFacts,
    account_problems,
    new_password_problems,
    password_problems,
)
from app.core.errors import NotFound, NotPermitted, Problem, RulesBroken
from app.core.roles import ROLES, Actor, Power
from app.core.scope import AnySession
from app.models import AppUser, Body, Centre
from app.models.user import Role
from app.roles import Officer


@dataclass(frozen=True)
class Account:
    """An account as it is filled in: one person, one role, a centre or a body."""

    username: str
    name: str
    role: str
    centre_id: int | None = None
    body_id: int | None = None
    email: str = ""


def account_of(user: AppUser) -> Account:
    """The account as a form shows it."""
    roles = sorted(role.name for role in user.roles)
    return Account(
        username=user.username,
        name=user.get_full_name(),
        role=roles[0] if roles else "",
        centre_id=user.centre_id,
        body_id=user.body_id,
        email="" if user.email == _stand_in(user.username) else user.email,
    )


def user_by_id(session: AnySession, user_id: int) -> AppUser | None:
    """The user with roles, centre and body, whatever the session's scope; one statement."""
    return session.scalars(_whole().where(AppUser.id == user_id)).unique().one_or_none()


def actor_of(user: AppUser, source: str = "screen") -> Actor:
    """The actor that a user is."""
    return Officer(
        id=user.id,
        username=user.username,
        name=user.get_full_name(),
        roles=frozenset(role.name for role in user.roles),
        centre_id=user.centre_id,
        centre_level=user.centre.level if user.centre is not None else "",
        body_id=user.body_id,
        source=source,
    )


def actor_for(session: AnySession, username: str, source: str = "cli") -> Actor:
    """The actor behind a user name; raises NotFound for an unknown or inactive user."""
    found = session.scalars(_whole().where(func.lower(AppUser.username) == username.lower()))
    user = found.unique().one_or_none()
    if user is None or not user.active:
        raise NotFound(f"没有用户 {username}，或者该帐号已停用")
    return actor_of(user, source)


def add(session: AnySession, actor: Actor, account: Account, password: str) -> AppUser:
    """Open an account; raises NotPermitted, RulesBroken with every problem."""
    _check_admin(actor)
    problems = [
        *_problems(session, account, user_id=None),
        *password_problems(password, account.username),
    ]
    if problems:
        raise RulesBroken(problems)
    user = AppUser(active=True, password=generate_password_hash(password))
    _fill(session, user, account)
    session.add(user)
    _flush(session)
    after = asdict(account)
    _record(session, user, "add", {name: [None, value] for name, value in after.items()})
    session.commit()
    return user


def edit(session: AnySession, actor: Actor, user_id: int, account: Account) -> AppUser:
    """Change an account; raises NotFound, NotPermitted, RulesBroken with every problem."""
    _check_admin(actor)
    user = _wanted(session, user_id)
    problems = _problems(session, account, user_id=user_id)
    if user_id == actor.id and Power.ACCOUNTS not in ROLES[account.role].powers:
        message = "不能取消自己的系统管理员角色，请由另一位系统管理员办理"
        problems.append(Problem("account_self", message, field="role"))
    if problems:
        raise RulesBroken(problems)
    before = asdict(account_of(user))
    _fill(session, user, account)
    _flush(session)
    after = asdict(account)
    changed = {
        name: [before[name], value] for name, value in after.items() if before[name] != value
    }
    if changed:
        _record(session, user, "edit", changed)
    session.commit()
    return user


def set_active(session: AnySession, actor: Actor, user_id: int, *, active: bool) -> None:
    """Open or close an account; closing ends its sessions at their next request."""
    _check_admin(actor)
    user = _wanted(session, user_id)
    if user_id == actor.id and not active:
        raise RulesBroken([Problem("account_self", "不能停用自己的帐号")])
    if bool(user.active) != active:
        user.active = active
        _record(session, user, "edit", {"active": [not active, active]})
    session.commit()


def unlock(session: AnySession, actor: Actor, user_id: int) -> None:
    """Let a user in again before the lock ends by itself."""
    _check_admin(actor)
    user = _wanted(session, user_id)
    user.locked_until, user.fail_login_count = None, 0
    _record(session, user, "edit", {"locked": [True, False]})
    session.commit()


def set_password(session: AnySession, actor: Actor, user_id: int, password: str) -> None:
    """Give a user a new password and take off a lock; ends all sessions of that user."""
    _check_admin(actor)
    user = _wanted(session, user_id)
    problems = password_problems(password, user.username)
    if problems:
        raise RulesBroken(problems)
    _put_password(session, user, password)


def change_password(session: AnySession, actor: Actor, old: str, new: str) -> None:
    """Change one's own password; the old one is asked. Ends all sessions of that user."""
    user = _wanted(session, actor.id or 0)
    problems = new_password_problems(new, old, user.username)
    if not check_password_hash(user.password or "", old):
        problems.insert(0, Problem("password_wrong", "原密码不对，请重新输入", field="old"))
    if problems:
        raise RulesBroken(problems)
    _put_password(session, user, new)


def _put_password(session: AnySession, user: AppUser, password: str) -> None:
    user.password = generate_password_hash(password)
    user.locked_until, user.fail_login_count = None, 0
    _record(session, user, "edit", {"password": ["", "已更换"]})
    session.commit()


def _whole() -> Any:
    return (
        select(AppUser)
        .options(
            joinedload(AppUser.roles),  # the framework's backref
            joinedload(AppUser.centre),
            joinedload(AppUser.body),
        )
        .execution_options(unscoped=True)
    )


def _check_admin(actor: Actor) -> None:
    if not actor.can(Power.ACCOUNTS):
        raise NotPermitted("帐号由系统管理员管理，您的角色不能办理")


def _wanted(session: AnySession, user_id: int) -> AppUser:
    user = user_by_id(session, user_id)
    if user is None:
        raise NotFound("没有这个用户")
    return user


def _problems(session: AnySession, account: Account, user_id: int | None) -> list[Problem]:
    centre = session.get(Centre, account.centre_id) if account.centre_id else None
    body = session.get(Body, account.body_id) if account.body_id else None
    facts = AccountFacts(
        username=account.username,
        name=account.name,
        role=account.role,
        centre_level=centre.level if centre is not None else "",
        has_body=body is not None,
    )
    return [*account_problems(facts), *_taken(session, account, user_id)]


def _taken(session: AnySession, account: Account, user_id: int | None) -> list[Problem]:
    found = []
    for name, value, label in (
        ("username", account.username, "用户名"),
        ("email", _email(account), "电子邮箱"),
    ):
        same = select(AppUser.id).where(
            func.lower(getattr(AppUser, name)) == value.lower(), AppUser.id != (user_id or 0)
        )
        if session.scalar(same) is not None:
            message = f"{label}“{value}”已有人使用，请换一个"
            found.append(Problem("account_taken", message, field=name))
    return found


def _fill(session: AnySession, user: AppUser, account: Account) -> None:
    role = session.scalars(select(Role).where(Role.name == account.role)).one()
    user.username = account.username
    # The framework keeps two names; a Chinese name is one.
    user.last_name, user.first_name = account.name, ""
    user.email = _email(account)
    user.centre_id, user.body_id = account.centre_id, account.body_id
    user.roles = [role]


def _email(account: Account) -> str:
    return account.email or _stand_in(account.username)


def _stand_in(username: str) -> str:
    # The framework wants a distinct address of everybody; staff accounts need none.
    return f"{username}@account.invalid"


def _flush(session: AnySession) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        session.rollback()
        message = "用户名或电子邮箱已有人使用，请换一个"
        raise RulesBroken([Problem("account_taken", message, field="username")]) from error


def _record(session: AnySession, user: AppUser, kind: str, fields: dict[str, Any]) -> None:
    audit.record(session, "AppUser", kind, [(user.id, user.username, fields)])
