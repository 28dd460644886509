"""Who comes in, who is kept out, and how does one leave?"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from app.core import clock
from app.core.accounts import accounts
from app.core.accounts import sign_in as sign_in_service
from app.core.accounts.sign_in import FAILURES, REFUSAL
from app.core.database import db
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.security.entrance import local_path
from app.core.tables import Change
from app.models import AppUser
from app.roles import AUDITOR, SYSTEM_ADMIN
from tests.database import settings_for
from tests.security.people import PASSWORD, sign_in, signed_in, someone


def inside(client: FlaskClient) -> bool:
    return client.get("/profile/").status_code == 200


def test_the_login_page_is_chinese_and_bare(client: FlaskClient) -> None:
    page = client.get("/login/").text
    assert '<html lang="zh-CN">' in page
    assert "用户名" in page
    assert "Sign In" not in page
    assert "修改密码" not in page


def test_the_right_password_opens_the_door(client: FlaskClient, session: Session) -> None:
    someone(AUDITOR, "wang")
    answer = sign_in(client, "WANG")
    assert answer.status_code == 302
    assert answer.location == "/"
    assert inside(client)


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(
    client: FlaskClient, session: Session
) -> None:
    someone(AUDITOR, "wang")
    for name in ("wang", "nobody", "wa\x00ng"):
        page = sign_in(client, name, "Wrong-horse-9").text
        assert REFUSAL in page
    assert not inside(client)


def test_missing_words_are_asked_for_in_chinese(client: FlaskClient) -> None:
    page = sign_in(client, "", "").text
    assert "请输入用户名" in page
    assert "请输入密码" in page


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(
    client: FlaskClient, session: Session
) -> None:
    user = someone(AUDITOR, "wang")
    for _ in range(FAILURES):
        sign_in(client, "wang", "Wrong-horse-9")
    assert REFUSAL in sign_in(client, "wang").text
    session.refresh(user)
    assert user.locked_until is not None
    assert timedelta(minutes=14) < user.locked_until - clock.now() <= timedelta(minutes=15)
    user.locked_until = clock.now() - timedelta(seconds=1)
    session.commit()
    assert sign_in(client, "wang").status_code == 302
    session.refresh(user)
    assert (user.fail_login_count, user.locked_until) == (0, None)


def test_after_a_lock_the_count_begins_again(client: FlaskClient, session: Session) -> None:
    user = someone(AUDITOR, "wang")
    user.fail_login_count, user.locked_until = FAILURES, clock.now() - timedelta(seconds=1)
    session.commit()
    sign_in(client, "wang", "Wrong-horse-9")
    session.refresh(user)
    assert (user.fail_login_count, user.locked_until) == (1, None)


def test_a_right_password_forgets_earlier_failures(client: FlaskClient, session: Session) -> None:
    user = someone(AUDITOR, "wang")
    for _ in range(FAILURES - 1):
        sign_in(client, "wang", "Wrong-horse-9")
    sign_in(client, "wang")
    session.refresh(user)
    assert (user.fail_login_count, user.login_count) == (0, 1)


def test_a_closed_account_stays_out_and_is_put_out(app: Flask, session: Session) -> None:
    client = signed_in(app, AUDITOR, "wang")
    user = session.query(AppUser).filter_by(username="wang").one()
    accounts.set_active(session, SYSTEM, user.id, active=False)
    assert not inside(client)
    assert REFUSAL in sign_in(client, "wang").text


def test_one_leaves_by_a_button_and_never_by_a_link(app: Flask, session: Session) -> None:
    client = signed_in(app, AUDITOR)
    assert client.get("/logout/").status_code == 405
    assert inside(client)
    assert client.post("/logout/").location == "/login/"
    assert not inside(client)


def test_a_new_password_ends_all_other_sessions_of_that_user(app: Flask, session: Session) -> None:
    here, there = signed_in(app, AUDITOR, "wang"), app.test_client()
    sign_in(there, "wang")
    changed = {"old": PASSWORD, "password": "Other-horse-10", "again": "Other-horse-10"}
    assert here.post("/profile/password", data=changed).location == "/profile/"
    assert inside(here)
    assert not inside(there)
    assert sign_in(there, "wang", "Other-horse-10").status_code == 302


def test_a_password_reset_by_the_administrator_ends_the_sessions(
    app: Flask, session: Session
) -> None:
    client = signed_in(app, AUDITOR, "wang")
    user = session.query(AppUser).filter_by(username="wang").one()
    accounts.set_password(session, SYSTEM, user.id, "Other-horse-10")
    assert not inside(client)


def test_signing_in_starts_a_fresh_session(client: FlaskClient, session: Session) -> None:
    someone(AUDITOR, "wang")
    with client.session_transaction() as kept:
        kept["planted"] = "by somebody else"
    sign_in(client, "wang")
    with client.session_transaction() as kept:
        assert "planted" not in kept
        assert kept.permanent


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(
    client: FlaskClient, session: Session
) -> None:
    someone(AUDITOR, "wang")
    cookie = sign_in(client, "wang").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/batch/list/?state=draft", "/batch/list/?state=draft"),
        ("http://localhost/role/", "/role/"),
        ("http://elsewhere.example/role/", "/"),
        ("//elsewhere.example/role/", "/"),
        ("/\\elsewhere.example", "/"),
        ("/\t/elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("data:text/html,x", "/"),
        ("/logout/", "/"),
        ("", "/"),
    ],
)
def test_after_login_one_is_led_to_places_of_this_site_alone(
    client: FlaskClient, session: Session, wanted: str, led_to: str
) -> None:
    someone(AUDITOR, "wang")
    data = {"username": "wang", "password": PASSWORD}
    answer = client.post("/login/", query_string={"next": wanted}, data=data)
    assert answer.location == led_to


def test_a_forged_host_leads_nobody_away(client: FlaskClient, session: Session) -> None:
    someone(AUDITOR, "wang")
    answer = client.post(
        "/login/?next=http://elsewhere.example/role/",
        data={"username": "wang", "password": PASSWORD},
        headers={"Host": "elsewhere.example"},
    )
    assert answer.location == "/role/"


@pytest.mark.parametrize("address", ["///elsewhere.example/x", "http:///elsewhere.example"])
def test_an_odd_address_becomes_a_path_of_this_site(app: Flask, address: str) -> None:
    with app.test_request_context("/"):
        path = local_path(address)
    assert not path or (path.startswith("/") and not path.startswith("//"))


def test_one_returns_to_the_page_that_was_asked_for(client: FlaskClient) -> None:
    answer = client.get("/batch/list/", query_string={"q": "张 三", "state": "draft"})
    assert answer.location.startswith("/login/?next=/batch/list/?q%3D")
    assert "请先登录" in client.get(answer.location).text


def test_a_question_by_script_is_told_that_the_login_is_over(client: FlaskClient) -> None:
    answer = client.get("/batch/pick/body", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert "重新登录" in answer.get_json()["message"]


def test_a_form_without_its_token_is_refused(
    app: Flask, client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone(AUDITOR, "wang")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = sign_in(client, "wang")
    assert answer.status_code == 400
    assert "页面已过期" in answer.text
    assert not inside(client)


def test_too_many_attempts_in_a_minute_are_put_off(
    app: Flask, session: Session, database_url: str, tmp_path: Path
) -> None:
    strict = {"AUTH_RATE_LIMITED": True, "RATELIMIT_ENABLED": True, "AUTH_RATE_LIMIT": "2/minute"}
    other = create_app(settings_for(database_url, tmp_path) | strict)
    answers = [sign_in(other.test_client(), "nobody") for _ in range(3)]
    with other.app_context():
        # Nobody may hold the file when the next test puts it back.
        db.session.remove()
        db.engine.dispose()
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    page = answers[-1].text
    assert "操作太频繁" in page
    assert "Too Many" not in page


def test_a_session_made_without_the_door_is_not_believed(app: Flask, session: Session) -> None:
    user = someone(SYSTEM_ADMIN)
    client = app.test_client()
    with client.session_transaction() as forged:
        forged["_user_id"] = str(user.id)
    assert not inside(client)


def test_a_late_line_is_written_once_however_many_come_in_at_a_time(
    app: Flask, session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = (someone(SYSTEM_ADMIN, "late").id, "赵一", datetime(2021, 4, 12, 9, 30))
    sign_in_service._unwritten.append(late)
    for name in ("first", "second"):
        someone(SYSTEM_ADMIN, name)
    real, entered = sign_in_service._put, []

    def put(*given: Any, **named: Any) -> None:
        if not entered:
            entered.append(True)
            # The second comes in while the first one writes.
            assert sign_in_service._take_unwritten() == []
        real(*given, **named)

    monkeypatch.setattr(sign_in_service, "_put", put)
    assert sign_in(app.test_client(), "first").status_code == 302
    assert sign_in(app.test_client(), "second").status_code == 302
    lines = select(Change).where(Change.record_id == late[0], Change.kind == "login")
    assert len(session.scalars(lines).all()) == 1
    assert not sign_in_service._unwritten
