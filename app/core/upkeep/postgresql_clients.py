"""How do PostgreSQL's client programs back up a database and restore it in one transaction?"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from app.core.errors import AppError

MISSING = (
    "没有找到 PostgreSQL 的客户端程序 {name}，不能备份或恢复。"
    "请安装与数据库服务器同版本的客户端（apt-get install postgresql-client）后重试。"
)
EMPTY = ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")


def dump(url: URL, target: Path, snapshot: str) -> None:
    """Write the database as that transaction snapshot sees it to the file."""
    with _address(url) as address:
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", address)


def load(url: URL, source: Path) -> None:
    """Replace everything in the database by the output of ``dump``, or change nothing."""
    script = source.with_name("script.sql")
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
        emptied = [f"--command={one}" for one in EMPTY]
        with _address(url) as address:
            _run(
                *("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"),
                *("--single-transaction", *emptied, f"--file={script}", address),
            )
    finally:
        script.unlink(missing_ok=True)


def check_programs() -> None:
    """Raise AppError for a program that is not installed."""
    for name in ("pg_dump", "pg_restore", "psql"):
        _found(name)


def _found(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise AppError(MISSING.format(name=name))
    return path


@contextmanager
def _address(url: URL) -> Iterator[str]:
    """Yield the connection argument; the password is passed in a file that only we can read."""
    plain = url.set(drivername="postgresql", password=None)
    with TemporaryDirectory(prefix="skills-") as folder:
        if url.password:
            file = Path(folder, "password")
            file.touch(mode=0o600)
            password = str(url.password).replace("\\", "\\\\").replace(":", "\\:")
            file.write_text(f"*:*:*:*:{password}\n", encoding="utf-8")
            plain = plain.update_query_dict({"passfile": str(file)})
        yield f"--dbname={plain.render_as_string(hide_password=False)}"


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - a program found by its name, no shell
        [_found(name), *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"退出码 {done.returncode}"]
        raise AppError(f"{name} 没有完成：{said[-1]}")
