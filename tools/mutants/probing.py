"""A plugin of pytest: which lines does each test reach, and which tests run in which order?

Loaded with ``-p`` in a copy of the tree. With REACHED it notes the lines that the probes in the
copy report for each test; with CHOSEN it runs the tests named in that file, in its order.
"""

from __future__ import annotations

import builtins
import json
import os
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tools.mutants.patching import remembering

PROBE = "__mutants_reached__"

_reached: set[int] = set()
_noted: dict[str, list[float | int]] = {}
_failed: set[str] = set()
_on_start: set[int] = set()
_forgetful: list[Any] = []

setattr(builtins, PROBE, _reached.add)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    """Note what the test and its fixtures reach, and how many seconds they take."""
    if not _noted:
        _on_start.update(_reached)
        _forgetful[:] = remembering()
    # Else only the first test that asks would reach what is remembered for all others.
    for one in _forgetful:
        one.cache_clear()
    _reached.clear()
    started = time.perf_counter()
    done = yield
    _noted[item.nodeid] = [round(time.perf_counter() - started, 3), *sorted(_reached)]
    return done


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
    """Note what is done once for all tests, which a process that is ready does not do again."""
    before = set(_reached)
    value = yield
    if fixturedef.scope == "session":
        _on_start.update(_reached - before)
    return value


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember which tests fail although nothing was changed: they prove nothing."""
    if report.failed:
        _failed.add(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the chosen tests, in their order."""
    if (path := os.environ.get("CHOSEN")) is None:
        return
    order = {name: at for at, name in enumerate(json.loads(Path(path).read_text("utf-8")))}
    kept = sorted((one for one in items if one.nodeid in order), key=lambda one: order[one.nodeid])
    config.hook.pytest_deselected(items=[one for one in items if one.nodeid not in order])
    items[:] = kept


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Leave a file of this process; each worker of a run leaves its own."""
    folder = os.environ.get("REACHED")
    if folder is not None and _noted:
        noted = {name: row for name, row in _noted.items() if name not in _failed}
        found = {"noted": noted, "failed": sorted(_failed), "on_start": sorted(_on_start)}
        Path(folder, f"{os.getpid()}.json").write_text(json.dumps(found), "utf-8")
