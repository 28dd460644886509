"""On the shipped server: what do people meet while somebody else holds the database?"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import HTTPError

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.security import generate_password_hash

from app.core import importing, scope
from app.core.accounts import acting
from app.core.bulk import bulk
from app.core.roles import SYSTEM
from app.core.tables import Change
from app.models import AppUser, Candidate, Site
from app.roles import BODY_CLERK, PROVINCE_ADMIN
from tests import factories
from tests.holding import held_by_others
from tests.house.tree import ROOT
from tests.served import environment, serving
from tests.services.importing.conftest import roster
from tests.test_undo_served import PASSWORD, Browser

DB = scoped_session[Session]
#: So long writers of the server under test wait.
PATIENCE = 1
PROVINCE = "130000"
#: What answers without waiting for anybody does so in less, on a machine with other work too.
AT_ONCE = 10
#: 批量修改: the post, as its form is kept.
BULK = {"post": ["焊工"], "change": ["post"], "empty": []}


@pytest.fixture
def impatient(app: object, database_url: str) -> Iterator[str]:
    with serving(database_url, BUSY_SECONDS=str(PATIENCE)) as found:
        yield found.base


@pytest.fixture
def db(session: DB) -> DB:
    scope.bind(session, SYSTEM)
    return session


def person(db: DB, role: str = BODY_CLERK, **place: object) -> AppUser:
    made = factories.user(db, role, **place)  # type: ignore[arg-type]
    made.password = generate_password_hash(PASSWORD)
    db.commit()
    return made


def logins(db: DB, who: AppUser) -> list[Change]:
    db.expire_all()
    asked = select(Change).where(Change.kind == "login", Change.record_id == who.id)
    return list(db.scalars(asked.order_by(Change.id)))


def test_log_in_works_while_others_hold_the_database_and_its_line_follows(
    db: DB, impatient: str, database_url: str
) -> None:
    clerk = person(db, body=factories.body(db))
    db.commit()
    with held_by_others(database_url):
        browser = Browser(impatient)
        browser.enter(clerk.username)
        began = time.monotonic()
        assert "认定批次" in browser.ask("/batch/list/")
        assert time.monotonic() - began < AT_ONCE
        with pytest.raises(HTTPError) as refused:
            Browser(impatient).enter_as(clerk.username, "falsch")
        assert refused.value.code == 503  # a guess is counted or not answered
        assert logins(db, clerk) == []
        db.commit()
    Browser(impatient).enter(clerk.username)
    first, late = logins(db, clerk)
    assert (first.fields, list(late.fields)) == ({}, ["登录时间"])
    assert (clerk.login_count, clerk.fail_login_count) == (2, 0)


def test_whoever_saves_meanwhile_is_told_and_loses_nothing(
    db: DB, impatient: str, database_url: str
) -> None:
    admin = person(db, PROVINCE_ADMIN, at=factories.centre(db, PROVINCE))
    body = factories.body(db)
    db.commit()
    browser = Browser(impatient)
    browser.enter(admin.username)
    token = browser.token(browser.ask("/site/add"))
    filled = {
        "body": str(body.id), "region": str(body.region_id), "capacity": "60",
        "name": "第一考点", "address": "新华道 1 号“东门”",
    }  # fmt: skip
    with held_by_others(database_url):
        with pytest.raises(HTTPError) as refused:
            browser.ask("/site/add", csrf_token=token, **filled)
        page = refused.value.read().decode()
    assert refused.value.code == 503
    assert refused.value.headers["Retry-After"]
    assert "数据库正忙，请稍后再试；您填写的内容没有丢失" in page
    assert 'value="第一考点"' in page
    assert "重新提交" in page
    again = browser.fields(page)
    assert again["address"] == filled["address"]
    browser.ask("/site/add", **again)
    assert db.scalar(select(func.count()).select_from(Site).where(Site.name == "第一考点")) == 1


def test_looking_at_what_an_act_would_do_waits_for_nobody(
    db: DB, impatient: str, database_url: str
) -> None:
    body = factories.body(db)
    clerk = person(db, body=body)
    people = factories.candidates(db, factories.batch(db, body), 3)
    actor = acting.actor_of(clerk)
    with scope.acting(db, actor):
        edit = bulk.stage(db, actor, Candidate, [one.id for one in people], BULK)
        run = importing.stage(
            db, actor, people[0].batch, "roster", roster(("邱磊", "男", "x")), "名册.xlsx"
        )
    people[0].employer = "后来改的"  # what was kept of the upload stands no more
    db.commit()
    number = run.id
    browser = Browser(impatient)
    browser.enter(clerk.username)
    db.commit()
    with held_by_others(database_url):
        began = time.monotonic()
        assert "焊工" in browser.ask(f"/candidate/bulk/preview?staged={edit}")
        assert "邱磊" in browser.ask(f"/import/{number}")
        assert "邱磊" in browser.ask(f"/import/{number}?page=1")
        assert time.monotonic() - began < AT_ONCE


def test_a_command_says_that_the_database_is_busy(db: DB, database_url: str) -> None:
    body = factories.body(db)
    person(db, body=body)
    code = body.code
    asked = ("batch-new", "--body", code, "--name", "一批", "--exam-date", "2021-04-24")
    with held_by_others(database_url):
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "run", *asked],
            env=environment(database_url, BUSY_SECONDS=str(PATIENCE)),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert "数据库正忙" in done.stderr
    assert "make setup" not in done.stderr
    assert "Traceback" not in done.stderr
