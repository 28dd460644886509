"""Can the day be chosen in a practice database, and in no other?"""

from __future__ import annotations

from datetime import date
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, practice
from app.core.errors import AppError
from app.core.jobs import work
from app.core.scope import AnySession
from app.roles import PROVINCE_ADMIN
from tests.security.people import signed_in

DAY = date(2021, 4, 12)


@pytest.fixture
def marked(app: Flask, session: AnySession, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database for practice, and a process that has noticed."""
    practice.mark(session)
    monkeypatch.setitem(app.extensions, "practice", True)


def test_a_database_in_real_use_keeps_the_real_day(session: AnySession) -> None:
    with pytest.raises(AppError, match=r"不是练习用的数据库.*seed --demo"):
        practice.choose_day(session, DAY)
    assert not practice.is_practice(session)
    assert practice.day(session) is None


@pytest.mark.usefixtures("marked")
def test_the_chosen_day_is_everybodys_until_the_real_one_is_chosen(session: AnySession) -> None:
    practice.choose_day(session, DAY)
    with practice.days_of(session):
        assert clock.today() == DAY
        assert clock.real().date() != DAY
    practice.choose_day(session, None)
    with practice.days_of(session):
        assert not clock.is_set()


@pytest.mark.usefixtures("marked")
def test_a_day_that_was_set_for_a_command_stands(session: AnySession) -> None:
    practice.choose_day(session, DAY)
    with clock.set_to(date(2022, 1, 1)), practice.days_of(session):
        assert clock.today().year == 2022


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("slip", [date(1999, 12, 31), date(2100, 1, 1)])
def test_a_slip_of_the_keyboard_changes_nothing(session: AnySession, slip: date) -> None:
    with pytest.raises(AppError, match="2000-01-01 至 2099-12-31"):
        practice.choose_day(session, slip)
    assert practice.day(session) is None


def test_pages_of_a_real_database_say_and_change_nothing(app: Flask, session: AnySession) -> None:
    client = signed_in(app, PROVINCE_ADMIN)
    assert "练习环境" not in client.get("/").get_data(as_text=True)
    answer = client.post("/practice/day", data={"day": "2021-04-12"}, follow_redirects=True)
    assert "不是练习用的数据库" in answer.get_data(as_text=True)
    assert practice.day(session) is None


@pytest.mark.usefixtures("marked")
def test_every_page_of_a_practice_database_says_so(app: Flask, client: FlaskClient) -> None:
    assert "练习环境" in client.get("/login/").get_data(as_text=True)
    client = signed_in(app, PROVINCE_ADMIN)
    home = client.get("/").get_data(as_text=True)
    assert "练习环境" in home
    assert f"现在按真实日期 <b>{clock.real().date()}</b>" in home


@pytest.mark.usefixtures("marked")
def test_anybody_chooses_the_day_on_the_page_where_they_are(
    app: Flask, session: AnySession
) -> None:
    client = signed_in(app, PROVINCE_ADMIN)
    sent = {"day": "2021-4-12", "next": "/batch/list/?q=1"}
    answer = client.post("/practice/day", data=sent)
    assert (answer.status_code, answer.location) == (303, "/batch/list/?q=1")
    page = client.get("/").get_data(as_text=True)
    assert "现在按 <b>2021-04-12</b> 办理" in page
    assert f"真实日期是 {clock.real().date()}" in page
    assert not clock.is_set(), "the day of a request stays in it"
    client.post("/practice/day", data={"later": "1", "day": ""})
    assert "现在按 <b>2021-04-13</b> 办理" in client.get("/").get_data(as_text=True)
    client.post("/practice/day", data={"real": "1", "day": "2021-04-12"})
    assert "现在按真实日期" in client.get("/").get_data(as_text=True)


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("written", ["", "明天", "2021-02-30", "1821-04-12"])
def test_a_day_that_is_none_is_refused_in_words(
    app: Flask, session: AnySession, written: str
) -> None:
    client = signed_in(app, PROVINCE_ADMIN)
    answer = client.post("/practice/day", data={"day": written}, follow_redirects=True)
    assert answer.status_code == 200
    assert "练习日期" in answer.get_data(as_text=True)
    assert practice.day(session) is None


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("elsewhere", ["http://elsewhere.example/", "//elsewhere.example", "x\ny"])
def test_the_way_back_stays_on_this_site(app: Flask, elsewhere: str) -> None:
    client = signed_in(app, PROVINCE_ADMIN)
    answer = client.post("/practice/day", data={"real": "1", "next": elsewhere})
    assert answer.status_code == 303
    assert "elsewhere" not in answer.location


@pytest.mark.usefixtures("marked")
def test_a_job_is_done_on_the_practice_day(
    session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.choose_day(session, DAY)
    seen: list[date] = []
    monkeypatch.setattr(work, "_make_and_keep", lambda *_args: seen.append(clock.today()))
    work.do(work.Hold(1, "x", 1), Any)
    assert seen == [DAY]


@pytest.mark.usefixtures("marked")
def test_two_requests_of_one_thread_do_not_share_a_day(app: Flask, session: AnySession) -> None:
    practice.choose_day(session, DAY)
    session.commit()
    left: list[bool] = []

    def requests() -> None:
        app.test_client().get("/login/")
        left.append(clock.is_set())

    thread = Thread(target=requests)
    thread.start()
    thread.join()
    assert left == [False]
