"""Does the code keep the house rules that no linter knows?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.tree import dotted, modules, product_modules, texts, tree

DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
# Written in parts, so that this file does not name what it forbids.
REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("npmjs", "org"), ("npmjs", "com"))]
REGISTRIES += ["".join(("python", "hosted")), "".join(("npm", "mirror"))]
PRIVATE_PLACES = re.compile("|".join(("/" + "work/(main|shared)", r"\.\./" + "shared")))


def calls(path: Path) -> list[str]:
    return [dotted(n.func) for n in ast.walk(tree(path)) if isinstance(n, ast.Call)]


def environment_reads(path: Path) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if dotted(node) in {"os.environ", "os.getenv", "os.environb"}
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and {alias.name for alias in node.names} & {"environ", "getenv"}
        )
    ]


def clock_reads(path: Path) -> list[str]:
    asking = re.compile(r"(^|\.)(now|utcnow|today|time\.time|localtime|current_timestamp)$")
    return [call for call in calls(path) if asking.search(call) and not call.startswith("clock.")]


def test_there_are_modules_to_look_at() -> None:
    assert Path("config.py") in product_modules()
    assert Path("app/core/errors.py") in product_modules()


def test_only_config_reads_the_environment() -> None:
    readers = {str(path) for path in product_modules() if environment_reads(path)}
    assert readers == {"config.py"}


def test_only_the_clock_reads_the_time() -> None:
    readers = {str(p): found for p in product_modules() if (found := clock_reads(p))}
    own = readers.pop("app/core/clock.py", [])
    assert "datetime.now" in own
    assert readers == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [str(path) for path in modules() if path.stem in DRAWERS] == []


def test_every_module_says_which_question_it_answers() -> None:
    silent = [str(path) for path in modules() if not ast.get_docstring(tree(path))]
    assert silent == []


def test_no_file_names_a_package_registry() -> None:
    named = [str(path) for path, text in texts() if any(host in text for host in REGISTRIES)]
    assert named == []


def test_no_file_names_a_place_outside_the_repository() -> None:
    named = [str(path) for path, text in texts() if PRIVATE_PLACES.search(text)]
    assert named == []


def test_every_suppressed_lint_rule_is_named() -> None:
    bare = re.compile(r"#\s*(noqa(?!:)|type:\s*ignore(?!\[))")
    found = [str(path) for path, text in texts() if path.suffix == ".py" and bare.search(text)]
    assert found == []
