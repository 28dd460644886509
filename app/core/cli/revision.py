"""Do commands, the framework's too, meet a database whose tables this code knows?"""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import Engine, event

from app.core.cli.frame import refuse
from app.core.errors import BadConfig
from app.core.upkeep import readiness

#: They make, move or describe a database of any revision.
ANY_REVISION = frozenset({"db", "seed", "backup", "restore", "routes", "run"})


def install(engine: Engine) -> None:
    """Look at each new connection of a command; of no other, which the server has looked at."""
    event.listen(engine, "connect", _look)


def _look(connection: Any, _record: Any) -> None:
    context = click.get_current_context(silent=True)
    if context is None:
        return
    words = context.command_path.split()
    if len(words) < 2 or words[1] in ANY_REVISION:
        return
    try:
        readiness.check_revision(_revision(connection))
    except BadConfig as refusal:
        refuse(refusal, as_json=bool(context.params.get("as_json")))


def _revision(connection: Any) -> str:
    """Asked of the driver: the connection is not yet the library's."""
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT version_num FROM alembic_version")
    except Exception as error:
        if "alembic_version" in str(error):
            return ""
        raise
    else:
        return "，".join(sorted(row[0] for row in cursor.fetchall()))
    finally:
        cursor.close()
        connection.rollback()
