"""A plugin of pytest: a process that has everything ready and tries mutants in forks of itself.

Starting the product and its database takes some seconds, most mutants die within one. The process
collects the tests, sets up the product once and then answers questions: each names a file, its
changed text and the tests to run, and gets ``survived``, ``killed``, ``timeout`` or ``unable``
(ask a fresh process). What was done while the product started was done without the mutant: who
asks here knows which lines those are.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Generator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tools.mutants.patching import put_in_place, replaced_codes

#: The environment's names of the descriptors on which questions come and answers go.
ASKED, ANSWERED = "MUTANTS_ASKED", "MUTANTS_ANSWERED"

ALL_PASS, ONE_FAILED, UNABLE = 0, 1, 2
_fixtures: dict[str, Any] = {}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Generator[None, Any, Any]:
    """Keep hold of the product and its database, which every fork begins with."""
    value = yield
    if fixturedef.argname in ("app", "database"):
        _fixtures.setdefault(fixturedef.argname, value)
    return value


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Answer questions until there are no more, instead of running the tests."""
    if ASKED not in os.environ:
        return None
    items = {item.nodeid: item for item in session.items}
    _warm_up(session.items)
    with open(int(os.environ[ASKED]), encoding="utf-8") as asked:  # noqa: PTH123
        for line in asked:
            answer = _answer(items, json.loads(line))
            os.write(int(os.environ[ANSWERED]), (json.dumps(answer) + "\n").encode())
    return True


def _warm_up(items: Sequence[pytest.Item]) -> None:
    first = next((one for one in items if "app" in getattr(one, "fixturenames", ())), None)
    if first is not None:
        runtestprotocol(first, log=False, nextitem=_another(first))


def _another(item: pytest.Item) -> pytest.Item | None:
    """Return a test whose turn is next, so that this one is torn down and the product is not."""
    return next((one for one in item.session.items if one is not item), None)


def _answer(items: dict[str, pytest.Item], asked: dict[str, Any]) -> str:
    tests = [items[name] for name in asked["tests"] if name in items]
    until = time.monotonic() + asked["limit"]
    while tests:
        code, failed = _in_a_fork(tests, asked, until)
        if code is None:
            return "timeout"
        if code != ONE_FAILED:
            return "survived" if code == ALL_PASS else "unable"
        # A test that fails without the mutant as well says nothing about it.
        if _in_a_fork([tests[failed]], None, until)[0] == ALL_PASS:
            return "killed"
        tests.pop(failed)
    return "unable"


def _in_a_fork(
    tests: Sequence[pytest.Item], asked: dict[str, Any] | None, until: float
) -> tuple[int | None, int]:
    """Return how it ended (None: time is up), and which of the tests failed."""
    _renew_database()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgrp()
        code, failed = _run(tests, asked)
        os.write(writing, str(failed).encode())
        os._exit(code)
    os.close(writing)
    ended = _waited(child, until)
    with open(reading, encoding="utf-8") as noted:  # noqa: PTH123
        failed = int(noted.read() or 0)
    return ended, failed


def _waited(child: int, until: float) -> int | None:
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _run(tests: Sequence[pytest.Item], asked: dict[str, Any] | None) -> tuple[int, int]:
    try:
        if asked is not None and not _take_on(asked):
            return UNABLE, 0
        for at, item in enumerate(tests):
            following = tests[at + 1] if at + 1 < len(tests) else _another(item)
            reports = runtestprotocol(item, log=False, nextitem=following)
            if any(report.failed for report in reports):
                return ONE_FAILED, at
    except BaseException:
        return UNABLE, 0
    return ALL_PASS, 0


def _take_on(asked: dict[str, Any]) -> bool:
    path = Path(asked["path"]).resolve()
    text = path.read_text("utf-8")
    return put_in_place(replaced_codes(str(path), text, asked["text"]), str(path)) > 0


def _renew_database() -> None:
    if {"app", "database"} <= set(_fixtures):
        # The suite's own way to close every connection, so that the file can be replaced.
        import_module("tests.database")._let_go(_fixtures["app"])  # noqa: SLF001
        _fixtures["database"].restore()
