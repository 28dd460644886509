"""Where is the one database? SQLite by default, PostgreSQL by one setting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.models.sqla.base import SQLA
from flask_migrate import Migrate
from sqlalchemy import Engine, event

# One metadata for the framework's tables and ours, so that migrations see them together.
db = SQLA(metadata=Model.metadata)
migrate = Migrate()

#: Milliseconds that a statement waits for another's write.
BUSY_TIMEOUT = 15_000
#: Bytes that SQLite's log keeps of its room once what it held stands in the database.
LARGEST_LOG = 64 * 2**20


def _pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        f"journal_size_limit={LARGEST_LOG}",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _read_only(_dialect: Any, _record: Any, arguments: list[Any], named: dict[str, Any]) -> None:
    """Let a file be read where nothing can be written beside it, as keeping a log would need."""
    path = Path(arguments[0])
    if path.exists() and not os.access(path.parent, os.W_OK):
        # Nobody writes to a file on such a disk; one with a log still needs the log to be read.
        still = "" if Path(f"{path}-wal").exists() else "&immutable=1"
        arguments[0] = f"{path.absolute().as_uri()}?mode=ro{still}"
        named["uri"] = True


def read_where_nothing_can_be_written(engine: Engine) -> None:
    """Let looking at an SQLite database need no room and no right to write."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _read_only)


def prepare(engine: Engine) -> None:
    """Make SQLite keep foreign keys and let readers and a writer work side by side."""
    if engine.dialect.name == "sqlite":
        read_where_nothing_can_be_written(engine)
        event.listen(engine, "connect", _pragmas)


def put_log_away(engine: Engine) -> None:
    """Close every connection; SQLite's log goes into the database, so that one file is the whole.

    A log that stays behind would be replayed over a backup that is put in the file's place.
    """
    engine.dispose()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
