"""On which copy does a drill take place? One with a migrated database and its reference data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drill.copy_of import Copy
from tests.servers import Database


@pytest.fixture
def copy(tmp_path: Path, empty_database: Database) -> Copy:
    """The project as it stands, with a database of its own."""
    made = Copy.at(tmp_path / "project", empty_database.url)
    for words in (("db", "upgrade"), ("bootstrap",), ("seed",)):
        made.flask(*words)
    return made
