"""Which tests reach a line, and in which order are they asked about a mutant of it?"""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.mutants.mutant import Mutant
from tools.mutants.probing import PROBE

#: Lines of one file; a probe is the file's place in the list times this, plus its line.
LINES = 100_000
#: Seconds of tests that a mutant gets of its area, and again of all others.
SECONDS = 30.0
#: Seconds of a test that is always worth its time.
QUICK = 0.3


def probed(text: str, file: int) -> str:
    """Return the source with a probe before each statement in its functions."""
    module = ast.parse(text)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            _probe(node, file, keep=ast.get_docstring(node, clean=False) is not None)
    return ast.unparse(ast.fix_missing_locations(module))


def _probe(node: Any, file: int, *, keep: bool = False) -> None:
    for name in ("body", "orelse", "finalbody"):
        body = getattr(node, name, None)
        if not isinstance(body, list):
            continue
        made: list[ast.stmt] = body[:1] if keep else []
        for statement in body[1:] if keep else body:
            if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                _probe(statement, file)
            made += [_call(file * LINES + statement.lineno), statement]
        keep = False
        setattr(node, name, made)
    for part in [*getattr(node, "handlers", ()), *getattr(node, "cases", ())]:
        _probe(part, file)


def _call(number: int) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Name(PROBE, ast.Load()), [ast.Constant(number)], []))


@dataclass
class Reach:
    """Test → seconds and reached lines, for tests that pass while nothing is changed."""

    files: Sequence[str]
    seconds: dict[str, float] = field(default_factory=dict)
    breadth: dict[str, int] = field(default_factory=dict)
    lines: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    failed: list[str] = field(default_factory=list)
    on_start: set[tuple[str, int]] = field(default_factory=set)

    def add(self, found: Mapping[str, Any]) -> None:
        """Add what one process of the run has noted."""
        self.failed += found["failed"]
        self.on_start |= {self._place(number) for number in found["on_start"]}
        for test, (seconds, *numbers) in found["noted"].items():
            self.seconds[test] = seconds
            self.breadth[test] = len(numbers)
            for number in numbers:
                path, line = self._place(number)
                self.lines[path, line].add(test)
                self.lines[path, 0].add(test)

    def _place(self, number: int) -> tuple[str, int]:
        return self.files[number // LINES], number % LINES

    def may_be_forked(self, mutant: Mutant) -> bool:
        """Whether a process that is ready has done nothing yet that the mutant would change."""
        place = (mutant.path, mutant.statement)
        return bool(mutant.statement) and place not in self.on_start

    def tests_for(self, mutant: Mutant, own: Iterable[str]) -> tuple[list[str], list[str]]:
        """Return the tests of its area or its file's name that can notice it, then others.

        Declarations are reached on import, by every test: those of the area are asked, and those
        that reach a function of the same file. Quick ones of the area come before all. Then files
        take turns with their narrowest tests, and of a test with many cases the first come first:
        a limited time is shared by different tests.
        """
        places = tuple(own)
        named = f"/test_{mutant.path.rpartition('/')[2].removesuffix('.py')}.py::"
        found = set(self.lines.get((mutant.path, mutant.statement), ()))
        if not mutant.statement:
            found |= {test for test in self.seconds if test.startswith(places)}
        turn: dict[str, int] = defaultdict(int)
        ranked = []
        for test in sorted(found, key=lambda one: (self.breadth[one], one)):
            file, _, name = test.partition("::")
            case = f"{file}::{name.partition('[')[0]}"
            turn[case] += 1
            if turn[case] == 1:
                turn[file] += 1
            far = not (test.startswith(places) or named in test)
            slow = far or self.seconds[test] > QUICK
            ranked.append((far, slow, slow and turn[case] > 3, turn[file], turn[case], test))
        near: list[str] = []
        rest: list[str] = []
        for far, *_order, test in sorted(ranked):
            (rest if far else near).append(test)
        return near, rest

    def within(self, tests: Sequence[str], seconds: float = SECONDS) -> list[str]:
        """Return as many of the tests, from the first, as take no longer than ``seconds``."""
        kept: list[str] = []
        spent = 0.0
        for test in tests:
            spent += self.seconds[test]
            if kept and spent > seconds:
                break
            kept.append(test)
        return kept


def read_reach(folder: Path, files: Sequence[str]) -> Reach:
    """Put together what the processes of the run have left in ``folder``."""
    reach = Reach(files)
    for path in sorted(folder.glob("*.json")):
        reach.add(json.loads(path.read_text("utf-8")))
    return reach
