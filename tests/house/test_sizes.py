"""Is every file, function and folder small enough to be read, and does every room say its promise?

A file past its size holds two ideas: it is split along its questions, not in the middle.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules, tree

LINES_OF_A_FILE = 250
LINES_OF_A_FUNCTION = 40
MODULES_OF_A_ROOM = 21
LOOKED_AT = ("app/", "seed/", "tools/", "config.py", "run.py")


def measured() -> list[Path]:
    return [path for path in modules() if path.as_posix().startswith(LOOKED_AT)]


def long_functions(found: ast.Module) -> list[str]:
    return [
        f"{node.name}: {lines}"
        for node in ast.walk(found)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LINES_OF_A_FUNCTION
    ]


def promises(docstring: str | None) -> bool:
    """Whether a question is followed by a paragraph: what the room promises."""
    return len((docstring or "").strip().split("\n\n")) > 1


def test_no_file_is_too_long() -> None:
    lines = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in measured()}
    assert Path("config.py") in lines
    assert {str(path): n for path, n in lines.items() if n > LINES_OF_A_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = {str(path): found for path in measured() if (found := long_functions(tree(path)))}
    assert long == {}


def test_no_room_has_too_many_modules() -> None:
    rooms = Counter(path.parent for path in measured() if path.name != "__init__.py")
    assert {str(room): n for room, n in rooms.items() if n > MODULES_OF_A_ROOM} == {}


def test_every_room_says_what_it_promises() -> None:
    rooms = {path.parent for path in measured()} - {Path()}
    silent = [
        str(room)
        for room in rooms
        if not (ROOT / room / "__init__.py").is_file()
        or not promises(ast.get_docstring(tree(room / "__init__.py")))
    ]
    assert sorted(silent) == []


@pytest.mark.parametrize(("lines", "long"), [(40, []), (41, ["counted: 41"])])
def test_a_function_is_measured_from_its_name_to_its_end(lines: int, long: list[str]) -> None:
    body = "\n".join("    pass" for _ in range(lines - 1))
    assert long_functions(ast.parse(f"def counted():\n{body}\n")) == long


def test_a_question_alone_is_no_promise() -> None:
    assert not promises("Which rows does it read?")
    assert not promises(None)
    assert promises("Which rows does it read?\n\nAll of them, once.")
