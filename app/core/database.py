"""Which database is used, who may write to it now, and was it only busy?

The default is SQLite, one setting selects PostgreSQL. SQLite allows one writer at a time: those of
this process queue in order of arrival, and only the first of them waits for the file. Readers never
wait.
"""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition
from typing import Any

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.models.sqla.base import SQLA
from flask_migrate import Migrate
from sqlalchemy import Engine, event
from sqlalchemy.exc import TimeoutError as NoTurn

# One metadata for the framework's tables and ours, so that migrations see them together.
db = SQLA(metadata=Model.metadata)
migrate = Migrate()

#: The size in bytes to which SQLite truncates its log after a checkpoint.
LARGEST_LOG = 64 * 2**20
#: The message if the database stayed locked by others for too long.
BUSY = "数据库正忙，请稍后再试"

#: PostgreSQL's codes for conflicts with others: lock timeout, deadlock, serialization failure and
#: too many connections.
_IN_THE_WAY = frozenset({"55P03", "40P01", "40001", "53300"})
_READS = ("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN", "VALUES")
_PLACE = "place_in_queue"
_AT_ONCE = "write_at_once"


class WriteQueue:
    """Admits one writer of this process at a time, in order of arrival."""

    def __init__(self, patience: float, places: int) -> None:
        self.patience, self.places = patience, places
        self._changed = Condition()
        self._waiting: deque[object] = deque()
        self._taken = False

    def enter(self, *, at_once: bool = False) -> None:
        """Wait to become the writer.

        Raises NoTurn if that takes longer than ``patience`` seconds, if ``places`` writers already
        wait (each occupies a thread, and some are kept for readers), or if ``at_once`` is set and
        anyone else writes or waits.
        """
        with self._changed:
            if len(self._waiting) >= self.places or (at_once and (self._waiting or self._taken)):
                raise NoTurn(f"{len(self._waiting)} writers wait already")
            ticket = object()
            self._waiting.append(ticket)
            first = self._changed.wait_for(lambda: self._is_next(ticket), self.patience)
            self._waiting.remove(ticket)
            # Those behind the one that gave up have moved forward and must look again.
            if not first:
                self._changed.notify_all()
                raise NoTurn(f"no turn to write in {self.patience} seconds")
            self._taken = True

    def leave(self) -> None:
        """Admit the next writer."""
        with self._changed:
            self._taken = False
            self._changed.notify_all()

    def _is_next(self, ticket: object) -> bool:
        return not self._taken and self._waiting[0] is ticket


def _pragmas(connection: Any, _pooled: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        # Without a limit the log keeps the size of its largest transaction for good.
        f"journal_size_limit={LARGEST_LOG}",
        # With a write-ahead log a power cut costs at most the last commits, never the file.
        "synchronous=NORMAL",
        # SQLite checks foreign keys only where each connection asks for it.
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _read_only(_dialect: Any, _pooled: Any, arguments: list[Any], named: dict[str, Any]) -> None:
    """Open a file as read-only if its folder is not writable, where no log could be created."""
    path = Path(arguments[0])
    if path.exists() and not os.access(path.parent, os.W_OK):
        # An immutable file needs no log; with an existing log its changes must be read as well.
        still = "" if Path(f"{path}-wal").exists() else "&immutable=1"
        arguments[0] = f"{path.absolute().as_uri()}?mode=ro{still}"
        named["uri"] = True


def read_where_nothing_can_be_written(engine: Engine) -> None:
    """Let an SQLite database be read without disk space or permission to write."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _read_only)


def prepare(engine: Engine, patience: float, places: int) -> None:
    """Set up SQLite: foreign keys, readers beside a writer, and a queue of writers.

    A writer waits at most ``patience`` seconds for its turn, and at most ``places`` of them wait.
    Does nothing for other databases.
    """
    if engine.dialect.name != "sqlite":
        return
    read_where_nothing_can_be_written(engine)
    event.listen(engine, "connect", _pragmas)
    queue = WriteQueue(patience, places)

    def before(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if _PLACE not in connection.info and not statement.lstrip().upper().startswith(_READS):
            queue.enter(at_once=_AT_ONCE in connection.info)
            connection.info[_PLACE] = queue

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "commit", lambda connection: _leave_queue(connection.info))
    event.listen(engine, "rollback", lambda connection: _leave_queue(connection.info))
    # A broken connection ends its transaction without a commit or rollback event.
    event.listen(engine, "checkin", lambda _connection, record: _leave_queue(record.info))
    event.listen(engine, "invalidate", lambda _connection, record, _why: _leave_queue(record.info))


def put_log_away(engine: Engine) -> None:
    """Close all connections and merge SQLite's log into the database file.

    A log that was left behind would be replayed onto a backup restored in the file's place.
    """
    engine.dispose()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()


def _leave_queue(info: dict[Any, Any]) -> None:
    queue = info.pop(_PLACE, None)
    if queue is not None:
        queue.leave()


@contextmanager
def at_once(session: Any) -> Iterator[None]:
    """Inside the block, begin to write without waiting; fail as busy if anyone else is writing."""
    connection = session.connection()
    connection.info[_AT_ONCE] = True
    lite = connection.dialect.name == "sqlite"
    pause = connection.exec_driver_sql("PRAGMA busy_timeout").scalar() if lite else 0
    connection.exec_driver_sql(
        # PostgreSQL takes 0 for no limit at all, hence the shortest useful one.
        "PRAGMA busy_timeout = 0" if lite else "SET LOCAL lock_timeout = '10ms'"
    )
    try:
        yield
    finally:
        del connection.info[_AT_ONCE]
        if lite:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {pause}")


def is_busy(error: BaseException) -> bool:
    """Return whether the database was locked by others, so that a retry may succeed."""
    if isinstance(error, NoTurn):
        return True
    refused: Any = getattr(error, "orig", None)
    code = getattr(refused, "sqlite_errorcode", None)
    if code is not None:
        # Extended codes, such as SQLITE_BUSY_SNAPSHOT, hold the primary one in the low byte.
        return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(refused, "sqlstate", None) in _IN_THE_WAY
