"""How is a database made ready? Roles and permissions, reference data, the demo centre."""

from __future__ import annotations

from typing import Any

import click

from app.cli.frame import command


@command("bootstrap")
def bootstrap() -> dict[str, Any]:
    """建立角色和权限（可重复执行）。"""
    from app.services import bootstrap as bootstrapping

    bootstrapping.bootstrap()
    return {"bootstrap": "ok"}


@command("seed")
@click.option("--demo", is_flag=True, help="再建立一个演示中心")
def seed(*, demo: bool) -> dict[str, Any]:
    """载入基础数据；--demo 再建立演示中心（可重复执行）。"""
    from seed import reference

    added: dict[str, Any] = dict(reference.load())
    if demo:
        from seed import demo as demonstration

        added |= demonstration.load()
    return added


COMMANDS = (bootstrap, seed)
