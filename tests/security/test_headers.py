"""What do the answers tell the browser?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.roles import SYSTEM_ADMIN
from tests.security.people import signed_in

PAGES = ("/", "/batch/list/", "/batch/add", "/account/add", "/role/", "/profile/", "/no-such-page")
TAG = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)


def nonce_of(policy: str) -> str:
    found = re.search(r"script-src 'self' 'nonce-([\w-]+)'", policy)
    assert found, policy
    return found[1]


def test_every_answer_says_what_may_run(client: FlaskClient) -> None:
    policy = client.get("/login/").headers["Content-Security-Policy"]
    for part in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ):
        assert part in policy
    assert "unsafe" not in policy


def test_the_nonce_is_another_one_each_time(client: FlaskClient) -> None:
    first, second = (
        nonce_of(client.get("/login/").headers["Content-Security-Policy"]) for _ in range(2)
    )
    assert first != second


@pytest.mark.parametrize("path", PAGES)
def test_nothing_inline_runs_without_the_nonce(app: Flask, session: Session, path: str) -> None:
    answer = signed_in(app, SYSTEM_ADMIN).get(path)
    nonce = nonce_of(answer.headers["Content-Security-Policy"])
    for tag, attributes, content in TAG.findall(answer.text):
        if content.strip() or tag == "style":
            assert f'nonce="{nonce}"' in attributes
        else:
            assert "src=" in attributes
    assert not re.search(r"<[^>]+\son\w+\s*=", answer.text)
    assert not re.search(r"<[^>]+\sstyle\s*=", answer.text)
    assert "javascript:" not in answer.text


@pytest.mark.parametrize("path", [*PAGES, "/static/app.css"])
def test_no_answer_is_sniffed_framed_or_told_to_other_sites(
    app: Flask, session: Session, path: str
) -> None:
    headers = signed_in(app, SYSTEM_ADMIN).get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_not_kept_but_style_sheets_may_be(app: Flask, session: Session) -> None:
    client = signed_in(app, SYSTEM_ADMIN)
    assert client.get("/profile/").headers["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/static/app.css").headers.get("Cache-Control", "")
