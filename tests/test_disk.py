"""Is a full disk told as such, is nothing lost by it, and does the same act succeed afterwards?"""

from __future__ import annotations

import http.client
import json
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.database import db
from app.models import Batch
from app.roles import BODY_CLERK, PROVINCE_ADMIN, SYSTEM_ADMIN
from tests import factories, procedure
from tests.disks import SmallDisk, small_disk
from tests.house.tree import ROOT
from tests.security.people import PASSWORD, signed_in, someone
from tests.served import environment, free_port

WORK_TYPES = ("普通车工", "数控车工", "电焊工", "电工", "桥式起重机司机")
ROSTER = ROOT / "tests/workbooks/roster-tidy.xlsx"


class Browser:
    """A browser without script, over a socket."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie, self.token = port, "", ""

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[int, str, str]:
        """Number, page and where it leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": kind}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name == "Set-Cookie" and value.startswith("skills_session="):
                self.cookie = value.partition(";")[0]
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        return answer.status, page, answer.getheader("Location") or ""

    def post(self, path: str, **values: object) -> tuple[int, str, str]:
        body = urlencode({"csrf_token": self.token, **values}).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")

    def send(self, path: str, file: Path, **values: str) -> tuple[int, str, str]:
        edge = "----edge"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in {"csrf_token": self.token, **values}.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
        body = "".join([*parts, head]).encode() + file.read_bytes() + f"\r\n--{edge}--\r\n".encode()
        return self.ask("POST", path, body, f"multipart/form-data; boundary={edge}")

    def sign_in(self, username: str) -> tuple[int, str, str]:
        self.ask("GET", "/login/")
        answer = self.post("/login/", username=username, password=PASSWORD)
        if answer[0] == 302:
            self.ask("GET", "/profile/")
        return answer


class House:
    """A server whose data lie on a small disk."""

    def __init__(self, disk: SmallDisk, port: int, draft: int, reviewed: int) -> None:
        self.disk, self.port, self.draft, self.reviewed = disk, port, draft, reviewed

    def browser(self, username: str) -> Browser:
        made = Browser(self.port)
        assert made.sign_in(username)[0] == 302
        return made

    def value(self, statement: str) -> object:
        with closing(sqlite3.connect(self.disk.folder / "app.db")) as connection:
            return connection.execute(statement).fetchone()[0]


@pytest.fixture
def house(app: Flask, session: Session, tmp_path: Path) -> Iterator[House]:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its files on a disk of its own server's")
    body = factories.body(session, work_types=WORK_TYPES)
    draft: Batch = factories.batch(session, body)
    reviewed = procedure.take(session, procedure.ready_batch(session, body), "results_reviewed")
    someone(BODY_CLERK, "clerk", body_id=body.id)
    someone(PROVINCE_ADMIN, "province")
    keys = draft.id, reviewed.id
    session.commit()
    with small_disk(tmp_path / "disk", 24) as disk:
        file = disk.folder / "app.db"
        with (
            closing(sqlite3.connect(str(db.engine.url.database))) as old,
            closing(sqlite3.connect(file)) as new,
        ):
            old.backup(new)
        port = free_port()
        with (tmp_path / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "run.py"],
                cwd=ROOT,
                env=environment(f"sqlite:///{file}", PORT=str(port)),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        try:
            assert process.stdout is not None
            assert str(port) in process.stdout.readline(), (tmp_path / "log").read_text()
            yield House(disk, port, *keys)
        finally:
            process.kill()
            process.wait(timeout=60)


def check_refused(answer: tuple[int, str, str]) -> None:
    assert answer[0] in (503, 507), answer
    assert "磁盘" in answer[1]


def test_what_a_full_disk_refuses_succeeds_once_there_is_room(house: House) -> None:
    clerk, province = house.browser("clerk"), house.browser("province")
    code, page, preview = clerk.send(f"/batch/{house.draft}/import/", ROSTER, kind="roster")
    assert code == 302, page
    clerk.ask("GET", preview)
    people = house.value("SELECT count(*) FROM candidate")

    house.disk.fill()
    check_refused(clerk.post(f"{preview}/accept"))
    check_refused(province.post(f"/batch/{house.reviewed}/move/register", note=""))
    check_refused(clerk.post(f"/jobs/package/{house.draft}/filing"))
    check_refused(Browser(house.port).sign_in("clerk"))
    assert clerk.ask("GET", "/batch/list/")[0] == 200
    house.disk.free()

    assert house.value("SELECT count(*) FROM candidate") == people
    assert house.value("SELECT count(*) FROM certificate") == 0
    assert house.value("SELECT count(*) FROM job") == 0
    assert clerk.post(f"{preview}/accept")[0] == 302
    assert house.value("SELECT count(*) FROM candidate") > people  # type: ignore[operator]
    assert province.post(f"/batch/{house.reviewed}/move/register", note="")[0] == 302
    assert house.value(f"SELECT state FROM batch WHERE id = {house.reviewed}") == "registered"
    assert house.browser("clerk")
    code, _, job = clerk.post(f"/jobs/package/{house.draft}/filing")
    assert code == 303
    assert finished(clerk, job)["state"] == "done"


def finished(browser: Browser, job: str) -> dict[str, object]:
    for _ in range(600):
        job_state = json.loads(browser.ask("GET", f"{job}/state")[1])
        if not job_state["open"]:
            return dict(job_state)
        time.sleep(0.1)
    raise AssertionError("the job does not end")


def test_the_administrator_is_warned_before_the_disk_is_full(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(app, SYSTEM_ADMIN)
    monkeypatch.setitem(app.config, "DISK_WARN_MB", 0)
    assert "可用空间" not in browser.get("/").text
    monkeypatch.setitem(app.config, "DISK_WARN_MB", 10_000_000)
    assert "可用空间" in browser.get("/").text
    assert "可用空间" not in signed_in(app, PROVINCE_ADMIN).get("/").text
