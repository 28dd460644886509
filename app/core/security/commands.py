"""How do ``flask fab …`` commands change accounts and roles by our rules?

The framework finds its commands before the application exists, so they cannot be replaced. All of
them end in the security manager or the builder, which call these functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import has_request_context
from sqlalchemy import MetaData, event

from app.core import scope
from app.core.accounts import accounts
from app.core.accounts.accounts import Account
from app.core.accounts.places import places
from app.core.errors import NotFound, NotPermitted, RulesBroken
from app.core.roles import SYSTEM, TITLES, Actor
from app.core.scope import AnySession
from app.core.security import visitor

BOOTSTRAP = "flask --app run bootstrap"
ROLES_FROM_CODE = (
    "角色和权限由代码规定（app/roles.py 和各视图的 open_to），不能导入或另建；"
    f"改好代码后请运行 {BOOTSTRAP}"
)
DIGEST_ALONE = "已经加密的密码无法按规则检查，请给出密码本身"
ON_THE_PAGE = "需要指明中心或评价机构的帐号，请由系统管理员在“系统管理”→“用户”里新增"
TABLES_BY_MIGRATION = (
    "数据表由迁移建立，create-db 会绕过迁移，没有执行；请运行 flask --app run db upgrade，"
    f"再运行 {BOOTSTRAP}"
)


@contextmanager
def _acting(session: AnySession) -> Iterator[Actor]:
    """Act for the visitor of a request, or for the system on the command line."""
    actor = visitor.current_actor() if has_request_context() else SYSTEM
    with scope.acting(session, actor):
        yield actor


def add_user(session: AnySession, given: Account, password: str) -> Any:
    """Create an account by our rules, recorded in the history; raises RulesBroken."""
    with _acting(session) as actor:
        try:
            return accounts.add(session, actor, given, password)
        except RulesBroken as refusal:
            links = {link.name for link in places().links}
            placed = any(problem.field in links for problem in refusal.problems)
            if not placed:
                raise
            raise RulesBroken(refusal.problems, f"{refusal.message}。{ON_THE_PAGE}") from refusal


def set_password(session: AnySession, user_id: int, password: str) -> None:
    """Replace a user's password by our rules, recorded in the history; raises RulesBroken."""
    with _acting(session) as actor:
        accounts.set_password(session, actor, user_id, password)


def one_role(given: Any) -> str:
    """Return the name of the only role passed by the framework; raises NotPermitted for several."""
    roles = given if isinstance(given, list) else [given]
    if len(roles) != 1 or roles[0] is None:
        raise NotPermitted("一个帐号只有一个角色，请只写一个")
    return str(roles[0].name)


def full_name(first: str, last: str) -> str:
    """Join the framework's two names: 赵新伟, but John Smith."""
    return f"{first} {last}".strip() if f"{first}{last}".isascii() else f"{last}{first}"


def no_such_role(name: str) -> NotFound:
    """Return the error for an unknown role, which lists the known ones."""
    known = "、".join(f"{role}（{title}）" for role, title in TITLES.items())
    return NotFound(f"没有角色“{name}”，可用的角色：{known}")


def refuse_tables_past_migrations(metadata: MetaData) -> None:
    """Stop the framework's ``create-db``: migrations would later find its tables in the way."""
    if not event.contains(metadata, "before_create", _refuse_create_db):
        event.listen(metadata, "before_create", _refuse_create_db)


def _refuse_create_db(*_given: Any, **_more: Any) -> None:
    context = click.get_current_context(silent=True)
    if context is not None and context.info_name == "create-db":
        raise NotPermitted(TABLES_BY_MIGRATION)
