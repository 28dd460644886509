"""Does nothing but the workflow engine assign a state?"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import dotted, product_modules, tree

ENGINE = Path("app/core/workflow/engine.py")
#: A new row is born in the first state of its procedure; imports and jobs are no records with one.
BIRTHS = {
    Path("app/core/records/preparation.py"): 1,
    Path("app/services/certificates/certificates.py"): 1,
}
NO_PROCEDURE = {
    Path("app/core/importing/upload_list.py"),
    Path("app/core/importing/uploads.py"),
    Path("app/core/jobs/job_list.py"),
    Path("app/core/jobs/job_run.py"),
}


def assignments(path: Path) -> list[int]:
    """The lines where something called ``state`` (or where it was suspended) is given a value."""
    return sorted({node.lineno for node in ast.walk(tree(path)) if _assigns(node)})


def _assigns(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(one, ast.Attribute) and one.attr in STATES for one in targets)
    if isinstance(node, ast.Call):
        return _sets_by_name(node) or _writes_values(node)
    return False


STATES = {"state", "suspended_from"}


def _sets_by_name(call: ast.Call) -> bool:
    named = [one.value for one in call.args if isinstance(one, ast.Constant)]
    return dotted(call.func) == "setattr" and bool(STATES & {str(one) for one in named})


def _writes_values(call: ast.Call) -> bool:
    """``.values(state=…)``, or a row made with ``state=…`` or ``{"state": …}`` by a model."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else dotted(call.func)
    keywords = {word.arg for word in call.keywords}
    return bool(STATES & keywords) and (name == "values" or name[:1].isupper())


def born(path: Path) -> list[int]:
    """Where a dictionary gives ``state`` a value that was not read from a record's own."""
    return [
        key.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant)
        and key.value == "state"
        and not dotted(value).endswith(".state")
    ]


def test_the_engine_assigns_states() -> None:
    assert assignments(ENGINE) or born(ENGINE)


def test_nothing_else_does_but_the_birth_of_a_row() -> None:
    found = {path: lines for path in product_modules() if (lines := assignments(path))}
    found.pop(ENGINE, None)
    others = {path: lines for path, lines in found.items() if path not in NO_PROCEDURE}
    assert {path: lines for path, lines in others.items() if path not in BIRTHS} == {}
    assert all(len(lines) <= BIRTHS[path] for path, lines in others.items())


def test_services_write_no_row_with_a_state_of_their_own_choice() -> None:
    rooms = ("bulk", "history", "importing", "lists", "records")
    places = [("app", "services"), *[("app", "core", room) for room in rooms]]
    services = [
        path for path in product_modules() if any(path.parts[: len(one)] == one for one in places)
    ]
    assert [path for path in services if path not in BIRTHS and born(path)] == []


def test_a_first_state_comes_from_the_procedure() -> None:
    for path in BIRTHS:
        text = ast.unparse(tree(path))
        assert ".first" in text, path
