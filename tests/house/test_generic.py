"""Does what serves every table ask for behaviour by the model, and name no table of the domain?"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.core.declarations.base import entities
from app.core.declarations.links import links_of
from tests.house.tree import ROOT, tree

#: The whole of the core.
GENERIC = sorted(path.relative_to(ROOT) for path in (ROOT / "app/core").rglob("*.py"))
#: Tables of the product itself, which any domain would have.
OWN = {"CodeItem", "CodeKind"}
#: Words of others that a table of the domain happens to be called by: OpenAPI's request bodies.
OTHERS = {"Body"}


def named(path: Path) -> set[str]:
    """The words of a module that are names or texts, but for its docstrings."""
    found = tree(path)
    ignored = {
        id(node.body[0].value)
        for node in ast.walk(found)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    names = {one.id for one in ast.walk(found) if isinstance(one, ast.Name)}
    names |= {one.attr for one in ast.walk(found) if isinstance(one, ast.Attribute)}
    return names | {
        one.value
        for one in ast.walk(found)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in ignored
    }


@pytest.mark.parametrize("path", GENERIC, ids=str)
def test_no_table_and_no_link_to_one_is_named(path: Path) -> None:
    tables = {model.__name__ for model in entities()}
    links = {link.name for model in entities() for link in links_of(model)}
    # Words that mean something else here as well.
    links -= {"level", "kind", "centre", "body"}
    assert named(path) & (tables - OWN - OTHERS) == set()
    assert named(path) & links == set()


def test_the_test_sees_names() -> None:
    assert {"Batch", "body"} <= named(Path("app/services/filing/filing.py"))
