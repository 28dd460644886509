"""Does the list of the framework's traps still point at tests that exist?"""

from __future__ import annotations

import ast
import re

from tests.house.tree import ROOT, tree

ROW = re.compile(r"^\| (T\d+) \|.*\| `(tests/[\w/]+\.py)::(\w+)` \|$", re.M)


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall((ROOT / "docs" / "traps.md").read_text(encoding="utf-8"))


def test_every_trap_is_in_the_list_once() -> None:
    assert [name for name, _, _ in rows()] == [f"T{number}" for number in range(1, 36)]


def test_every_test_that_holds_a_trap_shut_exists() -> None:
    for name, path, wanted in rows():
        file = ROOT / path
        assert file.is_file(), (name, path)
        found = {one.name for one in ast.walk(tree(file.relative_to(ROOT)))
                 if isinstance(one, ast.FunctionDef)}  # fmt: skip
        assert wanted in found, (name, path, wanted)


def test_every_place_that_the_list_names_exists() -> None:
    text = (ROOT / "docs" / "traps.md").read_text(encoding="utf-8")
    for place in re.findall(r"`((?:app|templates|static)/[\w/.]+)", text):
        path = place.removeprefix("app/")
        assert (ROOT / "app" / path).exists(), place
