"""Can a person make and end the keys of programs?"""

from __future__ import annotations

import re

from flask import Flask

from app.core.scope import AnySession
from app.roles import AUDITOR, PROVINCE_ADMIN
from tests.security.people import signed_in


def test_a_key_is_shown_once_and_works_until_it_is_ended(app: Flask, session: AnySession) -> None:
    browser = signed_in(app, PROVINCE_ADMIN)
    assert "还没有接口密钥" in browser.get("/profile/keys/").text
    page = browser.post("/profile/keys/new", data={"name": "考试系统", "days": "30"}).text
    key = re.search(r"skills_[\w-]+", page)
    assert key is not None
    head = {"Authorization": f"Bearer {key[0]}"}
    assert app.test_client().get("/api/v1/batch/", headers=head).status_code == 200

    later = browser.get("/profile/keys/").text
    assert "考试系统" in later
    assert key[0] not in later
    address = re.search(r"/profile/keys/[\w-]+/revoke", later)
    assert address is not None
    assert signed_in(app, AUDITOR).post(address[0]).status_code == 404
    assert browser.post(address[0]).status_code == 302
    assert app.test_client().get("/api/v1/batch/", headers=head).status_code == 401


def test_a_key_without_purpose_or_end_is_refused(app: Flask, session: AnySession) -> None:
    browser = signed_in(app, PROVINCE_ADMIN)
    for data in ({"name": "", "days": "30"}, {"name": "甲", "days": "0"}, {"name": "甲"}):
        page = browser.post("/profile/keys/new", data=data).text
        assert "没有保存" in page
        assert "skills_" not in page
