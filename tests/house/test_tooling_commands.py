"""Do the commands that the documents promise exist, and do they explain themselves?"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^\.PHONY: ([a-z-]+)$", MAKEFILE, re.MULTILINE))
SCRIPTS = [path for path in files() if path.suffix == ".sh" or path == Path(".ci/run")]


def find_python(tmp_path: Path, version: str, *, complete: bool) -> subprocess.CompletedProcess:
    """Run the search for Python where the only one claims ``version``."""
    fake = tmp_path / "python3"
    old = version < "3.11"
    fake.write_text(
        "#!/bin/sh\n"
        f'case "$2" in *"(3, 11)"*) exit {int(old)};; *ensurepip*) exit {int(not complete)};;\n'
        f'*print*) echo {version};; esac\n[ "$1" = --version ] && echo Python {version}\nexit 0\n'
    )
    fake.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", str(ROOT / "tools/find_python.sh")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_every_target_with_a_line_in_chinese() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    lines = dict(re.findall(r"make ([a-z-]+) +(.+)", shown))
    assert set(lines) == TARGETS
    assert {"setup", "run", "test", "check", "format", "lock", "migration", "clean"} <= TARGETS
    assert [name for name, text in lines.items() if not re.search("[一-鿿]", text)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=str)
def test_every_script_can_be_started_and_reads_as_shell(path: Path) -> None:
    assert os.access(ROOT / path, os.X_OK)
    shell = "bash" if "bash" in (ROOT / path).read_text().splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", str(ROOT / path)], check=False).returncode == 0


def test_continuous_integration_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make check", "make test", "make readme"):
        assert command in script
        assert command in readme


def test_a_sufficient_python_is_found(tmp_path: Path) -> None:
    found = find_python(tmp_path, "3.12", complete=True)
    assert found.stdout.strip() == str(tmp_path / "python3")


def test_an_old_python_is_refused_with_the_version_that_is_needed(tmp_path: Path) -> None:
    found = find_python(tmp_path, "3.10", complete=True)
    assert found.returncode == 1
    assert "3.11 以上" in found.stderr


def test_a_python_without_venv_is_refused_with_the_package_to_install(tmp_path: Path) -> None:
    found = find_python(tmp_path, "3.11", complete=False)
    assert found.returncode == 1
    assert "python3.11-venv" in found.stderr


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    found = subprocess.run(
        ["/bin/sh", str(ROOT / "tools/find_python.sh")],
        env={"PATH": str(empty)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    assert "apt-get install python3" in found.stderr
