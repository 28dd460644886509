"""Will every installation get exactly the packages that were tested?"""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

LOCKS = ("runtime", "dev")
ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|git\+|file:")


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """Package → its pinned versions (more than one where Pythons differ)."""
    found: dict[str, set[str]] = {}
    for line in lock_text(name).splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*])?==([^ ;\\]+)", line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def declared(name: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = list(project["project"]["dependencies"])
    if name == "dev":
        lines += project["dependency-groups"]["dev"]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_carries_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock_text(name).strip())
    assert len(entries) > 30
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry for entry in entries if "==" not in entry.splitlines()[0]] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_says_what_to_install_and_never_from_where(name: str) -> None:
    assert ADDRESS.search(lock_text(name)) is None


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_meets_what_the_project_declares(name: str) -> None:
    locked = pins(name)
    unmet = [
        str(requirement)
        for requirement in declared(name)
        if not any(
            requirement.specifier.contains(version)
            for version in locked.get(canonicalize_name(requirement.name), ())
        )
    ]
    assert unmet == []


def test_tests_run_on_the_versions_that_are_installed_for_use() -> None:
    runtime, dev = pins("runtime"), pins("dev")
    assert {name: runtime[name] for name in runtime if dev.get(name) != runtime[name]} == {}
