"""Is the database kept while people work, put back whole, and never lost on the way?"""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app import create_app
from app.core.database import db
from app.core.upkeep import postgresql_clients, readiness
from tests.database import settings_for
from tests.house.tree import ROOT
from tests.served import environment, free_port
from tests.servers import Database

WAITS = 60


class Installation:
    """A database with tables, its commands, and a server of its own."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        settings = settings_for(database.url, folder) | {"BACKUP_FOLDER": str(folder / "backups")}
        self.app: Flask = create_app(settings)
        with self.app.app_context():
            upgrade()
        self.let_go()

    def let_go(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def add(self, number: int) -> None:
        row = "INSERT INTO region (code, name, version) VALUES (:code, '某县', 1)"
        with self.app.app_context(), db.engine.begin() as connection:
            start = connection.scalar(text("SELECT count(*) FROM region")) or 0
            codes = [{"code": f"{one:06d}"} for one in range(start, start + number)]
            connection.execute(text(row), codes)
        self.let_go()

    def count(self) -> int:
        with self.app.app_context(), db.engine.connect() as connection:
            found = int(connection.scalar(text("SELECT count(*) FROM region")) or 0)
        self.let_go()
        return found

    def run(self, *words: object) -> tuple[int, Any, str]:
        said = self.app.test_cli_runner().invoke(args=[*map(str, words), "--json"])
        self.let_go()
        if said.exception is not None and not isinstance(said.exception, SystemExit):
            raise said.exception
        return said.exit_code, json.loads(said.stdout or "null"), said.stderr

    @contextmanager
    def server(self) -> Iterator[subprocess.Popen[str]]:
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "run.py"],
            cwd=ROOT,
            env=environment(self.database.url, PORT=str(port)),
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            assert f":{port}/" in process.stdout.readline()
            yield process
        finally:
            process.kill()
            process.wait(timeout=WAITS)


@pytest.fixture(scope="module")
def built(database_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    database = database_server.create("backups")
    made = Installation(database, tmp_path_factory.mktemp("backups"))
    database.keep()
    yield made
    made.let_go()
    database.drop()


@pytest.fixture
def installation(built: Installation) -> Installation:
    """The installation as it was made, without a row."""
    built.let_go()
    built.database.restore()
    return built


def sqlite_only(installation: Installation) -> Path:
    url = installation.database.url
    if not url.startswith("sqlite"):
        pytest.skip("only SQLite keeps its database in a file of ours")
    return Path(url.removeprefix("sqlite:///"))


def test_the_drill_a_backup_of_a_running_server_is_put_back_whole(
    installation: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "b.zip"
    installation.add(60)
    with installation.server() as process:
        code, made, said = installation.run("backup", file)
        assert code == 0, said
        assert made["revision"] == readiness.head()
        installation.add(81)
        code, _, said = installation.run("restore", file, "--yes")
        assert code != 0
        assert "停止服务" in said
        assert installation.count() == 141
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=WAITS)
    url = installation.database.url
    if url.startswith("sqlite"):
        # What made the old way corrupt the data: the log of the killed server, still full.
        assert Path(url.removeprefix("sqlite:///") + "-wal").stat().st_size > 0
    code, done, said = installation.run("restore", file, "--yes")
    assert code == 0, said
    assert installation.count() == 60
    with installation.app.app_context():
        readiness.check(db.engine)
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(done["kept"])) as kept:
            assert kept.execute("SELECT count(*) FROM region").fetchone() == (141,)
            assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    else:
        code, _, said = installation.run("restore", done["kept"], "--yes")
        assert code == 0, said
        assert installation.count() == 141


def test_a_backup_of_an_older_version_is_upgraded_and_keeps_its_rows(
    installation: Installation, tmp_path: Path
) -> None:
    installation.add(5)
    with installation.app.app_context():
        downgrade(revision="0012")
    file = tmp_path / "old.zip"
    assert installation.run("backup", file)[0] == 0
    with installation.app.app_context():
        upgrade()
    installation.add(3)
    code, done, said = installation.run("restore", file, "--yes")
    assert code == 0, said
    assert done["upgraded"] is True
    assert installation.count() == 5
    with installation.app.app_context():
        readiness.check(db.engine)


def test_nothing_is_put_back_without_a_yes(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    installation.run("backup", file)
    installation.add(1)
    code, _, said = installation.run("restore", file)
    assert code != 0
    assert "--yes" in said
    assert installation.count() == 1


def test_a_backup_is_never_written_over(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    assert installation.run("backup", file)[0] == 0
    before = file.read_bytes()
    code, _, said = installation.run("backup", file)
    assert code != 0
    assert "已经存在" in said
    assert file.read_bytes() == before


def rewritten(file: Path, target: Path, **changed: Any) -> Path:
    """The backup with another manifest."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | changed).encode()
            new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"revision": "0999"}, "0999"),
        ({"sha256": "0" * 64}, "校验值"),
        ({"engine": "oracle"}, "DATABASE_URL"),
        ({"format": 99}, "更新的程序"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_and_nothing_changes(
    installation: Installation, tmp_path: Path, changed: dict[str, Any], word: str
) -> None:
    installation.run("backup", tmp_path / "b.zip")
    installation.add(2)
    other = rewritten(tmp_path / "b.zip", tmp_path / "other.zip", **changed)
    code, _, said = installation.run("restore", other, "--yes")
    assert code != 0
    assert word in said
    assert installation.count() == 2


def test_what_is_no_backup_is_refused(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    file.write_bytes(b"nothing of the kind")
    code, _, said = installation.run("restore", file, "--yes")
    assert code != 0
    assert "不是本系统的备份文件" in said


def test_a_damaged_database_is_replaced_and_kept_with_its_log(
    installation: Installation, tmp_path: Path
) -> None:
    path = sqlite_only(installation)
    installation.add(4)
    installation.run("backup", tmp_path / "b.zip")
    path.write_bytes(b"garbage" * 1000)
    Path(f"{path}-wal").write_bytes(b"log")
    code, done, said = installation.run("restore", tmp_path / "b.zip", "--yes")
    assert code == 0, said
    assert installation.count() == 4
    assert Path(done["kept"]).read_bytes().startswith(b"garbage")
    assert Path(done["kept"] + "-wal").read_bytes() == b"log"


def test_a_damaged_database_makes_no_backup(installation: Installation, tmp_path: Path) -> None:
    path = sqlite_only(installation)
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\x5a" * (len(content) - 4096 * 2)
    path.write_bytes(content)
    code, _, said = installation.run("backup", tmp_path / "b.zip")
    assert code != 0
    assert "损坏" in said
    assert [*tmp_path.glob("*.zip")] == []


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql_clients.shutil, "which", lambda _name: None)
    with pytest.raises(Exception, match=r"pg_dump.*postgresql-client"):
        postgresql_clients.check_programs()


def test_two_restores_in_one_second_keep_two_databases(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.upkeep.restore._stamp", lambda: "20210412-093000")
    installation.add(3)
    file = tmp_path / "b.zip"
    assert installation.run("backup", file)[0] == 0
    kept = [installation.run("restore", file, "--yes")[1]["kept"] for _ in range(3)]
    assert len(set(kept)) == 3
    assert all(Path(one).stat().st_size for one in kept)
