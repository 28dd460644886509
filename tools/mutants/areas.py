"""Where are mutants made, which tests may kill them, and which of them does a seed choose?"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.mutant import Mutant, mutants_of

Within = Callable[[str, str], bool]


@dataclass(frozen=True)
class Area:
    """A part of the code; ``tests`` are its own, which run first and for its declarations.

    ``exceptions`` narrows a file to the functions that leave the actor's scope. Where ``strict``,
    a survivor fails the run.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]
    exceptions: bool = False
    strict: bool = True


NUMBERS = (
    "app/rules/certificates/certificate_number.py",
    "app/rules/certificates/number_rule.py",
    "app/rules/certificates/segment.py",
    "app/services/certificates/certificates.py",
    "app/services/certificates/number_rules.py",
    "app/services/certificates/segment_rows.py",
    "app/services/certificates/segments.py",
)
#: With those that tests/scope/test_unscoped.py names for statements past the scope.
SCOPE = (
    "tests/scope",
    "tests/services/test_next_due.py",
    "tests/services/test_other_batches.py",
    "tests/services/test_others_business.py",
)
#: An area takes what those above it have left.
AREAS = (
    Area(
        "numbers", "证书编号", NUMBERS,
        (
            "tests/rules/test_certificate_number.py", "tests/rules/test_number_rule.py",
            "tests/rules/test_segment.py", "tests/services/test_certificates.py",
            "tests/services/test_number_rules.py", "tests/services/test_segments.py",
            "tests/scope/test_unscoped.py",
        ),
    ),
    Area(
        "workflow", "办理程序",
        ("app/core/workflow/*.py", "app/core/declarations/procedure.py", "app/behaviours/*.py"),
        (
            "tests/workflow", "tests/house/test_matrix.py", "tests/house/test_states.py",
            "tests/services/test_waiting.py", "tests/services/test_overview.py",
            "tests/services/test_checks.py", "tests/services/test_consequences.py",
            "tests/services/test_late_filing.py", "tests/services/test_obstacles.py",
        ),
    ),
    Area("scope", "管辖范围", ("app/core/scope.py",), SCOPE),
    Area("scope", "管辖范围", ("app/**/*.py",), SCOPE, exceptions=True),
    Area("rules", "规则", ("app/rules/**/*.py",), ("tests/rules",), strict=False),
)  # fmt: skip
#: Tests that look at behaviour from near by. Screens, commands and browsers say the same later.
TESTS = (
    "tests/rules", "tests/services", "tests/scope", "tests/workflow", "tests/declarations",
    "tests/security", "tests/house/test_matrix.py", "tests/house/test_states.py",
)  # fmt: skip
#: The catalogue prints the rules; that it prints all of them is a house test's matter.
LEFT_OUT = ("app/rules/catalogue.py",)


def population(root: Path) -> dict[str, list[Mutant]]:
    """Map the name of each area → every mutant in it."""
    taken: set[tuple[str, str]] = set()
    found: dict[str, list[Mutant]] = {area.name: [] for area in AREAS}
    for area in AREAS:
        for path in _files(root, area.sources):
            text = (root / path).read_text("utf-8")
            inside = _leaving_scope(text) if area.exceptions else None
            if inside is not None and not inside:
                continue
            for mutant in mutants_of(path, text):
                known = {(path, ""), (path, mutant.within)} & taken
                if not known and (inside is None or mutant.within in inside):
                    found[area.name].append(mutant)
            taken |= {(path, one) for one in (inside if inside is not None else [""])}
    return found


def _files(root: Path, patterns: Iterable[str]) -> list[str]:
    found = {path.relative_to(root).as_posix() for one in patterns for path in root.glob(one)}
    return sorted(found - set(LEFT_OUT))


def _leaving_scope(text: str) -> set[str]:
    """Return the names of functions, with their class, that say ``unscoped=True``."""
    if "unscoped=True" not in text:
        return set()
    found: set[str] = set()
    for node in ast.parse(text).body:
        owned = [node, *node.body] if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for one in owned:
            if isinstance(one, ast.FunctionDef) and _says_unscoped(one):
                found.add(f"{prefix if one is not node else ''}{one.name}")
    return found


def _says_unscoped(node: ast.AST) -> bool:
    return any(isinstance(one, ast.keyword) and one.arg == "unscoped" for one in ast.walk(node))


def choose(
    pools: dict[str, list[Mutant]], seeds: Sequence[int], count: int
) -> list[tuple[int, str, Mutant]]:
    """Choose ``count`` mutants a seed in equal shares; no seed takes what an earlier one took."""
    left = {name: list(pool) for name, pool in pools.items()}
    chosen = []
    for seed in seeds:
        for at, name in enumerate(left):
            share = count // len(left) + (at < count % len(left))
            picked = random.Random(f"{seed} {name}").sample(  # noqa: S311  (repeatable, no secret)
                left[name], min(share, len(left[name]))
            )
            chosen += [(seed, name, one) for one in picked]
            left[name] = [one for one in left[name] if one not in set(picked)]
    return chosen
