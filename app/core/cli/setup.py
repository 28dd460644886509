"""Which command gives a database its roles and rights?"""

from __future__ import annotations

from typing import Any

from app.core.cli.frame import command


@command("bootstrap")
def bootstrap() -> dict[str, Any]:
    """建立角色和权限（可重复执行）。"""
    from app.core.accounts import bootstrap as bootstrapping

    bootstrapping.bootstrap()
    return {"bootstrap": "ok"}


COMMANDS = (bootstrap,)
