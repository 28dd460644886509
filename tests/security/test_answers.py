"""Is every refusal answered with the right number, in Chinese, and without giving anything away?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, abort

from app.core.errors import (
    AppError,
    BadConfig,
    BadSheet,
    DiskFull,
    DiskRefused,
    DiskTrouble,
    NotFound,
    NotPermitted,
    Problem,
    RulesBroken,
    Stale,
    WrongState,
)
from app.core.security.answers import REFUSALS, STATUSES, TROUBLES
from app.roles import AUDITOR
from tests.security.people import signed_in

SAID = "这是给经办人看的话"
ENGLISH = re.compile(r">[^<>]*\b(?:Error|Not Found|Forbidden|Bad Request|Method)\b[^<>]*<")


def answer(app: Flask, error: Exception, accept: str = "text/html") -> tuple[int, str]:
    with app.test_request_context("/", headers={"Accept": accept}):
        response = app.make_response(app.handle_user_exception(error))
        return response.status_code, response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("error", "number"),
    [
        (NotFound(SAID), 404),
        (NotPermitted(SAID), 403),
        (WrongState(SAID), 409),
        (RulesBroken([Problem("x", SAID)]), 422),
        (BadSheet(SAID), 422),
        (Stale(SAID), 409),
    ],
)
def test_each_kind_of_refusal_has_its_number_and_keeps_its_words(
    app: Flask, error: AppError, number: int
) -> None:
    code, page = answer(app, error)
    assert code == number
    assert SAID in page
    assert REFUSALS[type(error)].title in page


def test_every_kind_of_refusal_stands_in_the_table() -> None:
    assert set(AppError.__subclasses__()) - {BadConfig} == set(REFUSALS)


@pytest.mark.parametrize(("trouble", "number"), [(DiskFull(SAID), 507), (DiskRefused(SAID), 503)])
def test_what_the_disk_refuses_is_reported_as_such(
    app: Flask, trouble: DiskTrouble, number: int
) -> None:
    code, page = answer(app, trouble)
    assert code == number
    assert "磁盘" in page
    assert SAID in page


def test_every_trouble_of_the_disk_stands_in_the_table() -> None:
    assert set(DiskTrouble.__subclasses__()) == set(TROUBLES)


def test_the_database_says_that_its_disk_is_full(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        with pytest.raises(DiskFull, match="磁盘"):
            session.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$"))
        return
    connection = session.connection()
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    try:
        with pytest.raises(DiskFull, match="磁盘"):
            session.execute(text("CREATE TABLE big AS SELECT zeroblob(9000000) AS one"))
    finally:
        session.rollback()
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1073741823")


def test_several_problems_are_all_listed(app: Flask) -> None:
    _, page = answer(app, RulesBroken([Problem("a", "甲不对"), Problem("b", "乙不对")]))
    assert "甲不对" in page
    assert "乙不对" in page


def test_a_script_gets_the_same_refusal_as_data(app: Flask) -> None:
    refusal = RulesBroken([Problem("a", "甲不对", field="name")])
    code, text = answer(app, refusal, "application/json")
    assert code == 422
    assert "甲不对" in text.encode().decode("unicode_escape") or "甲不对" in text


def test_a_row_saved_by_somebody_else_is_a_conflict(app: Flask) -> None:
    code, page = answer(app, StaleDataError("UPDATE statement on table 'batch' expected 1 row"))
    assert code == 409
    assert "batch" not in page


@pytest.mark.parametrize("code", sorted(set(STATUSES) - {500}))
def test_every_status_has_a_chinese_page(app: Flask, code: int) -> None:
    with app.test_request_context("/"), pytest.raises(HTTPException) as raised:
        abort(code)
    number, page = answer(app, raised.value)
    assert number == code
    assert STATUSES[code].title in page
    assert not ENGLISH.search(page)


def test_a_status_without_words_of_its_own_is_chinese_too(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(HTTPException) as raised:
        abort(418)
    number, page = answer(app, raised.value)
    assert number == 418
    assert "请求有误" in page
    assert "teapot" not in page


def test_an_accident_shows_a_number_and_none_of_the_data(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with app.test_request_context("/"):
        try:
            raise IntegrityError("INSERT INTO candidate", {"name": "张三"}, ValueError("UNIQUE"))
        except IntegrityError as error:
            response = app.handle_exception(error)
        page = response.get_data(as_text=True)
    assert response.status_code == 500
    assert "错误编号" in page
    assert not re.search("张三|INSERT|candidate|Traceback", page)


def test_a_refused_method_names_the_allowed_ones(app: Flask, session: Session) -> None:
    refused = signed_in(app, AUDITOR).get("/logout/")
    assert refused.status_code == 405
    assert "POST" in refused.headers["Allow"]


def test_a_refusal_inside_keeps_the_frame_of_the_page(app: Flask, session: Session) -> None:
    page = signed_in(app, AUDITOR).get("/no-such-page")
    assert page.status_code == 404
    assert "退出" in page.text


@pytest.mark.parametrize("path", ["/batch/list/", "/", "/change/list/", "/login/"])
def test_an_address_that_is_no_text_is_a_bad_request(
    app: Flask, session: Session, path: str
) -> None:
    raw = {"QUERY_STRING": "q=\xff"}
    response = signed_in(app, AUDITOR).get(path, environ_overrides=raw)
    assert response.status_code == 400
    assert STATUSES[400].title in response.text
    assert app.test_client().get(path, environ_overrides=raw).status_code in (302, 400)
