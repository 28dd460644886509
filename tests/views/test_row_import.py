"""Do rows of any table go through the screens: from the list, to the preview, and back again?"""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.roles import SYSTEM
from app.models import Body, Enterprise, Site
from app.roles import AUDITOR, BODY_CLERK, PROVINCE_ADMIN
from tests import factories
from tests.security.people import signed_in
from tests.services.importing.test_rows import enterprises, line

DB = scoped_session[Session]


@pytest.fixture
def body(session: DB) -> Body:
    return factories.body(session)


@pytest.fixture
def clerk(app: Flask, body: Body) -> FlaskClient:
    """The body's clerk, signed in."""
    return signed_in(app, BODY_CLERK, "rows-clerk", body_id=body.id)


def send(client: FlaskClient, url: str, data: bytes, name: str = "数据.xlsx") -> Any:
    return client.post(url, data={"file": (io.BytesIO(data), name)})


def kept(session: DB, model: Any) -> list[Any]:
    with scope.acting(session, SYSTEM):
        return list(session.scalars(select(model)))


def test_a_file_goes_in_from_the_list_and_is_taken_back(
    session: DB, clerk: FlaskClient, body: Body
) -> None:
    assert "/enterprise/import" in clerk.get("/enterprise/list/").text
    answer = send(clerk, "/enterprise/import", enterprises(line(1), line(2, 属地中心="没有")))
    preview = answer.headers["Location"]
    page = clerk.get(preview).text
    assert "没有这样的鉴定中心" in page
    done = clerk.post(f"{preview}/accept", follow_redirects=True).text
    assert "已导入 1 条" in done
    assert "撤回本次导入" in done
    assert len(load_workbook(io.BytesIO(clerk.get(f"{preview}/refused").data)).worksheets) == 1
    assert len(kept(session, Enterprise)) == 1
    assert "数据.xlsx" in clerk.get("/enterprise/import").text
    withdrawn = clerk.post(f"{preview}/withdraw", follow_redirects=True).text
    assert "已撤回" in withdrawn
    assert kept(session, Enterprise) == []
    again = clerk.post(f"{preview}/withdraw", follow_redirects=True).text
    assert "没有可以撤回的内容" in again


def test_a_list_narrowed_to_a_body_brings_in_its_rows(
    session: DB, clerk: FlaskClient, body: Body
) -> None:
    url = f"/site/import?body={body.id}"
    assert f"/site/import?body={body.id}" in clerk.get(f"/site/list/?body={body.id}").text
    blank = load_workbook(io.BytesIO(clerk.get(f"/site/import/template?body={body.id}").data))
    heads = [str(cell.value) for cell in blank.worksheets[0][1]]
    assert heads[:2] == ["*考点名称", "*所在地区"]
    page = blank.worksheets[0]
    page.cell(2, 1, "一号考点")
    page.cell(2, 2, "130200")
    out = io.BytesIO()
    blank.save(out)
    preview = send(clerk, url, out.getvalue()).headers["Location"]
    clerk.post(f"{preview}/accept")
    assert [one.body_id for one in kept(session, Site)] == [body.id]


def test_a_body_out_of_scope_cannot_be_named(session: DB, clerk: FlaskClient) -> None:
    other = factories.body(session, "FREMD", at=factories.BAODING, city=factories.BAODING)
    assert clerk.get(f"/site/import?body={other.id}").status_code == 404
    assert clerk.get(f"/site/import/template?body={other.id}").status_code == 404


def test_an_unreadable_file_is_said_on_the_page(clerk: FlaskClient) -> None:
    answer = send(clerk, "/enterprise/import", b"nothing", "a.xlsx")
    assert answer.status_code == 422
    assert clerk.post("/enterprise/import").status_code == 422


def test_who_does_not_write_the_table_has_no_import(app: Flask, body: Body) -> None:
    auditor = signed_in(app, AUDITOR, "rows-auditor")
    assert "/enterprise/import" not in auditor.get("/enterprise/list/").text
    assert auditor.get("/enterprise/import").status_code in (302, 403)
    clerk = signed_in(app, BODY_CLERK, "rows-clerk2", body_id=body.id)
    assert clerk.get("/region/import").status_code in (302, 403)
    admin = signed_in(app, PROVINCE_ADMIN, "rows-admin")
    assert admin.get("/region/import").status_code == 200
    assert admin.get("/certificate/import").status_code == 404


def test_the_upload_of_another_body_is_not_there(
    app: Flask, session: DB, clerk: FlaskClient
) -> None:
    preview = send(clerk, "/enterprise/import", enterprises(line(1))).headers["Location"]
    other = factories.body(session, "FREMD")
    stranger = signed_in(app, BODY_CLERK, "rows-stranger", body_id=other.id)
    for way in ("", "/done", "/refused"):
        assert stranger.get(preview + way).status_code == 404
    for way in ("accept", "discard", "withdraw", "headings"):
        assert stranger.post(f"{preview}/{way}").status_code == 404
