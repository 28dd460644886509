"""Do the tests notice one mutant?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tools.mutants.mutant import Mutant, mutated
from tools.mutants.warm import ANSWERED, ASKED
from tools.readme_commands import copy_to

Running = subprocess.Popen[bytes]
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


class Warm:
    """The process with everything ready (``tools.mutants.warm``), as it is spoken to from here."""

    def __init__(self, copy: Copy, files: Sequence[str]) -> None:
        (there, asking), (answering, back) = os.pipe(), os.pipe()
        names = {ASKED: str(there), ANSWERED: str(back)}
        options = ("-p", "tools.mutants.warm", "-p", "no:cacheprovider", "-p", "no:xdist")
        self._running = copy.start([*options, *files], names, fds=(there, back))
        os.close(there)
        os.close(back)
        self._asking = os.fdopen(asking, "w", encoding="utf-8")
        self._answers = os.fdopen(answering, encoding="utf-8")

    def ask(
        self, path: Path, text: str, tests: Sequence[str], limit: float
    ) -> Fate | Literal["unable"]:
        """Return what a fork says about the file's other text."""
        asked = {"path": str(path), "text": text, "tests": list(tests), "limit": limit}
        try:
            self._asking.write(json.dumps(asked) + "\n")
            self._asking.flush()
            answer: Fate | Literal["unable"] = json.loads(self._answers.readline() or '"unable"')
        except BrokenPipeError:
            return "unable"
        return answer

    def close(self) -> None:
        """Let the process end by itself, so that it removes its database."""
        self._asking.close()
        try:
            self._running.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self._running.pid, signal.SIGKILL)
        self._answers.close()


class Copy:
    """A copy of the tree in which one mutant after the other is tried."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="mutants-")
        self.path = Path(self._folder.name)
        self._written = 0
        self.warm: Warm | None = None
        copy_to(self.path)

    def warm_up(self, tests: Sequence[str]) -> None:
        """Start the process that tries mutants in forks; it collects the files of ``tests``."""
        self.warm = Warm(self, sorted({test.partition("::")[0] for test in tests}))

    def close(self) -> None:
        """End the process that tries mutants, and remove the copy."""
        if self.warm is not None:
            self.warm.close()
        self._folder.cleanup()

    def start(
        self, options: Sequence[str], settings: Mapping[str, str], fds: Sequence[int] = ()
    ) -> Running:
        """Start pytest in the copy, in a group of processes of its own."""
        command = [sys.executable, "-m", "pytest", "-q", *options]
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "PYTHONPATH": str(self.path),
            "TEST_DATABASE": "sqlite",
            **settings,
        }
        return subprocess.Popen(
            command, cwd=self.path, env=environment, start_new_session=True, pass_fds=tuple(fds),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def pytest(self, *options: str, limit: float | None = None, **settings: str) -> int | None:
        """Run pytest in the copy; return its exit code, or None if it took too long."""
        with self.start(["-p", "tools.mutants.probing", *options], settings) as running:
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

    def notices(self, mutant: Mutant, tests: Sequence[str], *, forked: bool = False) -> Fate:
        """Try the mutant in a fork where that says all, else in a process of its own."""
        if forked and self.warm is not None:
            path = self.path / mutant.path
            said = self.warm.ask(path, mutated(path.read_text("utf-8"), mutant), tests, LIMIT)
            if said in ("killed", "timeout", "survived"):
                return said
        return self.notices_afresh(mutant, tests)

    def notices_afresh(self, mutant: Mutant, tests: Sequence[str]) -> Fate:
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
