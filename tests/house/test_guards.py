"""Do the guards of the suite bite: on another machine, and on a changed tree?"""

from __future__ import annotations

import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.guards import NetworkUsed, is_here, state_of


@pytest.mark.parametrize("host", ["198.51.100.7", "2001:db8::7", "example.invalid"])
def test_nothing_outside_this_machine_is_reached(host: str) -> None:
    with pytest.raises(NetworkUsed):
        socket.create_connection((host, 80), timeout=0.1)


def test_an_address_is_refused_without_looking_up_a_name() -> None:
    with socket.socket() as plain, pytest.raises(NetworkUsed):
        plain.connect(("198.51.100.7", 80))
    with socket.socket() as plain, pytest.raises(NetworkUsed):
        plain.connect_ex(("198.51.100.7", 80))
    with pytest.raises(NetworkUsed):
        urllib.request.urlopen("http://198.51.100.7/", timeout=0.1)


def test_servers_of_the_tests_are_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()[:2], timeout=5).close()
    assert is_here("localhost")
    assert is_here("::1")


def test_a_new_and_a_changed_file_are_noticed(tmp_path: Path) -> None:
    for command in (["init", "-q"], ["add", "."]):
        (tmp_path / "kept.txt").write_text("kept")
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    before = state_of(tmp_path)
    assert state_of(tmp_path) == before
    (tmp_path / "0014_nothing.py").write_text("left behind")
    added = state_of(tmp_path)
    assert "0014_nothing.py" in added
    (tmp_path / "kept.txt").write_text("changed")
    assert state_of(tmp_path) != added
