"""Is every function of the product called by the product, and none kept alive by its test alone?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import modules, product_modules, tree

#: Started from outside: by make, by CI, by the server's own command line.
STARTED = {"main"}


def functions(path: Path) -> Iterator[str]:
    """Functions that nothing but their name leads to: a decorator hands the others on."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            yield node.name


def used(paths: list[Path]) -> set[str]:
    nodes = [node for path in paths for node in ast.walk(tree(path))]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    # Alembic and the like are told by name.
    return names | {node.value for node in nodes if isinstance(node, ast.Constant)}


def test_every_function_of_the_product_is_used_by_it() -> None:
    tools = [path for path in modules() if path.parts[0] == "tools"]
    known = used(product_modules() + tools)
    paths = product_modules() + tools
    dead = [f"{path}: {name}" for path in paths for name in functions(path) if name not in known]
    assert [one for one in dead if one.split(": ")[1] not in STARTED] == []
