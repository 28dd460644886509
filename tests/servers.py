"""Where do the tests' databases live: SQLite files, or a private PostgreSQL server?"""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
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


class Database(Protocol):
    """One database whose present content can be kept and put back."""

    url: str
    touched: bool

    def keep(self) -> None:
        """Remember the present content; nobody may be connected."""

    def restore(self) -> None:
        """Put the remembered content back; nobody may be connected."""

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

    @property
    def kept(self) -> Path:
        return self.path.with_suffix(".kept")

    def keep(self) -> None:
        assert not self._side_files(), "a connection is still open"
        shutil.copyfile(self.path, self.kept)

    def restore(self) -> None:
        for path in self._side_files():
            path.unlink()
        shutil.copyfile(self.kept, self.path)
        self.touched = False

    def drop(self) -> None:
        for path in (self.path, self.kept, *self._side_files()):
            path.unlink(missing_ok=True)

    def _side_files(self) -> list[Path]:
        """What write-ahead logging leaves beside the file while somebody is connected."""
        sides = (self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))
        return [path for path in sides if path.exists()]


class SqliteFolder:
    """Makes SQLite databases in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str) -> SqliteDatabase:
        return SqliteDatabase(self.folder / f"{name}.db")


@dataclass
class PostgresDatabase:
    """A database of the private server and its template."""

    server: PostgresServer
    name: str
    touched: bool = False

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{self.server.user}@/{self.name}?host={self.server.folder}"

    @property
    def kept(self) -> str:
        return f"{self.name}_kept"

    def keep(self) -> None:
        self.server.copy(self.name, self.kept)

    def restore(self) -> None:
        self.server.copy(self.kept, self.name)
        self.touched = False

    def drop(self) -> None:
        self.server.drop(self.name)
        self.server.drop(self.kept)


class PostgresServer:
    """A PostgreSQL server of our own on a socket in a temporary folder, gone after the run."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
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

    def create(self, name: str) -> PostgresDatabase:
        self.copy("template0", name)
        return PostgresDatabase(self, name)

    def copy(self, source: str, target: str) -> None:
        """Make ``target`` anew with the content of ``source``."""
        self.drop(target)
        self._do("CREATE DATABASE {} TEMPLATE {}", target, source)

    def drop(self, name: str) -> None:
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _do(self, statement: str, *names: str) -> None:
        if self._connection is None:
            self._connection = psycopg.connect(
                host=str(self.folder), user=self.user, dbname="postgres", autocommit=True
            )
        self._connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

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
