"""Which commands give a database its roles and rights, and look whether it is sound?"""

from __future__ import annotations

from typing import Any

from app.core.cli.frame import command
from app.core.database import db


@command("bootstrap")
def bootstrap() -> dict[str, Any]:
    """建立角色和权限（可重复执行）。"""
    from app.core.accounts import bootstrap as bootstrapping

    bootstrapping.bootstrap()
    return {"bootstrap": "ok"}


def _text(answer: dict[str, Any]) -> str:
    return "\n".join(
        answer["lines"] or ["数据库核对完毕：各项约束都已补上，没有超出范围的旧记录。"]
    )


@command("doctor", text=_text)
def doctor() -> dict[str, Any]:
    """核对旧数据：列出超出范围的旧记录，已改正的补上数据库约束（可重复执行）。"""
    from app.core.upkeep import limits

    found = limits.settle(db.engine)
    return {
        "offences": [
            {
                "constraint": one.limit.name,
                "table": one.limit.table,
                "columns": list(one.limit.columns),
                "count": one.count,
                "rows": [{"id": row.key, "value": row.values} for row in one.rows],
                "message": one.message,
            }
            for one in found.offences
        ],
        "unsettled": list(found.unsettled),
        "local_states": list(found.local),
        "lines": [*limits.lines(found, limits.LISTED), *found.local],
    }


COMMANDS = (bootstrap, doctor)
