"""Where does a drill take place? In a copy of the project, on a database of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT, files


def _copy(name: Path, root: Path) -> None:
    if (ROOT / name).exists():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, root / name)


@dataclass(frozen=True)
class Copy:
    """A copy of the project as it stands, which a drill may change."""

    root: Path
    url: str

    @classmethod
    def at(cls, root: Path, url: str) -> Copy:
        """Copy what is or would be committed; the environment is shared."""
        for name in files():
            _copy(name, root)
            if name.suffix == ".py":
                # Compiled already: the time of the source, by which Python knows it, is kept.
                _copy(Path(cache_from_source(str(name))), root)
        (root / ".venv").symlink_to(ROOT / ".venv")
        return cls(root, url)

    def insert(self, name: str, before: str, lines: str) -> None:
        """Put ``lines`` into a file above the only place where ``before`` stands."""
        self.replace(name, before, f"{lines}{before}")

    def remove(self, name: str, lines: str) -> None:
        """Take ``lines`` out of a file again."""
        self.replace(name, lines, "")

    def replace(self, name: str, old: str, new: str) -> None:
        """Put ``new`` where ``old`` stands, which must be one place."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Add a file."""
        (self.root / name).write_text(text, encoding="utf-8")

    def run(self, *command: str, good: bool = True) -> str:
        """Run a command there and answer with what it said."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env={
                **os.environ,
                "DATABASE_URL": self.url,
                "SECRET_KEY": "only-for-drills-" * 3,
                "PYTHONPATH": str(self.root),
                "MAKEFLAGS": "",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        assert (done.returncode == 0) is good, said
        return said

    def flask(self, *words: str) -> str:
        """A command of the product."""
        return self.run(".venv/bin/python", "-m", "flask", "--app", "run", *words)

    def ask(self, question: str, *words: str) -> Any:
        """The answer of ``tests.drill.questions`` run on the copy."""
        said = self.run(".venv/bin/python", "-m", "tests.drill.questions", question, *words)
        return json.loads(said.splitlines()[-1])
