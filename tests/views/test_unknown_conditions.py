"""Is a condition that no field is called refused by its name, and never passed over?"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core.scope import AnySession
from app.core.tables import Change, Selection
from app.models import Batch
from app.roles import SYSTEM_ADMIN
from app.services.filing import feed
from tests.security.people import signed_in, someone
from tests.views.pages import text
from tests.views.world import World

#: A typing error, a range without its end, an end without a range, a field without a control, and
#: the two kinds of errors that a dot may have.
UNKNOWN = ("bacth=1", "exam_date=2021-04-24", "name_from=x", "no.such=1", "nosuch.is=1", "nosuch=")


def number_of(session: AnySession, table: Any) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_list_shows_no_row_and_names_it(ours: World, province: FlaskClient) -> None:
    for condition in UNKNOWN:
        page = province.get(f"/batch/list/?{condition}")
        assert page.status_code == 200
        shown = " ".join(text(page.text).split())
        assert "没有符合条件的认定批次" in shown, condition
        assert "无法识别的条件" in shown, condition
        assert condition.partition("=")[2] in shown
        # The address without it is offered.
        assert 'href="/batch/list/"' in page.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/batch/export?"),
        ("POST", "/batch/export?"),
        ("POST", "/batch/select?"),
        ("GET", "/candidate/pick/batch?"),
    ],
)
def test_what_would_act_on_all_rows_is_refused_and_names_it(
    session: AnySession, ours: World, province: FlaskClient, method: str, path: str
) -> None:
    trail = number_of(session, Change)
    for condition in UNKNOWN:
        answer = province.open(path + condition, method=method, data={"export_scope": "all"})
        assert answer.status_code == 422, condition
        assert f"没有名为“{condition.partition('=')[0]}”的查询条件" in text(answer.text)
    assert (number_of(session, Change), number_of(session, Selection)) == (trail, 0)


def test_all_of_them_are_named_at_once(ours: World, province: FlaskClient) -> None:
    page = text(province.get("/batch/export?bacth=1&nosuch=2&q=x").text)
    assert "bacth" in page
    assert "nosuch" in page


def test_what_a_list_and_its_dialog_ask_is_taken(ours: World, province: FlaskClient) -> None:
    asked = "q=AAA&sort=-no&page=1&size=50&columns=no&view=1&tab=x&exam_date_from=2021-01-01"
    more = "format=csv&export_columns=current&export_values=codes&export_scope=all"
    assert province.get(f"/batch/export?{asked}&{more}").status_code == 200
    assert province.post(f"/batch/select?{asked}&body.filled=1").status_code == 303
    assert province.get("/candidate/pick/work_type?q=x&page=1&occupation=1").status_code == 200


def test_the_grid_refuses_it(ours: World, clerk: FlaskClient) -> None:
    assert clerk.get("/candidate/grid?bacth=1").status_code == 422
    assert clerk.get(f"/candidate/grid?batch={ours.row(Batch).id}").status_code == 200


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/change/list/", "kind=export&at_from=2021-01-01&page=1"),
        ("/account/list/", "q=x&role=auditor&centre=1&active=1&page=1"),
        ("/account/places/body", "q=x&page=1"),
        ("/results/", "year=2021&occupation=x"),
    ],
)
def test_lists_of_their_own_kind_refuse_it_too(
    app: Flask, session: AnySession, path: str, known: str
) -> None:
    browser = signed_in(app, SYSTEM_ADMIN)
    assert browser.get(f"{path}?{known}").status_code == 200
    answer = browser.get(f"{path}?{known}&nosuch=1")
    assert answer.status_code == 422
    assert "没有名为“nosuch”的查询条件" in text(answer.text)


def test_a_paper_is_not_made_for_all_where_the_candidate_was_mistyped(
    ours: World, province: FlaskClient
) -> None:
    answer = province.get(f"/batch/form/{ours.row(Batch).id}/application?candidat=1&format=docx")
    assert answer.status_code == 422
    assert "没有名为“candidat”的查询条件" in text(answer.text)


def test_a_calendar_takes_no_condition_at_all(
    app: Flask, session: AnySession, client: FlaskClient
) -> None:
    word = feed.renew(session, someone(SYSTEM_ADMIN).id)
    assert client.get(f"/calendar/{word}.ics").status_code == 200
    answer = client.get(f"/calendar/{word}.ics?body=1")
    assert answer.status_code == 422
    assert "没有名为“body”的查询条件" in text(answer.text)
