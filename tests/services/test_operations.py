"""Has every act over many rows, and every way in, a Chinese name on the pages of history?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from app.core.history.history import KINDS
from app.core.history.operations import TITLES
from app.core.views.history.change_page import SOURCES

APP = Path(__file__).resolve().parents[2] / "app"
#: The calls that begin an operation, with the place of its name among their arguments.
BEGINNERS = {"put": 4, "write": 4, "operation": 3}


def calls() -> Iterator[ast.Call]:
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def literal(node: ast.expr | None) -> str:
    """The word before the colon of a string that is written out; empty for a variable."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    text = node.value if isinstance(node, ast.Constant) else ""
    return text.partition(":")[0] if isinstance(text, str) else ""


def test_every_operation_that_is_begun_has_a_title() -> None:
    found = set()
    for call in calls():
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in BEGINNERS:
            place = BEGINNERS[name]
            given = next((one.value for one in call.keywords if one.arg == "source"), None)
            found.add(literal(given or next(iter(call.args[place:]), None)))
            if name == "operation":
                found.add(literal(next(iter(call.args[3:]), None)))
    assert {"bulk", "order", "calendar-import", "import", "restore"} <= found
    assert found - {""} <= set(TITLES)


def test_every_way_in_has_a_name() -> None:
    ways = set()
    for call in calls():
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in ("actor_of", "actor_for"):
            named = [one.value for one in call.keywords if one.arg == "source"]
            ways |= {literal(one) for one in (*call.args[1:], *named)}
    assert {"job", "feed"} <= ways
    assert ways - {""} <= set(SOURCES)
    assert SOURCES["command"] == "命令行"


def test_every_kind_of_change_that_is_recorded_has_a_name() -> None:
    kinds = set()
    for call in calls():
        target = call.func
        if isinstance(target, ast.Attribute) and target.attr == "write" and len(call.args) == 4:
            kinds.add(literal(call.args[2]))
    assert {"edit", "export"} <= kinds
    assert kinds - {""} <= set(KINDS)
