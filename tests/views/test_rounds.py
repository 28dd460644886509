"""Does the page of a record take the answers to a return, and show them to the reviewer?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import ReturnPoint
from app.core.workflow import moves
from app.models import Batch
from app.roles import AUDITOR, BODY_CLERK, CITY_ADMIN
from tests import factories, procedure
from tests.procedure import DAYS
from tests.security.people import signed_in
from tests.views.pages import text


@pytest.fixture
def returned(session: AnySession) -> Batch:
    batch = procedure.take(session, procedure.ready_batch(session), "submitted")
    with scope.acting(session, SYSTEM), clock.set_to(DAYS["submitted"]):
        moves.act(session, SYSTEM, batch, "return", "缺消防证明\n第2名单位不符")
    return batch


@pytest.fixture
def clerk(app: Flask, returned: Batch) -> FlaskClient:
    return signed_in(app, BODY_CLERK, body_id=returned.body_id)


def page(browser: FlaskClient, batch: Batch, tab: str = "rounds") -> str:
    return str(browser.get(f"/batch/show/{batch.id}?tab={tab}").text)


def answer(browser: FlaskClient, batch: Batch, **texts: str) -> str:
    given = {name.replace("_", "-"): text for name, text in texts.items()}
    shown = browser.post(f"/batch/{batch.id}/answers", data=given, follow_redirects=True)
    return text(shown.text)


def submit(session: AnySession, batch: Batch, note: str = "") -> None:
    with scope.acting(session, SYSTEM), clock.set_to(DAYS["submitted"]):
        moves.act(session, SYSTEM, batch, "submit", note)


def test_the_sender_is_asked_for_an_answer_to_each_point(
    clerk: FlaskClient, returned: Batch
) -> None:
    shown = page(clerk, returned)
    assert "第 1 轮已退回：退回意见 2 条，已有整改说明 0 条；退回后改动 0 处" in text(shown)
    assert shown.count('<textarea id="answer-') == 2
    button = re.search(r'<button[^>]*data-move="submit"[^>]*>', shown)
    assert button is not None
    assert 'data-note="required"' in button[0]
    assert "第 1、2 条" in button[0]
    assert "退回后没有改动" in button[0]


def test_what_is_answered_stays_and_is_no_longer_asked(clerk: FlaskClient, returned: Batch) -> None:
    assert "整改说明已保存" in answer(clerk, returned, answer_1="已补证明", answer_9="多余")
    shown = page(clerk, returned)
    assert ">已补证明</textarea>" in shown
    assert "第 2 条的整改情况" in shown


def test_the_reviewer_sees_round_reason_answer_and_changes(
    app: Flask, session: AnySession, clerk: FlaskClient, returned: Batch
) -> None:
    answer(clerk, returned, answer_1="已补证明", answer_2="已改单位")
    with scope.acting(session, SYSTEM):
        returned.place = "路北区302机房"
        session.commit()
    submit(session, returned)
    reviewer = signed_in(app, CITY_ADMIN, centre_id=returned.city_centre_id)
    shown = page(reviewer, returned)
    words = text(shown)
    assert "第 2 轮报送：退回意见 2 条，已有整改说明 2 条；退回后改动 1 处" in words
    for said in ("报送备案 第 2 轮", "缺消防证明", "已补证明", "已改单位", "路北区302机房"):
        assert said in words
    assert f'href="/batch/show/{returned.id}"' in shown
    assert '<textarea id="answer-' not in shown


def test_nobody_answers_without_the_right_to_send_it_in(
    app: Flask, session: AnySession, returned: Batch
) -> None:
    watcher = signed_in(app, AUDITOR)
    assert '<textarea id="answer-' not in page(watcher, returned)
    watcher.post(f"/batch/{returned.id}/answers", data={"answer-1": "改好了"})
    other = signed_in(app, BODY_CLERK, "other", body_id=factories.body(session, "OTHER").id)
    refused = other.post(f"/batch/{returned.id}/answers", data={"answer-1": "改好了"})
    assert refused.status_code == 404
    assert [one.answer for one in session.query(ReturnPoint)] == ["", ""]


def test_a_batch_never_returned_has_no_such_tab(session: AnySession, province: FlaskClient) -> None:
    batch = procedure.ready_batch(session)
    assert "整改" not in text(page(province, batch, "detail"))


def test_many_sent_again_together_are_told_where_to_answer(
    session: AnySession, clerk: FlaskClient, returned: Batch
) -> None:
    form = {"action": "submit", "rowid": [str(returned.id)], "note": "都已改好"}
    with clock.set_to(DAYS["submitted"]):
        shown = text(clerk.post("/batch/moves", data=form).text)
    assert "退回意见第1条“缺消防证明”还没有整改说明，请在这条记录的“整改”页填写" in shown
    session.expire_all()
    assert returned.state == "returned"
