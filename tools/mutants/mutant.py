"""Which mutants does a source file have, and how does its text read with one of them?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tools.mutants.changes import Change, Placed, changes_of, is_silent

_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
#: What says something about types, imports or text rather than about behaviour.
_SKIPPED = (ast.JoinedStr, ast.Import, ast.ImportFrom, ast.pattern, ast.Assert)
_SKIPPED_FIELDS = frozenset({"annotation", "returns", "decorator_list", "bases"})
#: Characters of a change that a report shows whole; of a longer one, so many around the difference.
_SHOWN, _CONTEXT = 90, 30


@dataclass(frozen=True)
class Mutant:
    """One change of a file: the bytes from ``start`` to ``end`` become ``after``.

    ``statement`` is the line of the function's statement around it; 0 outside of functions.
    ``within`` names the function or the assignment around it.
    """

    path: str
    line: int
    start: int
    end: int
    before: str
    after: str
    statement: int
    within: str
    source: str

    @property
    def text(self) -> str:
        """Where and what, for the reader of a report."""
        before, after = _shortened(_plain(self.before), _plain(self.after))
        return f"{self.path}:{self.line}  {before}  →  {after}"


@dataclass(frozen=True)
class _Around:
    """What stands around a node."""

    within: str = ""
    function: bool = False
    statement: int = 0
    returns: str = ""


def mutants_of(path: str, text: str) -> list[Mutant]:
    """Return every mutant of the file in the order of its text."""
    data = text.encode()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = text.splitlines()
    found: dict[tuple[int, int, str], Mutant] = {}
    for node, changed, around in _walk(ast.parse(text), _Around()):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        after = ast.unparse(ast.parse(changed) if isinstance(changed, str) else changed)
        before = data[start:end].decode()
        if _same(before, after):
            continue
        found.setdefault(
            (start, end, after),
            Mutant(
                path, node.lineno, start, end, before, after, around.statement, around.within,
                lines[node.lineno - 1].strip(),
            ),
        )  # fmt: skip
    return [found[key] for key in sorted(found)]


def mutated(text: str, mutant: Mutant) -> str:
    """Return the file's text with the change; its lines keep their numbers."""
    data = text.encode()
    lines = "\n" * mutant.before.count("\n")
    after = f"{mutant.after}{lines}" if mutant.after == "pass" else f"({mutant.after}{lines})"
    return (data[: mutant.start] + after.encode() + data[mutant.end :]).decode()


def _plain(text: str) -> str:
    """Return the expression as Python writes it, without comments and line breaks."""
    try:
        return " ".join(ast.unparse(ast.parse(f"({text}\n)")).split())
    except SyntaxError:
        return " ".join(text.split())


def _shortened(before: str, after: str) -> tuple[str, str]:
    """Return both texts with a little of what they share around what differs."""
    if max(len(before), len(after)) <= _SHOWN:
        return before, after
    start = _shared(before, after)
    end = min(_shared(before[::-1], after[::-1]), min(len(before), len(after)) - start)
    cut, kept = max(0, start - _CONTEXT), max(0, end - _CONTEXT)
    parts = (one[cut : len(one) - kept] for one in (before, after))
    first, second = (f"{'…' * bool(cut)}{one}{'…' * bool(kept)}" for one in parts)
    return first, second


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)


def _same(before: str, after: str) -> bool:
    try:
        return ast.dump(ast.parse(before.strip())) == ast.dump(ast.parse(after))
    except SyntaxError:
        return False


def _walk(node: ast.AST, around: _Around) -> Iterator[tuple[Placed, Change, _Around]]:
    if _says_nothing(node):
        return
    if isinstance(node, ast.stmt):
        around = _inside(node, around)
    for replaced, changed in changes_of(node, around.returns):
        yield replaced, changed, around
    for name, value in ast.iter_fields(node):
        if name in _SKIPPED_FIELDS or (name == "args" and _is_limit(node)):
            continue
        # The body of a function belongs to it; its arguments are evaluated where it is defined.
        inner = around
        if isinstance(node, _FUNCTION) and name == "body":
            returns = ast.unparse(node.returns) if node.returns else ""
            inner = _Around(around.within, function=True, returns=returns)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, inner)


def _says_nothing(node: ast.AST) -> bool:
    """Whether nothing in this piece of syntax can be noticed by a test of behaviour."""
    if isinstance(node, ast.keyword):
        return is_silent(node.arg)
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, _SKIPPED)


def _is_limit(node: ast.AST) -> bool:
    """Whether this says how many rows come at most: one is read, or a page of them is."""
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "limit"


def _inside(node: ast.stmt, around: _Around) -> _Around:
    name = around.within
    if isinstance(node, (*_FUNCTION, ast.ClassDef)):
        name = f"{name}.{node.name}" if name else node.name
    elif not name and isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        name = ast.unparse(target)
    statement = node.lineno if around.function else 0
    return _Around(name, around.function, statement, around.returns)
