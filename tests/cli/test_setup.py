"""Do seed and the other commands do the right thing on a database that has nothing yet?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from app.core.declarations.behaviour import procedure_of
from tests.database import settings_for
from tests.servers import Database


@pytest.fixture
def bare(empty_database: Database, tmp_path: Path) -> Flask:
    """The product on a database without tables."""
    return create_app(settings_for(empty_database.url, tmp_path))


def run(app: Flask, *words: str) -> Result:
    """The command, and every connection closed after it."""
    result = app.test_cli_runner().invoke(args=[*words, "--json"])
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()
    return result


def test_a_command_on_a_database_without_tables_says_what_to_do(bare: Flask) -> None:
    result = run(bare, "status", "batch", "DEMO-2021-0001")
    assert result.exit_code != 0
    assert "make setup" in result.stderr
    assert "Traceback" not in result.stderr


def test_seed_lays_everything_down_and_a_second_time_adds_nothing(bare: Flask) -> None:
    first = run(bare, "seed")
    assert first.exit_code == 0, first.stderr
    added = json.loads(first.stdout)
    assert added["occupation"] > 1600
    assert added["region"] > 3600
    again = json.loads(run(bare, "seed").stdout)
    assert set(again.values()) == {0}


def test_the_demo_centre_has_a_batch_in_every_state_and_is_made_once(bare: Flask) -> None:
    from sqlalchemy import select

    from app.core import scope
    from app.core.database import db
    from app.core.roles import SYSTEM
    from app.models import Batch

    first = json.loads(run(bare, "seed", "--demo").stdout)
    second = json.loads(run(bare, "seed", "--demo").stdout)
    counted = ("users", "bodies", "enterprises", "batches")
    assert {name: first[name] for name in counted} == {name: second[name] for name in counted}
    with bare.app_context(), scope.acting(db.session, SYSTEM):
        states = set(db.session.scalars(select(Batch.state)))
    assert states == {state.name for state in procedure_of("Batch").states}
    with bare.app_context():
        bare.extensions["sqlalchemy"].engine.dispose()
