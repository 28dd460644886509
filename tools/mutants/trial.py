"""Do the tests notice one mutant?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tools.mutants.mutant import Mutant, mutated
from tools.readme_commands import copy_to

Fate = Literal["killed", "timeout", "survived", "unreached"]
#: Seconds until a mutant that never ends counts as noticed.
LIMIT = 240
#: Exit codes of pytest: passed; failed; stopped while it collected or was configured.
PASSED, FAILED, STOPPED = 0, 1, (2, 3, 4)


class Unusable(Exception):
    """The tests do not run in the copy even without a mutant."""


@dataclass(frozen=True)
class Trial:
    """The fate of a mutant, and how many of the tests that reach it were run."""

    seed: int
    area: str
    mutant: Mutant
    fate: Fate
    run: int
    reaching: int

    @property
    def lives(self) -> bool:
        """Whether no test has noticed the mutant."""
        return self.fate in ("survived", "unreached")


class Copy:
    """A copy of the tree in which one mutant after the other is tried."""

    def __init__(self, root: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="mutants-")
        self.path = Path(self._folder.name)
        self._written = 0
        if root is None:
            copy_to(self.path)

    def close(self) -> None:
        """Remove the copy."""
        self._folder.cleanup()

    def pytest(self, *options: str, limit: float | None = None, **settings: str) -> int | None:
        """Run pytest in the copy; return its exit code, or None if it took too long."""
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tools.mutants.probing", *options]
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "PYTHONPATH": str(self.path),
            "TEST_DATABASE": "sqlite",
            **settings,
        }
        with subprocess.Popen(
            command, cwd=self.path, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as running:  # fmt: skip
            try:
                return running.wait(limit)
            except subprocess.TimeoutExpired:
                return None
            finally:
                if running.poll() is None:
                    os.killpg(running.pid, signal.SIGKILL)

    def ask(self, tests: Sequence[str], limit: float = LIMIT) -> int | None:
        """Run the tests in their order until one fails."""
        chosen = self.path / "chosen.json"
        chosen.write_text(json.dumps(list(tests)), "utf-8")
        files = sorted({test.partition("::")[0] for test in tests})
        quiet = ("-x", "-p", "no:cacheprovider", "-p", "no:xdist")
        return self.pytest(*quiet, *files, limit=limit, CHOSEN=str(chosen))

    def notices(self, mutant: Mutant, tests: Sequence[str]) -> Fate:
        """Apply the mutant, run the tests, and put the file back."""
        path = self.path / mutant.path
        text, before = path.read_text("utf-8"), path.stat()
        self._written += 1
        path.write_text(mutated(text, mutant), "utf-8")
        # Python takes a compiled file of the same size and second for this one's.
        os.utime(path, (before.st_atime, int(before.st_mtime) + 10 * self._written))
        try:
            code = self.ask(tests)
        finally:
            path.write_text(text, "utf-8")
            os.utime(path, (before.st_atime, before.st_mtime))
        if code is None:
            return "timeout"
        if code == PASSED:
            return "survived"
        if code == FAILED or code in STOPPED:
            return "killed"
        raise Unusable(f"{mutant.text}: pytest 的退出码是 {code}")
