"""Which database does a test run on, and how does it leave no trace?

SQLite in a temporary folder by default; with ``TEST_DATABASE=postgresql`` (or a PostgreSQL
``DATABASE_URL``) a private PostgreSQL server that this process starts and stops. Each xdist worker
has its own. Migrations, roles and reference data are laid down once and copied back after each
test that wrote something, so that tests may commit as the product does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.ctx import AppContext
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from tests.client import IsolatedClient
from tests.servers import Database, PostgresServer, SqliteFolder, quick_folder

Prepare = Callable[[str, Callable[[], object]], None]

READS = ("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "SHOW", "EXPLAIN", "SET")


def wants_postgresql(environ: dict[str, str]) -> bool:
    """Whether the tests were asked to run on PostgreSQL."""
    asked = environ.get("TEST_DATABASE") or environ.get("DATABASE_URL", "sqlite")
    return asked.startswith("postgres")


def settings_for(url: str, folder: Path) -> dict[str, Any]:
    """The product's settings with what a test process must have otherwise."""
    from config import read_settings

    return {
        **read_settings({"DATABASE_URL": url, "SECRET_KEY": "only-for-tests-" * 3}),
        "TESTING": True,
        "UPLOAD_FOLDER": str(folder),
        # Tests of forged requests and of login limits switch these on for themselves.
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        "AUTH_RATE_LIMITED": False,
    }


@pytest.fixture(scope="session")
def database_server() -> Iterator[Any]:
    """Where databases are made: a folder of SQLite files, or a private PostgreSQL server."""
    if not wants_postgresql(dict(os.environ)):
        folder = quick_folder("sqlite-")
        yield SqliteFolder(folder)
        shutil.rmtree(folder, ignore_errors=True)
        return
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def database(database_server: Any) -> Database:
    """The database of this worker; empty until ``app`` fills it."""
    return database_server.create("main")


@pytest.fixture(scope="session")
def database_url(database: Database) -> str:
    """The address of this worker's database, as SQLAlchemy writes it."""
    return database.url


@pytest.fixture
def empty_database(database_server: Any) -> Iterator[Database]:
    """A second database without any table, for tests of migrations and of first starts."""
    made = database_server.create("empty")
    yield made
    made.drop()


@pytest.fixture(scope="session")
def app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The product on a migrated database with roles, permissions and reference data."""
    from flask_migrate import upgrade

    from app import create_app
    from app.core.accounts.bootstrap import bootstrap
    from seed import reference

    flask_app = create_app(settings_for(database.url, tmp_path_factory.mktemp("uploads")))
    flask_app.test_client_class = IsolatedClient
    with flask_app.app_context():
        upgrade()
        bootstrap()
        reference.load()
        _session(flask_app).commit()
    # Else the first page of a process would ask, and statements of pages could not be counted.
    flask_app.extensions["practice"] = False
    _let_go(flask_app)
    database.keep()
    return flask_app


@pytest.fixture(autouse=True)
def no_trace(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put the database back after each test that uses the product and wrote something."""
    if "app" not in request.fixturenames:
        yield
        return
    flask_app: Flask = request.getfixturevalue("app")
    written: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not written and not statement.lstrip().upper().startswith(READS):
            written.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield
    event.remove(Engine, "before_cursor_execute", note)
    database: Database = request.getfixturevalue("database")
    if written or database.touched:
        _let_go(flask_app)
        database.restore()


@pytest.fixture(scope="session")
def stages() -> set[str]:
    """The names of what this worker has prepared once, to be put back instead of made again."""
    return set()


@pytest.fixture
def prepared(app: Flask, no_trace: None, database: Database, stages: set[str]) -> Prepare:
    """Bring the database to a named stage: by making it the first time, by a copy from then on.

    What is made must stand in the database alone, and nobody may be connected.
    """

    def prepare(name: str, make: Callable[[], object]) -> None:
        if name not in stages:
            with app.app_context():
                make()
            _let_go(app)
            database.keep(name)
            stages.add(name)
            return
        _let_go(app)
        database.restore(name)

    return prepare


@pytest.fixture
def session(app: Flask, no_trace: None) -> Iterator[scoped_session[Session]]:
    """The product's own session inside an application context; commit as you like."""
    with app.app_context():
        yield _session(app)
        _session(app).remove()


@pytest.fixture
def client(app: Flask, no_trace: None) -> IsolatedClient:
    """A browser without script; each of its requests stands alone, as on the real server."""
    return app.test_client()


@pytest.fixture
def context(app: Flask, no_trace: None) -> Iterator[AppContext]:
    """An application context for tests that need the application but no session."""
    with app.app_context() as pushed:
        yield pushed


def _session(flask_app: Flask) -> scoped_session[Session]:
    return flask_app.extensions["sqlalchemy"].session


def _let_go(flask_app: Flask) -> None:
    """Close every connection, so that the file or database can be replaced."""
    with flask_app.app_context():
        _session(flask_app).remove()
        flask_app.extensions["sqlalchemy"].engine.dispose()
