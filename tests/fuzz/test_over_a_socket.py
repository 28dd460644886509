"""Does the shipped server answer hostile requests as they come over the wire, never by 500?"""

from __future__ import annotations

import http.client
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.roles import PROVINCE_ADMIN
from tests.fuzz.hostile import DIGITS, NESTED, Hostile
from tests.fuzz.requests import Asked, request_for, routes_of
from tests.security.people import PASSWORD, someone
from tests.test_run import served

__all__ = ["served"]
FORM = "application/x-www-form-urlencoded"


class Browser:
    """Speaks HTTP over a socket, with a session and the token of its pages."""

    def __init__(self, address: str) -> None:
        self.address, self.cookie, self.token = urlsplit(address), "", ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str, Any]:
        connection = http.client.HTTPConnection(str(self.address.netloc), timeout=60)
        own = {"Cookie": self.cookie} if self.cookie else {}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, {**own, **given})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name == "Set-Cookie" and value.startswith("skills_session="):
                self.cookie = value.split(";")[0]
        return answer.status, text, answer.headers

    def post(self, path: str, form: dict[str, str]) -> tuple[int, str, Any]:
        body = urlencode({"csrf_token": self.token, **form})
        return self.ask("POST", path, body, Content_Type=FORM)

    def sign_in(self, username: str) -> None:
        page = self.ask("GET", "/login/")[1]
        self.token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
        assert self.post("/login/", {"username": username, "password": PASSWORD})[0] == 302
        page = self.ask("GET", "/batch/add")[1]
        self.token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]


@pytest.fixture
def browser(app: Flask, ours: Any, served: str) -> Browser:
    user = someone(PROVINCE_ADMIN)
    made = Browser(served)
    made.sign_in(user.username)
    return made


def test_what_failed_by_its_input_is_refused(browser: Browser) -> None:
    edit = {"name": "甲", "version": "²"}
    token = browser.token
    json = {"Content_Type": "application/json", "X_CSRFToken": token}
    parts = {"Content_Type": "multipart/form-data; boundary=", "X_CSRFToken": token}
    answers = [
        browser.post("/occupation/edit/1", edit),
        browser.post("/occupation/edit/1", {**edit, "version": DIGITS}),
        browser.post("/certificate_place/add", {"left": "1E+1000000", "top": "1E-1000000"}),
        browser.post("/certificate_place/edit/1", {"left": "1E+1000000", "version": "0"}),
        browser.ask("POST", "/batch/add", "1", **json),
        browser.ask("POST", "/batch/add", NESTED, **json),
        browser.ask("POST", "/candidate/grid", NESTED, **json),
        browser.ask("GET", "/jobs/99999999999999999999"),
        browser.ask("GET", f"/jobs/{2**31}/state"),
        browser.ask("GET", f"/jobs/{DIGITS}/file"),
        browser.ask("GET", "/jobs/%C2%B2"),
        browser.ask("GET", "/operation/show/%00"),
        browser.ask("GET", f"/batch/show/{2**63}"),
        browser.ask("GET", f"/import/{2**64}"),
        browser.ask("GET", "/batch/list/?page=" + DIGITS[:4000]),
        browser.ask("GET", "/batch/list/", Range="bytes=0-0", If_None_Match="*", Accept=";;,"),
        browser.ask("POST", "/batch/add", "x", **parts),
    ]  # fmt: skip
    assert [status for status, *_ in answers if not 200 <= status < 500] == []
    assert answers[4][0] == answers[5][0] == 415
    assert {answers[place][0] for place in (7, 8, 9, 10, 11)} == {404}
    assert "系统出错了" not in "".join(text for _, text, _ in answers)


def test_three_equal_posts_over_the_wire_make_one_batch(browser: Browser, ours: Any) -> None:
    page = browser.ask("GET", "/batch/add")[1]
    keys = re.findall(r'name="form_key" value="([^"]+)"', page)
    form = {
        "name": "只此一批", "body": str(ours.body.id), "exam_date": "2021-09-18",
        "target": "own_staff", "mode": "exam", "form_key": keys[-1],
    }  # fmt: skip
    with ThreadPoolExecutor(3) as clicks:
        answers = list(clicks.map(lambda _: browser.post("/batch/add", form), range(3)))
    assert [status for status, *_ in answers] == [302] * 3
    assert len({headers["Location"] for _, _, headers in answers}) == 1
    listed = browser.ask("GET", "/batch/list/?" + urlencode({"name": "只此一批"}))[1]
    assert "共 <b>1</b>" in listed


def sendable(asked: Asked) -> tuple[Any, dict[str, str]] | None:
    """Body and headers as this client can put them on the wire; None for a file."""
    body = asked.body
    if isinstance(body, MultiDict):
        if "file" in body:
            return None
        body = urlencode(list(body.items(multi=True)), errors="replace")
    kept = {
        name: value
        for name, value in asked.headers
        if not set(value) & set("\r\n") and name not in ("Cookie", "X-Forwarded-For")
    }
    if asked.content_type:
        kept["Content-Type"] = asked.content_type
    return body or None, kept


def test_seeded_requests_over_the_wire_are_never_answered_by_500(
    app: Flask, browser: Browser
) -> None:
    hostile, routes, found = Hostile(7), routes_of(app), []
    for _ in range(150):
        asked = request_for(hostile, hostile.one(hostile.one(routes)))
        sent = sendable(asked)
        if sent is None:
            continue
        address = f"{asked.path}?{asked.query}" if asked.query else asked.path
        headers = {"X-CSRFToken": browser.token, **sent[1]}
        status, _, _ = browser.ask(asked.method, address, sent[0], **headers)
        if status >= 500:
            found.append(f"{status} {asked}")
    assert found == []
