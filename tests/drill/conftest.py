"""On which copy does a drill take place? One with a migrated database and its reference data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.drill.copy_of import Copy
from tests.servers import Database


@pytest.fixture
def copy(app: Flask, database: Database, database_server: Any, tmp_path: Path) -> Iterator[Copy]:
    """The project as it stands, with a database of its own in which ``app`` has set up all."""
    filled = database_server.create("drill", like=database)
    yield Copy.at(tmp_path / "project", filled.url)
    filled.drop()
