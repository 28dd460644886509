"""Do uploads and remembered headings keep their record and their sender both ways?"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app.core.database import db
from tests.house.test_migrations import empty

__all__ = ["empty"]

BEFORE = "0017"
#: Record, kind, body, centre as the earlier table holds them; then what they become.
RUNS: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...] = (
    ((7, "roster", 3, None), ("Batch", 7, "body", 3)),
    ((8, "rows", None, 5), ("Batch", 8, "centre", 5)),
    ((None, "rows", 4, None), (None, None, "body", 4)),
    ((None, "rows", None, 6), (None, None, "centre", 6)),
    ((None, "rows", None, None), (None, None, None, None)),
)
HEADINGS = (
    ((3, 7, "roster"), "body:3/enterprise:7"),
    ((3, 0, "roster"), "body:3"),
    ((4, 0, "Enterprise"), "body:4"),
    ((0, 0, "Enterprise"), ""),
)


def asked(statement: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def old_runs() -> list[tuple[Any, ...]]:
    return asked("SELECT batch_id, kind, body_id, centre_id FROM import_run ORDER BY id")


def old_headings() -> list[tuple[Any, ...]]:
    return asked("SELECT body_id, enterprise_id, kind FROM heading_memory ORDER BY id")


@pytest.fixture
def filled(empty: Flask) -> None:
    upgrade(revision=BEFORE)
    run = """INSERT INTO import_run
        (batch_id, kind, body_id, centre_id, entity, filename, content, digest, mapping, state,
         counts, actor_name, at, operation, withdrawn_by)
        VALUES (:record, :kind, :body, :centre, 'Candidate', '甲.xlsx', '', '', '{}', 'staged',
         '{}', '张三', '2026-11-01 08:00:00', '', '')"""
    heading = """INSERT INTO heading_memory (body_id, enterprise_id, kind, heading, field)
        VALUES (:body, :enterprise, :kind, '职工称呼', 'name')"""
    with db.engine.begin() as connection:
        for before, _after in RUNS:
            named = dict(zip(("record", "kind", "body", "centre"), before, strict=True))
            connection.execute(text(run), named)
        for whose, _sender in HEADINGS:
            named = dict(zip(("body", "enterprise", "kind"), whose, strict=True))
            connection.execute(text(heading), named)


@pytest.mark.usefixtures("filled")
def test_uploads_name_the_record_and_the_place_that_they_belonged_to() -> None:
    upgrade()
    columns = "parent_entity, parent_id, place_kind, place_id"
    found = asked(f"SELECT {columns} FROM import_run ORDER BY id")
    assert found == [after for _before, after in RUNS]
    downgrade(revision=BEFORE)
    assert old_runs() == [before for before, _after in RUNS]


@pytest.mark.usefixtures("filled")
def test_an_upload_that_named_both_was_the_bodys() -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE import_run SET body_id = 9, centre_id = 5"))
    upgrade()
    assert set(asked("SELECT place_kind, place_id FROM import_run")) == {("body", 9)}


@pytest.mark.usefixtures("filled")
def test_headings_are_remembered_of_the_same_senders() -> None:
    upgrade()
    found = asked("SELECT sender FROM heading_memory ORDER BY id")
    assert found == [(sender,) for _whose, sender in HEADINGS]
    downgrade(revision=BEFORE)
    assert old_headings() == [whose for whose, _sender in HEADINGS]


@pytest.mark.usefixtures("filled")
def test_what_the_earlier_tables_cannot_hold_is_left_behind() -> None:
    upgrade()
    with db.engine.begin() as connection:
        connection.execute(
            text("UPDATE import_run SET parent_entity = 'Commission' WHERE parent_id = 8")
        )
        connection.execute(
            text("UPDATE heading_memory SET sender = 'centre:5' WHERE sender = 'body:4'")
        )
    downgrade(revision=BEFORE)
    assert [row[0] for row in old_runs()] == [7, None, None, None]
    assert [row[:2] for row in old_headings()] == [(3, 7), (3, 0), (0, 0)]
