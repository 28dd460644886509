"""Is nothing left out on the second engine that no other test asks there?"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.house.tree import ROOT
from tests.second_engine import SAID_BEFORE, is_asked_again


def item(path: str, *fixtures: str, marked: bool = False) -> SimpleNamespace:
    return SimpleNamespace(
        path=ROOT / "tests" / path,
        fixturenames=list(fixtures),
        get_closest_marker=lambda _name: object() if marked else None,
    )


@pytest.mark.parametrize(("left_out", "asked"), SAID_BEFORE.items())
def test_what_is_left_out_has_a_test_that_is_not(left_out: str, asked: str) -> None:
    assert (ROOT / "tests" / left_out).is_file()
    assert (ROOT / "tests" / asked).is_file()
    assert asked not in SAID_BEFORE


@pytest.mark.parametrize(
    ("one", "again"),
    [
        (item("scope/test_rows.py", "app", "database", "database_server"), True),
        (item("house/test_migrations.py", "empty_database", "database_server"), True),
        (item("rules/test_level.py"), False),
        (item("cli/test_eligibility.py", "app", "database_server"), False),
        (item("cli/test_eligibility.py", "app", "database_server", marked=True), True),
    ],
)
def test_whoever_reaches_a_database_is_asked_on_both(one: SimpleNamespace, again: bool) -> None:
    assert is_asked_again(one) is again  # type: ignore[arg-type]
