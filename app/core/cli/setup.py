"""How is a database made ready? Roles and permissions, reference data, the demo centre."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import func, inspect, select

from app.core import scope
from app.core.cli.frame import command
from app.core.database import db
from app.core.roles import SYSTEM
from app.models.user import Role


@command("bootstrap")
def bootstrap() -> dict[str, Any]:
    """建立角色和权限（可重复执行）。"""
    from app.core.accounts import bootstrap as bootstrapping

    bootstrapping.bootstrap()
    return {"bootstrap": "ok"}


@command("seed")
@click.option("--demo", is_flag=True, help="再建立一个演示中心")
def seed(*, demo: bool) -> dict[str, Any]:
    """载入基础数据；--demo 再建立演示中心（可重复执行）。"""
    from seed import reference

    _prepare_new_database()
    added: dict[str, Any] = dict(reference.load())
    if demo:
        from seed import demo as demonstration

        added |= demonstration.load()
    return added


def _prepare_new_database() -> None:
    """Lay tables and rights in a database that has none; one in use is migrated on purpose only."""
    from flask_migrate import upgrade

    from app.core.accounts.bootstrap import bootstrap as lay_down_rights

    if not inspect(db.engine).has_table("alembic_version"):
        upgrade()
    if not db.session.scalar(select(func.count()).select_from(Role)):
        lay_down_rights()
    scope.bind(db.session, SYSTEM)


COMMANDS = (bootstrap, seed)
