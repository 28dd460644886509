"""Does a list longer than a page waits for leave the real server, by browser and by program?"""

from __future__ import annotations

import csv
import io
import json
import re
import time
import urllib.request
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from sqlalchemy import insert, select

from app.core import scope
from app.core.database import db
from app.core.jobs import exports
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.security import keys
from app.core.tables import Change
from app.models import AppUser, Region, Site
from app.roles import PROVINCE_ADMIN
from tests import factories
from tests.security.people import PASSWORD, someone
from tests.test_run import served

__all__ = ["served"]

MANY = exports.AT_ONCE + 1


@pytest.fixture
def person(session: AnySession) -> AppUser:
    """Who takes the sites."""
    return someone(PROVINCE_ADMIN)


@pytest.fixture
def sites(session: AnySession) -> None:
    """One more than leaves at once."""
    body = factories.body(session, "DEMO")
    region_id = session.scalars(select(Region.id)).first()
    rows = [
        {"body_id": body.id, "name": f"考点{at:05d}", "region_id": region_id, "version": 1}
        for at in range(MANY)
    ]
    with scope.acting(session, SYSTEM):
        session.execute(insert(Site), rows)
        session.commit()


def asked(opener: Any, url: str, data: dict[str, str] | None = None) -> Any:
    return opener.open(url, data=None if data is None else urlencode(data).encode(), timeout=60)


def browser(served: str, person: AppUser) -> Any:
    """A browser in which the person has signed in."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = asked(opener, f"{served}/login/").read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    sent = {"username": person.username, "password": PASSWORD, "csrf_token": token.group(1)}
    asked(opener, f"{served}/login/", sent)
    return opener


def program(person: AppUser) -> Any:
    """A program with the person's key."""
    with scope.acting(db.session, SYSTEM):
        key = keys.issue(person, "考试系统", 30)
    opener = urllib.request.build_opener()
    opener.addheaders = [("Authorization", f"Bearer {key}"), ("Accept", "application/json")]
    return opener


def when_done(opener: Any, state_url: str) -> dict[str, Any]:
    for _ in range(600):
        sent = json.loads(asked(opener, state_url).read())
        found: dict[str, Any] = sent.get("result", sent)
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.1)
    raise AssertionError("the job takes longer than a minute")


def names_in(answer: Any) -> list[str]:
    rows = list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig"))))
    return [row[rows[0].index("考点名称")] for row in rows[1:]]


def test_a_browser_is_led_to_the_job_and_a_program_told_its_address(
    session: AnySession, sites: None, person: AppUser, served: str
) -> None:
    whole = [f"考点{at:05d}" for at in range(MANY)]
    clicked = browser(served, person)
    shown = asked(clicked, f"{served}/site/export?format=csv&sort=name")
    assert re.fullmatch(rf"{served}/jobs/\d+", shown.url)
    assert "正在生成" in shown.read().decode()
    assert when_done(clicked, f"{shown.url}/state")["state"] == "done"

    called = program(person)
    path = "/api/v1/site/export?format=csv&columns=name&sort=name"
    answer = asked(called, f"{served}{path}")
    assert answer.status == 202
    job = when_done(called, f"{served}{json.loads(answer.read())['job']}")
    assert job["state"] == "done", job
    assert names_in(asked(called, f"{served}{job['file']}")) == whole

    session.expire_all()
    noted = session.scalars(select(Change).where(Change.kind == "export")).all()
    assert [(one.source, one.fields["行数"][1]) for one in noted] == [("job", MANY)] * 2


def test_a_condition_that_there_is_not_is_refused_on_the_wire(
    session: AnySession, person: AppUser, served: str
) -> None:
    for opener, path in (
        (browser(served, person), "/site/export?format=csv&nmae=x"),
        (program(person), "/api/v1/site/?nmae=x"),
        (program(person), "/api/v1/site/export?nmae=x"),
    ):
        with pytest.raises(HTTPError) as refused:
            asked(opener, served + path)
        assert refused.value.code == 422
        assert "没有名为“nmae”的查询条件" in json_or_page(refused.value)
    assert not session.scalars(select(Change).where(Change.kind == "export")).all()


def json_or_page(answer: Any) -> str:
    content = answer.read().decode()
    return str(json.loads(content)["message"]) if content.startswith("{") else content
