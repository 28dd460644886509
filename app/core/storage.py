"""Did an act fail because of the disk, in which way, and how much room is left there?"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from app.core.errors import DatabaseDamaged, DiskFull, DiskRefused, DiskTrouble

UNTOUCHED = "刚才的操作没有保存，原有的数据没有改变。"
FULL = f"服务器的磁盘空间不足，{UNTOUCHED}"
READ_ONLY = f"服务器的数据目录所在磁盘是只读的，不能写入，{UNTOUCHED}"
FAILING = f"服务器的磁盘读写出错（可能已满或损坏），{UNTOUCHED}"
UNOPENED = (
    "打不开磁盘上的数据库文件。请检查它所在的目录是否存在、"
    "启动本系统的帐号能否读写，以及磁盘是否已满。"
)
RESTORE = "请停止服务，用 flask --app run restore 备份文件 --yes 恢复最近的备份。"
DAMAGED = f"磁盘上的数据库文件已损坏，或不是数据库。{RESTORE}"

#: SQLite's primary result codes (https://www.sqlite.org/rescode.html).
_SQLITE: dict[int, tuple[type[DiskTrouble], str]] = {
    sqlite3.SQLITE_FULL: (DiskFull, FULL),
    sqlite3.SQLITE_IOERR: (DiskRefused, FAILING),
    sqlite3.SQLITE_READONLY: (DiskRefused, READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (DiskRefused, UNOPENED),
    sqlite3.SQLITE_CORRUPT: (DatabaseDamaged, DAMAGED),
    sqlite3.SQLITE_NOTADB: (DatabaseDamaged, DAMAGED),
}
#: PostgreSQL's disk_full, io_error, data_corrupted and index_corrupted.
_POSTGRESQL: dict[str, tuple[type[DiskTrouble], str]] = {
    "53100": (DiskFull, FULL),
    "58030": (DiskRefused, FAILING),
    "XX001": (DatabaseDamaged, DAMAGED),
    "XX002": (DatabaseDamaged, DAMAGED),
}
_SYSTEM: dict[int | None, tuple[type[DiskTrouble], str]] = {
    errno.ENOSPC: (DiskFull, FULL),
    errno.EDQUOT: (DiskFull, FULL),
    errno.EROFS: (DiskRefused, READ_ONLY),
    errno.EIO: (DiskRefused, FAILING),
}


def install(engine: Engine) -> None:
    """Turn disk errors of every statement of ``engine`` into DiskTrouble."""
    event.listen(engine, "handle_error", _translate)


def _translate(context: Any) -> None:
    refusal = trouble_of(context.original_exception)
    if refusal is not None:
        raise refusal


def trouble_of(error: BaseException | None) -> DiskTrouble | None:
    """Return the disk failure behind an exception, however it is wrapped; None for any other."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        found = _found(error)
        if found is not None:
            kind, message = found
            return kind(message)
        error = getattr(error, "orig", None) or error.__cause__ or error.__context__
    return None


def _found(error: BaseException) -> tuple[type[DiskTrouble], str] | None:
    if isinstance(error, DiskTrouble):
        return type(error), error.message
    if isinstance(error, sqlite3.Error):
        # The low byte is the primary code; the rest only says which system call failed.
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno)
    return _POSTGRESQL.get(getattr(error, "sqlstate", None) or "")


def free_megabytes(folder: Path) -> int | None:
    """Return the free space in MiB on the disk of ``folder``; None if it cannot be determined."""
    try:
        return shutil.disk_usage(folder).free // 2**20
    except OSError:
        return None
