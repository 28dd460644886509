"""Does the server start, or say in plain words why it does not?"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.core.upkeep import readiness
from tests.disks import small_disk
from tests.house.tree import ROOT
from tests.served import environment, free_port, serving
from tests.servers import Database


def python(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_bad_setting_stops_server_and_commands_with_its_name(tmp_path: Path) -> None:
    environ = environment(f"sqlite:///{tmp_path}/a.db", PORT="http")
    for start in (["run.py"], ["-m", "flask", "--app", "run", "routes"]):
        done = python(*start, **environ)
        assert done.returncode == 2, done.stderr
        assert "设置项 PORT" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_database_without_tables_is_told_how_to_get_them(empty_database: Database) -> None:
    done = python("run.py", **environment(empty_database.url, PORT=str(free_port())))
    assert done.returncode == 2, done.stderr
    assert "make setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_database_is_named_and_never_told_to_be_set_up(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    file.write_bytes(b"garbage" * 1000)
    environ = environment(f"sqlite:///{file}", PORT=str(free_port()))
    for start in (["run.py"], ["-m", "flask", "--app", "run", "status", "batch", "X"]):
        done = python(*start, **environ)
        assert done.returncode != 0
        assert "已损坏" in done.stderr
        assert "restore" in done.stderr
        assert "make setup" not in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("revision", "remedy"), [("0012", "make setup"), ("0999", "restore")])
def test_a_database_of_another_version_is_refused_by_its_number(
    empty_database: Database, revision: str, remedy: str
) -> None:
    engine = create_engine(empty_database.url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:one)"), {"one": revision})
    engine.dispose()
    environ = environment(empty_database.url, PORT=str(free_port()))
    for start in (["run.py"], ["-m", "flask", "--app", "run", "fab", "list-users"]):
        done = python(*start, **environ)
        assert done.returncode != 0
        assert revision in done.stderr
        assert remedy in done.stderr
        assert "Traceback" not in done.stderr


def test_reading_needs_no_disk_to_write_to(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8) as disk:
        file = disk.folder / "a.db"
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
            row = "INSERT INTO alembic_version VALUES (?)"
            connection.execute(row, (readiness.head(),))
            connection.commit()
        disk.freeze()
        environ = environment(f"sqlite:///{file}")
        done = python("-m", "flask", "--app", "run", "db", "current", **environ)
    assert done.returncode == 0, done.stderr
    assert readiness.head() in done.stdout


@pytest.fixture
def served(app: object, database: Database) -> Iterator[str]:
    database.touched = True
    with serving(database.url) as found:
        yield found.base


def test_the_server_says_where_it_answers_and_does(served: str) -> None:
    with urllib.request.urlopen(f"{served}/login/") as answer:
        assert answer.status == 200
        assert "密码" in answer.read().decode()


def test_a_port_in_use_is_reported_with_the_way_out(served: str, database_url: str) -> None:
    port = served.rsplit(":", 1)[1]
    done = python("run.py", **environment(database_url, PORT=port))
    assert done.returncode == 2, done.stderr
    assert f"端口 {port} 已被占用" in done.stderr
    assert "PORT=" in done.stderr


def test_a_host_without_address_is_reported_by_the_name_of_the_setting(
    app: object, database_url: str
) -> None:
    done = python("run.py", **environment(database_url, HOST="999.1.1.1", PORT=str(free_port())))
    assert done.returncode == 2, done.stderr
    assert "HOST" in done.stderr
    assert "127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr
