"""Do shared views keep the centre that they were shared in, both ways?"""

from __future__ import annotations

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app.core.database import db
from tests.house.test_migrations import empty
from tests.house.test_upload_migration import asked

__all__ = ["empty"]

BEFORE = "0018"
#: The centre as the earlier table holds it; then what it becomes.
VIEWS = ((None, ("", None)), (5, ("centre", 5)), (6, ("centre", 6)))


@pytest.fixture
def filled(empty: Flask) -> None:
    upgrade(revision=BEFORE)
    view = """INSERT INTO saved_view
        (entity, name, query, owner_id, owner_name, role, centre_id, leads, changed_at)
        VALUES ('Batch', '本月', '', 1, '张三', 'city_clerk', :centre, :leads,
         '2026-11-01 08:00:00')"""
    with db.engine.begin() as connection:
        for centre, _after in VIEWS:
            connection.execute(text(view), {"centre": centre, "leads": False})


@pytest.mark.usefixtures("filled")
def test_shared_views_name_the_place_that_they_are_shared_in() -> None:
    upgrade()
    found = asked("SELECT place_kind, place_key FROM saved_view ORDER BY id")
    assert found == [after for _before, after in VIEWS]
    downgrade(revision=BEFORE)
    found = asked("SELECT centre_id FROM saved_view ORDER BY id")
    assert found == [(before,) for before, _after in VIEWS]
