"""Does setting up a database do what is missing, and nothing that somebody undid on purpose?"""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import BadConfig
from app.core.upkeep import readiness
from tools import prepare

ALL = [" ".join(step) for step in (*prepare.UPDATE, *prepare.DEMO)]
HEAD = readiness.head()
UPDATE = [" ".join(step) for step in prepare.UPDATE]


class Bench:
    """An installation whose commands are noted instead of run."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "app.db"
        self.run: list[str] = []
        self.failing = ""

    def migrate(self, revision: str = HEAD) -> None:
        with sqlite3.connect(self.file) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT)")
            connection.execute("DELETE FROM alembic_version")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (revision,))

    def command(self, command: list[str], **_options: Any) -> subprocess.CompletedProcess[str]:
        step = " ".join(command[5:])
        self.run.append(step)
        if step == "db upgrade":
            self.migrate()
        return subprocess.CompletedProcess(command, int(step == self.failing))

    def setup(self) -> list[str]:
        self.run = []
        prepare.main()
        return self.run


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    made = Bench(tmp_path)
    settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{made.file}"}
    monkeypatch.setattr(prepare, "load_settings", lambda: settings)
    monkeypatch.setattr(prepare, "INSTANCE", tmp_path)
    monkeypatch.setattr(prepare, "code_digest", lambda: "one")
    monkeypatch.setattr(prepare.subprocess, "run", made.command)
    return made


def test_a_new_database_gets_everything_and_a_second_run_nothing(bench: Bench) -> None:
    assert bench.setup() == ALL
    assert bench.setup() == []


def test_new_code_updates_the_database_but_never_brings_the_demo_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.setup()
    monkeypatch.setattr(prepare, "code_digest", lambda: "two")
    assert bench.setup() == UPDATE
    assert bench.setup() == []


def test_a_database_that_somebody_else_made_gets_no_demo(bench: Bench) -> None:
    bench.migrate()
    assert bench.setup() == UPDATE


def test_a_deleted_database_is_made_anew(bench: Bench) -> None:
    bench.setup()
    bench.file.unlink()
    assert bench.setup() == ALL


def test_a_demo_that_failed_is_taken_up_again(bench: Bench) -> None:
    bench.failing = "seed --demo"
    assert bench.setup() == ALL
    bench.failing = ""
    assert bench.setup()[-1] == "seed --demo"
    assert bench.setup() == []


def test_a_failed_step_stops_the_rest_and_the_exit_code_tells(bench: Bench) -> None:
    bench.failing = "bootstrap"
    assert prepare.main() == 1
    assert bench.run == ["db upgrade", "bootstrap"]


def test_a_bad_setting_is_reported_and_nothing_is_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> dict[str, str]:
        raise BadConfig("设置项 PORT 不对")

    monkeypatch.setattr(prepare, "load_settings", refuse)
    assert prepare.main() == prepare.BAD_START
    assert "PORT" in capsys.readouterr().err
    assert bench.run == []


def test_an_unreachable_database_is_reported_without_its_password(tmp_path: Path) -> None:
    address = f"postgresql+psycopg://u:geheim@/x?host={tmp_path}/nobody"
    with pytest.raises(BadConfig, match="DATABASE_URL") as caught:
        prepare.standing(address)
    assert "geheim" not in caught.value.message


def test_the_digest_changes_with_the_code_and_only_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    (tmp_path / "app").mkdir()
    model = tmp_path / "app" / "model.py"
    model.write_text("one")
    first = prepare.code_digest()
    (tmp_path / "app" / "notes.txt").write_text("nothing that a database knows")
    assert prepare.code_digest() == first
    model.write_text("two")
    assert prepare.code_digest() != first


def test_a_database_put_back_from_an_older_backup_is_upgraded_though_the_code_is_the_same(
    bench: Bench,
) -> None:
    bench.setup()
    bench.migrate("0012")
    assert bench.setup() == UPDATE
    assert bench.setup() == []


def test_a_database_of_a_newer_version_is_left_alone(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.setup()
    bench.migrate("0999")
    assert bench.setup() == []
    said = capsys.readouterr().err
    assert "0999" in said
    assert "restore" in said


def test_a_damaged_database_is_named_with_the_remedy(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.file.write_bytes(b"garbage" * 500)
    assert bench.setup() == []
    said = capsys.readouterr().err
    assert str(bench.file) in said
    assert "restore" in said
    assert "make setup" not in said


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\x00", b"[]"])
def test_a_damaged_note_of_what_is_done_stops_nothing(bench: Bench, content: bytes) -> None:
    bench.setup()
    for note in (bench.file.parent / "prepared").glob("*.json"):
        note.write_bytes(content)
    assert bench.setup() == UPDATE
    assert bench.setup() == []
