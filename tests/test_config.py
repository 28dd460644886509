"""Are settings read, refused and kept as an operator expects?"""

from __future__ import annotations

import csv
import stat
from datetime import timedelta
from pathlib import Path

import pytest

import config
from app.core.errors import BadConfig
from tests.disks import small_disk


def uri(address: str) -> str:
    return str(config.read_settings({"DATABASE_URL": address})["SQLALCHEMY_DATABASE_URI"])


def refusal(**environ: str) -> str:
    with pytest.raises(BadConfig) as caught:
        config.read_settings(environ)
    return caught.value.message


def test_without_settings_the_data_lie_in_the_instance_folder() -> None:
    settings = config.read_settings({})
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{config.ROOT}/instance/app.db"
    assert (settings["HOST"], settings["PORT"]) == ("127.0.0.1", 8080)
    assert "SECRET_KEY" not in settings


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_the_driver_we_ship(scheme: str) -> None:
    assert uri(f"{scheme}://u:p%40w@db:5433/x") == "postgresql+psycopg://u:p%40w@db:5433/x"


@pytest.mark.parametrize("url", ["", "postgresql://u:p@h/d"])
def test_a_failed_statement_is_logged_without_its_values(url: str) -> None:
    settings = config.read_settings({"DATABASE_URL": url})
    assert settings["SQLALCHEMY_ENGINE_OPTIONS"]["hide_parameters"] is True


def test_a_relative_sqlite_path_counts_from_the_products_folder() -> None:
    assert uri("sqlite:///data/a.db") == f"sqlite:///{config.ROOT}/data/a.db"
    assert uri("sqlite:////srv/a.db") == "sqlite:////srv/a.db"


@pytest.mark.parametrize(
    "address", ["mysql://u:geheim@db/x", "sqlite://", "geheim", "sqlite:///:memory:"]
)
def test_a_database_that_cannot_serve_is_refused_without_repeating_its_password(
    address: str,
) -> None:
    message = refusal(DATABASE_URL=address)
    assert "DATABASE_URL" in message
    assert "postgresql://" in message
    assert "geheim" not in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("THREADS", "0"),
        ("DISK_WARN_MB", "-1"),
        ("SESSION_HOURS", "-1"),
        ("COOKIE_SECURE", "maybe"),
        ("SECRET_KEY", "short"),
        ("PUBLICITY_WORKDAYS", "5.5"),
        ("FILING_WORKDAYS", "4"),
        ("PUBLICITY_BEGIN_WORKDAYS", "8"),
        ("PAPER_YEARS", "2"),
        ("ELECTRONIC_YEARS", "4"),
        ("COUNT_EXAM_DAY", "1"),
        ("SCHOOL_CERTIFICATE_LETTER", "技"),
    ],
)
def test_a_bad_value_is_refused_by_the_settings_name_and_with_a_remedy(
    name: str, value: str
) -> None:
    message = refusal(**{name: value})
    assert name in message
    assert "请" in message


def test_a_centre_may_be_stricter_than_the_notice_and_choose_what_counts() -> None:
    settings = config.read_settings(
        {
            "FILING_WORKDAYS": "6",
            "PUBLICITY_BEGIN_WORKDAYS": "5",
            "PAPER_YEARS": "10",
            "COUNT_EXAM_DAY": "1",
            "COUNT_SUBMISSION_DAY": "1",
        }
    )
    assert settings["FILING_WORKDAYS"] == 6
    assert settings["COUNTING"].exam_day_counts
    assert settings["COUNTING"].submission_day_counts
    assert not settings["COUNTING"].event_day_counts


def test_all_bad_values_are_reported_at_once() -> None:
    message = refusal(PORT="x", COOKIE_SECURE="x", DATABASE_URL="x")
    assert len(message.splitlines()) == 3


def test_an_empty_variable_counts_as_not_set() -> None:
    assert config.read_settings({"PORT": " ", "SECRET_KEY": ""})["PORT"] == 8080


def test_a_form_stays_valid_as_long_as_the_session() -> None:
    settings = config.read_settings({"SESSION_HOURS": "12"})
    assert settings["PERMANENT_SESSION_LIFETIME"] == timedelta(hours=12)
    assert settings["WTF_CSRF_TIME_LIMIT"] >= 12 * 3600


def test_nothing_is_created_by_a_start() -> None:
    settings = config.read_settings({})
    assert settings["FAB_CREATE_DB"] is False
    assert settings["FAB_UPDATE_PERMS"] is False


def test_the_secret_key_is_made_once_and_is_the_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "INSTANCE", tmp_path / "instance")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/deep/er/a.db")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = config.load_settings()["SECRET_KEY"]
    kept = tmp_path / "instance" / "secret_key"
    assert len(first) > 40
    assert config.load_settings()["SECRET_KEY"] == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir() if path.name.startswith("tmp")] == []
    for folder in (kept.parent, tmp_path / "deep" / "er"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"\xff\xfe" * 40, b"\0" * 64, b"short"])
def test_a_damaged_secret_key_stops_the_start_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(config, "INSTANCE", tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/a.db")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_bytes(content)
    with pytest.raises(BadConfig, match=r"secret_key.*备份"):
        config.load_settings()
    assert (tmp_path / "secret_key").read_bytes() == content


def test_what_cannot_be_written_names_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "INSTANCE", tmp_path / "full")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/a.db")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with small_disk(tmp_path / "full", 1) as disk:
        disk.freeze()
        with pytest.raises(BadConfig, match=f"{disk.folder}.*只读"):
            config.load_settings()


def test_every_kind_of_body_has_its_letter_on_certificates() -> None:
    with (config.ROOT / "seed/reference/codes.csv").open(encoding="utf-8-sig", newline="") as file:
        kinds = {row["code"] for row in csv.DictReader(file) if row["kind"] == "body_kind"}
    settings = config.read_settings({"SCHOOL_CERTIFICATE_LETTER": "x"})
    assert settings["CERTIFICATE_LETTERS"].keys() == kinds
    assert settings["CERTIFICATE_LETTERS"]["school"] == "X"
