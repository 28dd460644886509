"""Is one declared line all that a new field takes?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drill.copy_of import Copy
from tests.servers import Database

LINE = """    dormitory: Mapped[str] = field(
        String(40), "宿舍房号", default="", search="contains", imp=True, bulk=True
    )


"""


@pytest.fixture
def copy(tmp_path: Path, empty_database: Database) -> Copy:
    """A copy whose database holds people already."""
    made = Copy.at(tmp_path / "project", empty_database.url)
    for words in (("db", "upgrade"), ("bootstrap",), ("seed",)):
        made.flask(*words)
    return made


def test_a_field_follows_from_one_line(copy: Copy) -> None:
    known = copy.ask("prepare")
    before = copy.ask("people")
    copy.insert("app/models/candidate.py", "class WorkHistory(Entity):", LINE)
    copy.run("make", "migration", "m=Add room of dormitory")
    copy.flask("db", "upgrade")
    assert copy.ask("people") == before
    copy.flask("db", "downgrade")
    assert len(before) == known["people"]
