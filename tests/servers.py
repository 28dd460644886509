"""Where do the tests' databases live: SQLite files, or a private PostgreSQL server?"""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

# Nothing here outlives the run, so nothing needs to reach the disk.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "listen_addresses": "",
}


#: Bytes that must be free before databases are put there: two workers take some 400 MB.
ROOM = 2 * 1024**3


def quick_folder(prefix: str) -> Path:
    """A new folder in memory, where there is room; else on the disk, where putting back is slow."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=memory if roomy else None))


class Database(Protocol):
    """One database whose present content can be kept and put back."""

    url: str
    touched: bool

    def keep(self, name: str = "kept") -> None:
        """Remember the present content under ``name``; nobody may be connected."""

    def restore(self, name: str = "kept") -> None:
        """Put back what was remembered under ``name``; nobody may be connected."""

    def drop(self) -> None:
        """Remove the database."""


@dataclass
class SqliteDatabase:
    """A file and its copy."""

    path: Path
    touched: bool = False

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def keep(self, name: str = "kept") -> None:
        assert not self._side_files(), "a connection is still open"
        shutil.copyfile(self.path, self.path.with_suffix(f".{name}"))

    def restore(self, name: str = "kept") -> None:
        for path in self._side_files():
            path.unlink()
        shutil.copyfile(self.path.with_suffix(f".{name}"), self.path)
        self.touched = name != "kept"

    def drop(self) -> None:
        for path in (self.path, self.path.with_suffix(".kept"), *self._side_files()):
            path.unlink(missing_ok=True)

    def _side_files(self) -> list[Path]:
        """What write-ahead logging leaves beside the file while somebody is connected."""
        sides = (self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))
        return [path for path in sides if path.exists()]


class SqliteFolder:
    """Makes SQLite databases in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str, like: SqliteDatabase | None = None) -> SqliteDatabase:
        """A database without tables, or with what ``like`` has kept."""
        made = SqliteDatabase(self.folder / f"{name}.db")
        if like is not None:
            shutil.copyfile(like.path.with_suffix(".kept"), made.path)
        return made


@dataclass
class PostgresDatabase:
    """A database of the private server and its template."""

    server: PostgresServer
    name: str
    touched: bool = False

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{self.server.user}@/{self.name}?host={self.server.folder}"

    def keep(self, name: str = "kept") -> None:
        self.server.copy(self.name, f"{self.name}_{name}")

    def restore(self, name: str = "kept") -> None:
        self.server.copy(f"{self.name}_{name}", self.name)
        self.touched = name != "kept"

    def drop(self) -> None:
        self.server.drop(self.name)
        self.server.drop(f"{self.name}_kept")


class PostgresServer:
    """A PostgreSQL server of our own on a socket in a temporary folder, gone after the run."""

    def __init__(self) -> None:
        self.folder = quick_folder("pg-")
        self.data = self.folder / "data"
        # initdb refuses to run as root.
        self.user = _unprivileged_user() if os.geteuid() == 0 else getpass.getuser()
        self._connection: psycopg.Connection[Any] | None = None

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self._run(
            *("initdb", "-D", self.data, "-U", self.user, "-A", "trust", "--no-sync"),
            *("--encoding=UTF8", "--locale=C.UTF-8"),
        )
        settings = {**FAST, "unix_socket_directories": str(self.folder)}
        lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        with (self.data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
            file.write(lines)
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, name: str, like: PostgresDatabase | None = None) -> PostgresDatabase:
        """A database without tables, or with what ``like`` has kept."""
        self.copy("template0" if like is None else f"{like.name}_kept", name)
        return PostgresDatabase(self, name)

    def copy(self, source: str, target: str) -> None:
        """Make ``target`` anew with the content of ``source``."""
        self.drop(target)
        # Copying files is half the work of logging every page, as 15 does unless told; older
        # servers copy files anyway and do not know the word.
        how = " STRATEGY FILE_COPY" if self._server().info.server_version >= 150000 else ""
        self._do(f"CREATE DATABASE {{}} TEMPLATE {{}}{how}", target, source)

    def drop(self, name: str) -> None:
        self._wait_until_left(name)
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _wait_until_left(self, name: str) -> None:
        """Wait for connections that are closing: DROP DATABASE itself sleeps 0.1 s for one."""
        asked = "SELECT FROM pg_stat_activity WHERE datname = %s"
        for _ in range(50):
            if self._server().execute(asked, [name]).rowcount == 0:
                return
            time.sleep(0.001)

    def _do(self, statement: str, *names: str) -> None:
        self._server().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _server(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            self._connection = psycopg.connect(
                host=str(self.folder), user=self.user, dbname="postgres", autocommit=True
            )
        return self._connection

    def _run(self, tool: str, *arguments: object) -> None:
        account: dict[str, Any] = {}
        if os.geteuid() == 0:
            group = pwd.getpwnam(self.user).pw_gid
            account = {"user": self.user, "group": group, "extra_groups": []}
        said = self.folder / "output"  # not a pipe: the server would hold it open
        with said.open("ab") as output:
            done = subprocess.run(
                [_tool(tool), *map(str, arguments)],
                check=False,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **account,
            )
        if done.returncode:
            raise RuntimeError(f"{tool} failed: {said.read_text(errors='replace')}")


def _unprivileged_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _tool(name: str) -> str:
    """The newest installed version's program; Debian keeps it off PATH."""
    versions = Path("/usr/lib/postgresql")
    found = sorted(versions.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise RuntimeError(f"{name} is missing: apt-get install postgresql")
    return path
