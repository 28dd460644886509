"""Does the suite leave the source tree and the network alone? If not, it fails and says where."""

from __future__ import annotations

import gc
import ipaddress
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
TREE = pytest.StashKey[str]()


class NetworkUsed(AssertionError):
    """A test asked for something outside this machine."""


def state_of(tree: Path) -> str:
    """What differs from the last commit; empty where there is no repository to ask."""
    asked = ["git", "status", "--porcelain", "--untracked-files=all"]
    done = subprocess.run(asked, cwd=tree, check=False, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def is_here(host: Any) -> bool:
    """Whether an address or name means this machine, without asking anybody."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


class HomeSocket(socket.socket):
    """A socket that reaches this machine alone."""

    def connect(self, address: Any) -> None:
        _refuse_abroad(self.family, address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        _refuse_abroad(self.family, address)
        return super().connect_ex(address)


def _refuse_abroad(family: int, address: Any) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not is_here(address[0]):
        raise NetworkUsed(f"a test connects to {address[0]}: tests have no network")


_look_up = socket.getaddrinfo


def _look_up_here(host: Any, *args: Any, **kwargs: Any) -> Any:
    if not is_here(host):
        raise NetworkUsed(f"a test asks where {host} is: tests have no network")
    return _look_up(host, *args, **kwargs)


def pytest_configure() -> None:
    """From here on nothing in this process reaches another machine."""
    socket.socket = HomeSocket  # type: ignore[misc]
    socket.getaddrinfo = _look_up_here


def pytest_collection_finish() -> None:
    """Leave what is collected out of every later search for garbage: it stays until the end.

    Seven thousand tests and what they import are a million objects, and walking them again and
    again took a quarter of the run.
    """
    gc.freeze()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Note how the tree looks; workers of a run leave that to the one that started them."""
    if not hasattr(session.config, "workerinput"):
        session.config.stash[TREE] = state_of(ROOT)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run whose tests, or whose reader meanwhile, changed the tree."""
    before = session.config.stash.get(TREE, None)
    if before is None or (now := state_of(ROOT)) == before:
        return
    changed = sorted(set(now.splitlines()) ^ set(before.splitlines()))
    report = session.config.pluginmanager.getplugin("terminalreporter")
    lines = "\n".join(["the source tree changed while the tests ran:", *changed])
    if report is not None:
        report.write_line(lines, red=True)
    session.exitstatus = pytest.ExitCode.TESTS_FAILED
