"""How does a test ask the shipped server over a socket, as a browser does?"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.house.tree import ROOT

#: A loaded machine takes its time to start a server.
PATIENCE = 60
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Answer:
    """What came over the wire."""

    status: int
    headers: HTTPMessage
    content: bytes


@dataclass
class Browser:
    """Cookies and a token, or a program with its key; nothing of the product's own code."""

    base: str
    token: str = ""
    key: str = ""
    opener: OpenerDirector = field(
        default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar()))
    )

    def ask(self, path: str, form: dict[str, object] | None = None) -> Answer:
        """GET, or POST of a form with the session's token."""
        data = None
        if form is not None:
            data = urlencode({"csrf_token": self.token, **form}, doseq=True).encode()
        try:
            request = Request(f"{self.base}{path}", data)
            if self.key:
                request.add_header("Authorization", f"Bearer {self.key}")
            with self.opener.open(request, timeout=PATIENCE) as found:
                return Answer(found.status, found.headers, found.read())
        except HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.headers, refusal.read())

    def sign_in(self, username: str, password: str) -> None:
        """Through the form of the entrance."""
        self._read_token("/login/")
        self.ask("/login/", {"username": username, "password": password})
        self._read_token("/profile/password")

    def _read_token(self, path: str) -> None:
        found = TOKEN.search(self.ask(path).content.decode())
        assert found, path
        self.token = found[1]


@dataclass
class Served:
    """A running server."""

    base: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    def browser(self) -> Browser:
        """A browser of its own."""
        return Browser(self.base)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(url: str, **more: str) -> dict[str, str]:
    """The settings of a server on the database at ``url``."""
    return {**os.environ, "DATABASE_URL": url, "SECRET_KEY": "only-for-tests-" * 3, **more}


@contextmanager
def serving(url: str, *start: str, **more: str) -> Iterator[Served]:
    """The shipped server on the database at ``url``; ``start`` is run in place of run.py."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, *(start or ("run.py",))],
        cwd=ROOT,
        env=environment(url, PORT=str(port), **more),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
        yield Served(f"http://127.0.0.1:{port}", process)
    finally:
        process.kill()
        process.wait(timeout=20)
