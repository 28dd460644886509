"""Do exactly the rows and columns that were chosen leave, as words or as codes?"""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change
from app.models import Candidate
from app.roles import BODY_CLERK
from tests import factories
from tests.security.people import signed_in
from tests.views.pages import text


@pytest.fixture
def people(session: AnySession) -> list[Candidate]:
    batch = factories.batch(session, factories.body(session, "DEMO"), "DEMO-2021-0001")
    return factories.candidates(session, batch, 4)


def lines(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def export(browser: FlaskClient, query: str = "", **data: Any) -> Any:
    return browser.post(f"/candidate/export{query}", data={"export_format": "csv", **data})


def test_the_ticked_rows_leave_and_the_trail_says_so(
    session: AnySession, province: FlaskClient, people: list[Candidate]
) -> None:
    chosen = [str(people[2].id), str(people[0].id)]
    rows = lines(export(province, rowid=chosen, export_columns="current"))
    assert [row[0] for row in rows[1:]] == [people[2].name, people[0].name]
    noted = session.scalars(select(Change).where(Change.kind == "export")).one()
    assert (noted.fields["行数"], noted.fields["范围"]) == ([None, 2], [None, "所选记录"])


def test_all_that_match_leave_when_asked_for_though_some_are_ticked(
    province: FlaskClient, people: list[Candidate]
) -> None:
    rows = lines(export(province, "?q=", rowid=str(people[0].id), export_scope="all"))
    assert len(rows) == 5


def test_the_columns_are_those_of_the_list_all_or_picked(
    province: FlaskClient, people: list[Candidate]
) -> None:
    shown = "?columns=id_number,name"
    current = lines(export(province, shown, export_scope="all", export_columns="current"))
    assert current[0] == ["身份证号", "姓名"]
    picked = lines(
        export(province, export_scope="all", export_columns="pick",
               export_column=["gender", "name", "version", "nonsense"])
    )  # fmt: skip
    assert picked[0] == ["性别", "姓名"]


def test_values_leave_as_words_or_as_codes(province: FlaskClient, people: list[Candidate]) -> None:
    asked = {"export_scope": "all", "export_columns": "pick",
             "export_column": ["gender", "level", "batch"]}  # fmt: skip
    words = lines(export(province, **asked))[1]
    codes = lines(export(province, **asked, export_values="codes"))[1]
    assert words[0] in ("男", "女")
    assert codes[0] in ("1", "2")
    assert (words[1][:2], codes[1]) == ("四级", "4")
    assert words[2] == codes[2] == "DEMO-2021-0001"


def test_a_kept_choice_leaves_without_what_has_left_the_scope_and_says_how_many(
    app: Flask, session: AnySession, people: list[Candidate]
) -> None:
    with scope.acting(session, SYSTEM):
        of = people[0].batch.body_id
    clerk = signed_in(app, BODY_CLERK, body_id=of)
    number = clerk.post("/candidate/select").location.rpartition("=")[2]
    other = factories.batch(session, factories.body(session, "OTHER"))
    people[1].batch = other
    factories.keep(session, people[1])
    assert len(lines(export(clerk, selection=number))) == 4
    assert "所选 4 条中有 1 条已不在您的管辖范围内" in text(clerk.get("/candidate/list/").text)


def test_rows_of_others_never_leave_by_their_keys(
    app: Flask, session: AnySession, people: list[Candidate]
) -> None:
    other = factories.body(session, "OTHER")
    clerk = signed_in(app, BODY_CLERK, body_id=other.id)
    assert len(lines(export(clerk, rowid=[str(one.id) for one in people]))) == 1


def test_nothing_chosen_and_no_token_export_nothing(
    app: Flask, session: AnySession, province: FlaskClient, people: list[Candidate]
) -> None:
    assert export(province).status_code == 303
    assert "没有选中任何记录" in text(province.get("/candidate/list/").text)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert export(province, rowid=str(people[0].id)).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert not session.scalars(select(Change).where(Change.kind == "export")).all()
