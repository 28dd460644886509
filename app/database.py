"""Where is the one database? SQLite by default, PostgreSQL by one setting."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.models.sqla.base import SQLA
from flask_migrate import Migrate
from sqlalchemy import Engine, event

# One metadata for the framework's tables and ours, so that migrations see them together.
db = SQLA(metadata=Model.metadata)
migrate = Migrate()


def _pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=15000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def prepare(engine: Engine) -> None:
    """Make SQLite keep foreign keys and let readers and a writer work side by side."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
