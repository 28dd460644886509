"""Do lines that share a row survive when an installation goes back to an older edition?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, text

from app.core.database import db
from app.core.tables import Change
from app.core.tables.packed import rows_for
from tests.house.test_migrations import empty
from tests.servers import Database

__all__ = ["empty"]


def lines(keys: range | list[int], operation: str) -> list[dict[str, Any]]:
    return [
        {
            "entity": "Candidate", "record_id": key, "kind": "edit", "title": f"第{key}人",
            "fields": {"post": ["车工", f"焊工{key}"]}, "source": "screen",
            "operation": operation, "actor_id": 1, "actor_name": "张三",
            "at": datetime(2021, 4, 12, 9),
        }
        for key in keys
    ]  # fmt: skip


@pytest.fixture
def filled(empty: Flask, empty_database: Database) -> list[tuple[Any, ...]]:
    upgrade()
    written = [
        *lines([7], "first"), *lines(range(400, 650), "bulk:1"), *lines([500], "later"),
        *lines(range(600, 620), "bulk:2"), *lines([9], "last"),
    ]  # fmt: skip
    for name in dict.fromkeys(one["operation"] for one in written):
        rows = rows_for(one for one in written if one["operation"] == name)
        db.session.execute(insert(Change), rows)
    db.session.commit()
    return [(one["record_id"], one["title"], one["operation"], one["fields"]) for one in written]


def test_going_back_gives_each_line_its_own_row_in_the_same_order(
    filled: list[tuple[Any, ...]],
) -> None:
    assert db.session.scalar(text("SELECT count(*) FROM change")) == 6
    db.session.remove()
    downgrade(revision="0013")
    asked = text("SELECT record_id, title, operation, fields FROM change ORDER BY id")
    asked = asked.columns(fields=Change.__table__.c.fields.type)
    with db.engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(asked)]
    assert found == filled
    upgrade()
    assert db.session.scalar(text("SELECT sum(lines) FROM change")) == len(filled)
