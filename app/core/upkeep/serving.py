"""Is a server using this SQLite file, according to the lock beside it?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Engine

from app.core.errors import AppError
from app.core.storage import trouble_of

IN_USE = "还有服务或命令正在使用这个数据库。请先停止服务（按 Ctrl+C 或停止系统服务），再恢复。"

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes], *, alone: bool) -> None:
        file.seek(0)
        # Windows has no shared locks, so a second server runs without one.
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes], *, alone: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


def hold(engine: Engine) -> IO[bytes] | None:
    """Mark the database as used by a server, for as long as the returned file stays open.

    Returns None on PostgreSQL, which itself knows its connections, and if the folder is not
    writable. Raises AppError while the database is being restored.
    """
    if engine.dialect.name != "sqlite":
        return None
    try:
        file = _lock_file(engine).open("ab")
        _lock(file, alone=False)
    except OSError as error:
        if trouble_of(error) is not None or isinstance(error, PermissionError):
            return None
        raise AppError("正在恢复数据库，请等恢复结束后再启动服务。") from error
    return file


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Keep servers away from an SQLite file; raises AppError if one is using it."""
    with _lock_file(engine).open("ab") as file:
        try:
            _lock(file, alone=True)
        except OSError as error:
            raise AppError(IN_USE) from error
        yield


def _lock_file(engine: Engine) -> Path:
    return Path(f"{engine.url.database}.lock")
