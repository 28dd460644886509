"""Can many rows be given the same values from their list, and only by whom and where it may be?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import scope
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change, Operation
from app.models import Candidate, ExamSession
from app.roles import AUDITOR
from tests import factories, procedure
from tests.security.people import signed_in
from tests.views.pages import text


@pytest.fixture
def people(session: AnySession) -> list[Candidate]:
    batch = factories.batch(session, factories.body(session, "DEMO"), "DEMO-2021-0001")
    return factories.candidates(session, batch, 4)


def staged(browser: FlaskClient, keys: list[int], **data: Any) -> str:
    """The address of the confirmation page, reached as from the list."""
    chosen = browser.post("/candidate/bulk?size=20", data={"rowid": keys})
    assert chosen.status_code == 303
    answer = browser.post(chosen.location.replace("/bulk?", "/bulk/preview?"), data=data)
    assert answer.status_code == 303, text(answer.text)
    return str(answer.location)


def confirmed(browser: FlaskClient, page: str) -> Any:
    return browser.post(page.replace("/preview?", "/confirm?"))


def posts(session: AnySession, keys: list[int]) -> list[str]:
    with scope.acting(session, SYSTEM):
        session.expire_all()
        found = select(Candidate.post).where(Candidate.id.in_(keys)).order_by(Candidate.id)
        return list(session.scalars(found))


def test_values_are_chosen_looked_over_confirmed_and_taken_back(
    session: AnySession, province: FlaskClient, people: list[Candidate]
) -> None:
    keys = [one.id for one in people]
    assert "批量修改" in province.get("/candidate/list/").text
    page = staged(province, keys[:3], change=["post", "years"], post="焊工", years="9")
    shown = text(province.get(page).text)
    assert "3 条将修改" in shown
    assert "现从事岗位 操作工 焊工 3 条" in shown
    assert posts(session, keys) == ["操作工"] * 4
    done = confirmed(province, page)
    assert "已修改 3 条" in text(done.text)
    assert posts(session, keys) == ["焊工"] * 3 + ["操作工"]
    assert "size=20" in done.text  # the way back leads to the same list
    undo = re.search(r'formaction="(/operation/undo/[^"]+)"', done.text)
    assert undo is not None
    back = province.post(undo[1], follow_redirects=True)
    assert "撤销" in text(back.text)
    assert posts(session, keys) == ["操作工"] * 4
    again = confirmed(province, page)
    assert again.status_code == 404


def test_what_is_not_ticked_is_left_alone_and_what_is_ticked_is_filled_in(
    session: AnySession, province: FlaskClient, people: list[Candidate]
) -> None:
    keys = [one.id for one in people]
    chosen = province.post("/candidate/bulk", data={"rowid": keys}).location
    stage = chosen.replace("/bulk?", "/bulk/preview?")
    for data, words in (
        ({"post": "焊工"}, "请勾选至少一个"),
        ({"change": "post"}, "请填写新值"),
        ({"change": "level", "level": "99999"}, "没有这条记录"),
        ({"change": "years", "years": "许多"}, "请填写数字"),
    ):
        answer = province.post(stage, data=data)
        assert answer.status_code == 200
        assert words in text(answer.text), data
    page = staged(province, keys, change="post", empty="post", post="焊工", employer="别处")
    assert "现从事岗位 操作工 （空） 4 条" in text(province.get(page).text)
    confirmed(province, page)
    assert posts(session, keys) == [""] * 4
    assert people[0].employer == "冀东机械有限公司"


def test_codes_days_examiners_and_yes_or_no_are_given_as_on_a_form(
    session: AnySession, province: FlaskClient
) -> None:
    with scope.acting(session, SYSTEM):
        batch = procedure.ready_batch(session, number=1)
        row = session.scalars(select(ExamSession)).one()
        card = factories.assessor(session)
        key, name, batch_id, before = row.id, card.name, batch.id, row.exam_date.isoformat()
    chosen = province.post("/exam_session/bulk", data={"rowid": key}).location
    assert 'data-remote="/exam_session/pick' in province.get(chosen).text
    data = {"change": ["exam_date", "assessors"], "exam_date": "2021-05-08", "assessors": card.id}
    page = province.post(chosen.replace("/bulk?", "/bulk/preview?"), data=data).location
    shown = text(province.get(page).text)
    assert f"认定日期 {before} 2021-05-08 1 条" in shown
    assert name in shown
    chosen = province.post("/batch/bulk", data={"rowid": batch_id}).location
    data = {"change": "promise_public", "promise_public": "0"}
    page = province.post(chosen.replace("/bulk?", "/bulk/preview?"), data=data).location
    assert "待遇承诺已公开 是 否 1 条" in text(province.get(page).text)


def test_refused_rows_are_named_with_their_reasons(
    session: AnySession, province: FlaskClient, people: list[Candidate]
) -> None:
    with scope.acting(session, SYSTEM):
        shut = procedure.take(session, procedure.ready_batch(session, number=2), "submitted")
        closed = list(session.scalars(select(Candidate).where(Candidate.batch_id == shut.id)))
        keys = [one.id for one in [*people, *closed]]
        number, name = shut.no, closed[0].name
    page = staged(province, keys, change="post", post="焊工")
    shown = text(province.get(page).text)
    assert "2 条不能修改" in shown
    assert number in shown
    assert name in shown
    with scope.acting(session, SYSTEM):
        people[0].post = "铣工"
        record.edit(session, SYSTEM, people[0])
    done = text(confirmed(province, page).text)
    assert "3 条已修改" in done
    assert "系统于" in done
    assert posts(session, keys[:4]) == ["铣工", "焊工", "焊工", "焊工"]


def test_who_does_not_edit_gives_nothing(
    app: Flask, session: AnySession, people: list[Candidate]
) -> None:
    auditor = signed_in(app, AUDITOR)
    assert "批量修改" not in auditor.get("/candidate/list/").text
    for path in ("bulk", "bulk/preview", "bulk/confirm"):
        assert auditor.post(f"/candidate/{path}", data={"rowid": people[0].id}).status_code == 403
    assert auditor.get("/certificate/bulk").status_code == 404


def test_rows_and_operations_of_others_are_not_there(
    session: AnySession, province: FlaskClient, clerk: FlaskClient, people: list[Candidate]
) -> None:
    keys = [one.id for one in people]
    page = staged(clerk, keys, change="post", post="焊工")
    assert "4 条不能修改" in text(clerk.get(page).text)
    assert "没有修改任何记录" in text(confirmed(clerk, page).text)
    theirs = staged(province, keys, change="post", post="焊工")
    assert clerk.get(theirs).status_code == 404
    confirmed(province, theirs)
    name = session.scalars(select(Operation.name)).one()
    assert clerk.get(f"/operation/show/{name}").status_code == 404
    answer = clerk.post(f"/operation/undo/{name}", follow_redirects=True)
    assert answer.status_code == 404
    assert posts(session, keys) == ["焊工"] * 4


def test_an_operation_is_shown_row_by_row_and_says_what_stands_in_the_way(
    session: AnySession, province: FlaskClient, people: list[Candidate]
) -> None:
    keys = [one.id for one in people]
    confirmed(province, staged(province, keys, change="post", post="焊工"))
    name = session.scalars(select(Operation.name)).one()
    shown = text(province.get(f"/operation/show/{name}").text)
    assert "批量修改 4 条" in shown
    assert "现从事岗位： 操作工 → 焊工" in shown
    line = province.get(f"/candidate/show/{keys[0]}?tab=timeline").text
    assert f"/operation/show/{name}" in line
    with scope.acting(session, SYSTEM):
        people[0].post = "铣工"
        record.edit(session, SYSTEM, people[0])
    shown = text(province.get(f"/operation/show/{name}").text)
    assert "1 条记录后来又改过，不能整批撤销" in shown
    assert "“焊工”改为“铣工”" in shown
    answer = text(province.post(f"/operation/undo/{name}", follow_redirects=True).text)
    assert "没有撤销，一条也没有改动" in answer
    assert province.get("/operation/show/bulk:none").status_code == 404


def test_a_deleted_record_is_found_and_brought_back(
    app: Flask, session: AnySession, province: FlaskClient, people: list[Candidate]
) -> None:
    key, name = people[0].id, people[0].name
    assert province.post(f"/candidate/delete/{key}").status_code == 302
    found = province.get("/change/list/?kind=gone&entity=Candidate").text
    assert name in found
    change = session.scalars(
        select(Change.id).where(Change.kind == "delete", Change.entity == "Candidate")
    ).one()
    page = province.get(f"/change/show/{change}").text
    assert "删除前的内容" in text(page)
    assert "现从事岗位 操作工" in text(page)
    assert signed_in(app, AUDITOR).post(f"/change/restore/{change}").status_code == 403
    back = province.post(f"/change/restore/{change}", follow_redirects=True)
    assert f"已恢复参评人员“{name}”" in text(back.text)
    assert f"/candidate/show/{key}" in back.request.path
    assert name not in province.get("/change/list/?kind=gone&entity=Candidate").text
    assert "已经恢复" in text(
        province.post(f"/change/restore/{change}", follow_redirects=True).text
    )
