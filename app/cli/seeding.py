"""How is a database first filled with reference data and the demo centre?"""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import func, inspect, select

from app.core import scope
from app.core.cli.frame import command
from app.core.database import db
from app.core.roles import SYSTEM
from app.core.tables.user import Role


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
    """Create tables and permissions in an empty database; never migrate one that is in use."""
    from flask_migrate import upgrade

    from app.core.accounts.bootstrap import bootstrap as lay_down_rights

    if not inspect(db.engine).has_table("alembic_version"):
        upgrade()
    if not db.session.scalar(select(func.count()).select_from(Role)):
        lay_down_rights()
    scope.bind(db.session, SYSTEM)


COMMANDS = (seed,)
