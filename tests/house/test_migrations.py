"""Do the migrations make exactly the tables of the models, and can they be taken back?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_appbuilder.security.sqla.models import Role
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

import app
from app.core.database import db, migrate
from app.core.declarations.base import Entity, entities
from app.core.declarations.limits import limits_of
from app.core.upkeep import postgresql_limits, sqlite_limits
from tests.servers import Database

FOLDER = Path(app.__file__).parent / "migrations"


@contextmanager
def product_without_screens(url: str) -> Iterator[Flask]:
    """Nothing but settings, database and migrations: no screen is needed to make tables."""
    flask_app = Flask("empty")
    flask_app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(flask_app)
    migrate.init_app(flask_app, db, directory=str(FOLDER), render_as_batch=True)
    with flask_app.app_context():
        yield flask_app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def empty(empty_database: Database) -> Iterator[Flask]:
    with product_without_screens(empty_database.url) as flask_app:
        yield flask_app


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_an_upgraded_database_differs_from_the_models_in_nothing(empty: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Entity.metadata) == []
        tool = sqlite_limits if db.engine.dialect.name == "sqlite" else postgresql_limits
        for table in Entity.metadata.tables.values():
            # Alembic compares everything but CHECK constraints.
            limits = {name: one.condition for name, one in limits_of(table).items()}
            assert tool.standing(connection, table.name) == limits
    assert tables() == set(Entity.metadata.tables)


def test_migrations_go_down_to_nothing_and_up_again(empty: Flask) -> None:
    upgrade()
    made = tables()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == made


def test_the_framework_tables_count_their_keys_themselves(empty: Flask) -> None:
    upgrade()
    db.session.add_all([Role(name="first"), Role(name="second")])
    db.session.commit()
    assert sorted(db.session.scalars(select(Role.id))) == [1, 2]


def test_the_migrations_are_one_line_of_numbers() -> None:
    scripts = ScriptDirectory(str(FOLDER))
    line = [script.revision for script in scripts.walk_revisions()][::-1]
    assert line == [f"{number:04d}" for number in range(1, len(line) + 1)]
    assert scripts.get_heads() == [line[-1]]


def test_every_constraint_has_a_name_so_that_it_can_be_dropped(empty: Flask) -> None:
    upgrade()
    seen = inspect(db.engine)
    unnamed = [
        (table, found)
        for table in tables()
        for found in [*seen.get_unique_constraints(table), *seen.get_foreign_keys(table)]
        if not found["name"]
    ]
    assert unnamed == []


def test_the_key_of_a_deleted_row_is_never_given_again(empty: Flask) -> None:
    """Also where a later migration copies a table on SQLite, which forgets it unless told."""
    upgrade()
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        made = text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE :words")
        found = set(connection.scalars(made, {"words": "% PRIMARY KEY AUTOINCREMENT%"}))
    assert found == {model.__tablename__ for model in entities()}


def test_rows_outlive_the_copying_of_their_tables(empty: Flask) -> None:
    upgrade(revision="0001")
    region = "INSERT INTO region (code, name, version) VALUES ('130000', '河北省', 1)"
    centre = """INSERT INTO centre
        (code, name, level, region_id, address, phone, complaint_phone, version)
        VALUES ('130000', '省中心', 'province', 1, '', '', '', 1)"""
    with db.engine.begin() as connection:
        for row in (region, centre):
            connection.execute(text(row))
    upgrade()
    with db.engine.connect() as connection:
        joined = "SELECT region.name FROM centre JOIN region ON region.id = centre.region_id"
        assert connection.scalar(text(joined)) == "河北省"


def test_what_jobs_have_made_outlives_its_way_into_parts_and_back(empty: Flask) -> None:
    upgrade(revision="0012")
    columns = "kind, detail, record_id, title, actor_id, done, total, message, filename, asked_at"
    job_values = "'package', 'filing', 1, '备案材料', 1, 1, 1, '', '甲.zip', '2026-11-01 08:00:00'"
    row = f"INSERT INTO job ({columns}, state, content) VALUES ({job_values}, :state, :content)"
    content = bytes(range(256)) * 40
    with db.engine.begin() as connection:
        connection.execute(text(row), {"state": "done", "content": content})
        connection.execute(text(row), {"state": "waiting", "content": b""})
    upgrade()
    with db.engine.connect() as connection:
        parts = connection.execute(text("SELECT job_id, number, content FROM job_part")).all()
        sizes = connection.scalars(text("SELECT size FROM job ORDER BY id")).all()
    assert [(one.job_id, one.number, bytes(one.content)) for one in parts] == [(1, 0, content)]
    assert list(sizes) == [len(content), 0]
    downgrade(revision="0012")
    with db.engine.connect() as connection:
        kept = connection.scalars(text("SELECT content FROM job ORDER BY id")).all()
    assert [bytes(one) for one in kept] == [content, b""]


def test_a_migration_of_unchanged_models_writes_no_file(empty: Flask, tmp_path: Path) -> None:
    from flask_migrate import migrate as make_migration

    upgrade()
    # In a copy: what a failing test leaves behind must not be committed by somebody.
    copy = shutil.copytree(FOLDER, tmp_path / "migrations")
    before = set(copy.joinpath("versions").glob("*.py"))
    make_migration(directory=str(copy), message="Nothing")
    written = set(copy.joinpath("versions").glob("*.py")) - before
    assert [one.read_text(encoding="utf-8") for one in written] == []
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version"))
