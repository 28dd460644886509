"""Does the core stand alone? In a process of its own it serves a lending library."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHECKS = "tests/core/library/check_library.py"


def test_the_core_serves_a_lending_library() -> None:
    """A process that never imports the certification: a nested run with checks of its own."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
        "--confcutdir", "tests/core/library", "-o", "python_files=check_*.py",
        "-o", "python_functions=check_*", CHECKS,
    ]  # fmt: skip
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(  # noqa: PLW1510 - asserted below
        command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    checks = (ROOT / CHECKS).read_text(encoding="utf-8").count("\ndef check_")
    assert f"{checks} passed" in done.stdout
