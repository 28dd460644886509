"""Is there one place that commits, and does no screen ask or write past the services?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import dotted, product_modules, tree

DOOR = Path("app/core/transaction.py")
#: Who ends a transaction beside the door, and why it cannot go through it.
BESIDE = {
    Path("app/core/cli/revision.py"): "a bare connection of the driver, before there is a session",
}
#: Screens and the interface for programs: they hand a session on, and do nothing with it.
SHOWING = ("app/core/views/", "app/views/", "app/core/api/")
#: Which module of theirs reads for the others.
READING = {
    Path("app/core/views/interface.py"): "the framework's data model, of which it asks the rows",
}
_ENDS = frozenset({"commit", "rollback", "begin"})


def _imported(module: ast.Module) -> set[str]:
    found = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
    return {one.asname or one.name for node in found for one in node.names}


def _ends(path: Path) -> Iterator[str]:
    modules = _imported(tree(path))  # ``job_run.begin`` is a function of ours
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Attribute) or node.attr not in _ENDS:
            continue
        if dotted(node.value) not in modules:
            yield f"{path}:{node.lineno} .{node.attr}"


def test_only_the_door_ends_a_transaction() -> None:
    found = [
        one
        for path in product_modules()
        if path != DOOR and path not in BESIDE
        for one in _ends(path)
    ]
    assert found == []


def test_what_stands_beside_the_door_still_has_to() -> None:
    assert [path for path in (DOOR, *BESIDE) if not [*_ends(path)]] == []


def _uses(path: Path) -> Iterator[str]:
    """Where a session is asked or told something, rather than handed on."""
    imported = _imported(tree(path))  # Flask's session, under that name, is the browser's
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and _is_session(node.value, imported):
            yield f"{path}:{node.lineno} .{node.attr}"
        if isinstance(node, ast.Assign) and _is_session(node.value, imported):
            # Under another name it would not be known here.
            others = [dotted(one) for one in node.targets if dotted(one) != "session"]
            yield from (f"{path}:{node.lineno} renamed {one}" for one in others)


def _is_session(node: ast.AST, imported: set[str]) -> bool:
    name = dotted(node.func if isinstance(node, ast.Call) else node)
    return name not in imported and name.rpartition(".")[2] in ("session", "_session", "Session")


def _showing() -> list[Path]:
    return [path for path in product_modules() if path.as_posix().startswith(SHOWING)]


def test_screens_hold_no_session() -> None:
    assert [one for path in _showing() if path not in READING for one in _uses(path)] == []


def test_what_reads_for_the_screens_still_does() -> None:
    assert [path for path in READING if not [*_uses(path)]] == []
