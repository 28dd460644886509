"""Which files make up the repository, and what do the Python ones say?"""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("app/", "seed/", "config.py", "run.py")
BINARY = {".xlsx", ".xls", ".png", ".jpg", ".ico", ".woff2", ".pdf", ".mo", ".docx", ".zip"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted({Path(name) for name in listed.split("\0") if (ROOT / name).is_file()}))


def texts() -> list[tuple[Path, str]]:
    """Every file that is text, with its content; workbooks for tests are data and left out."""
    kept = (p for p in files() if p.suffix not in BINARY and "workbooks" not in p.parts)
    return [(path, (ROOT / path).read_text(encoding="utf-8", errors="replace")) for path in kept]


def modules() -> list[Path]:
    """Every Python file but migrations, which a tool writes."""
    return [p for p in files() if p.suffix == ".py" and "migrations" not in p.parts]


def product_modules() -> list[Path]:
    """The Python files that run in an installation."""
    return [path for path in modules() if path.as_posix().startswith(PRODUCT)]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def dotted(node: ast.AST) -> str:
    """``os.environ`` for the expression that reads so; empty for anything but names and dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""
