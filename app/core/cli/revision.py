"""Does the database have the tables of this version before a command runs?"""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import Engine, event

from app.core.cli.frame import refuse
from app.core.errors import BadConfig
from app.core.upkeep import readiness

#: Commands that create, migrate or only describe a database, whatever its revision.
ANY_REVISION = frozenset({"db", "seed", "backup", "restore", "routes", "run"})


def install(engine: Engine) -> None:
    """Check each new connection of a command; the server checks its database at the start."""
    event.listen(engine, "connect", _look)


def _look(connection: Any, _pooled: Any) -> None:
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
    """Read the revision with the driver: SQLAlchemy does not have the connection yet."""
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
