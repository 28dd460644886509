"""How is a database first filled with reference data and the demo centre?"""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import func, inspect, select

from app.core import practice, scope
from app.core.cli.frame import command
from app.core.database import db
from app.core.errors import AppError
from app.core.roles import SYSTEM
from app.core.tables.user import Role
from app.models import Body


@command("seed")
@click.option("--demo", is_flag=True, help="再建立一个演示中心")
def seed(*, demo: bool) -> dict[str, Any]:
    """载入基础数据；--demo 再建立演示中心（可重复执行）。"""
    from seed import reference

    _prepare_new_database()
    added: dict[str, Any] = dict(reference.load())
    if demo:
        from seed import demo as demonstration

        _refuse_real_work()
        added |= demonstration.load()
    return added


def _refuse_real_work() -> None:
    """Keep the demo, whose passwords are public, out of a database with bodies of its own."""
    from seed.demo_bodies import BODIES

    ours = [one.code for one in BODIES]
    found = db.session.scalars(select(Body.code).where(Body.code.not_in(ours))).all()
    if found and not practice.is_practice(db.session):
        raise AppError(
            f"数据库里已有评价机构 {len(found)} 个（{found[0]} 等），没有载入演示中心。"
            "演示中心的帐号密码是公开的，只能载入空的数据库；请另设 DATABASE_URL 再载入。"
        )


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
