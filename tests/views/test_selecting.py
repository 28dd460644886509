"""Does a bulk act reach exactly the rows that were shown when they were chosen?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Selection
from app.models import Batch
from app.roles import BODY_CLERK, PROVINCE_CLERK
from tests import factories
from tests.security.people import signed_in
from tests.views.pages import text


@pytest.fixture
def batches(session: AnySession) -> list[Batch]:
    of = factories.body(session, "DEMO")
    return [factories.batch(session, of, f"DEMO-2021-{at:04d}") for at in range(1, 31)]


def drafts(session: AnySession) -> int:
    with scope.acting(session, SYSTEM):
        counted = select(func.count()).select_from(Batch).where(Batch.state == "draft")
        return session.scalar(counted) or 0


def choose_all(browser: FlaskClient, query: str = "") -> str:
    """The number of the kept choice of all rows that a list shows."""
    answer = browser.post(f"/batch/select{query}")
    assert answer.status_code == 303
    return str(answer.location).rpartition("selection=")[2]


def withdraw(browser: FlaskClient, **data: Any) -> str:
    given = {"action": "withdraw", "note": "不办了"} | data
    answer = browser.post("/batch/moves", data=given, follow_redirects=True)
    return text(answer.text)


def test_all_that_match_are_kept_and_shown_as_chosen(
    province: FlaskClient, batches: list[Batch]
) -> None:
    offered = province.get("/batch/list/?q=DEMO").text
    assert "选择全部 30 条符合条件的记录" in offered
    kept = province.post("/batch/select?q=DEMO", follow_redirects=True).text
    assert len(re.findall(r'name="rowid" value="\d+" checked', kept)) == 25
    assert "已选 30 条" in re.sub(r"\s+", " ", text(kept))
    for link in re.findall(r'class="sort[^"]*" href="([^"]+)"', kept):
        assert "selection=" in link


def test_a_row_that_comes_later_does_not_slip_in_and_a_changed_one_stays_chosen(
    session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    number = choose_all(province, f"?body={batches[0].body_id}&q=DEMO")
    with scope.acting(session, SYSTEM):
        of = batches[0].body
    batches[0].no = "OTHER-1"
    factories.keep(session, batches[0])
    late = factories.batch(session, of, "DEMO-2021-0099")
    shown = withdraw(province, selection=number)
    assert re.search(r"30\s*条成功", shown)
    assert drafts(session) == 1
    assert late.state == "draft"


def test_what_was_unticked_again_is_left_alone(
    session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    number = choose_all(province)
    withdraw(province, selection=number, **{"except": [str(one.id) for one in batches[:2]]})
    assert drafts(session) == 2


def test_a_row_that_has_left_the_scope_is_reported_and_left_alone(
    app: Flask, session: AnySession, batches: list[Batch]
) -> None:
    clerk = signed_in(app, BODY_CLERK, body_id=batches[0].body_id)
    number = choose_all(clerk)
    batches[0].body = factories.body(session, "OTHER")
    factories.keep(session, batches[0])
    shown = withdraw(clerk, selection=number)
    assert re.search(r"29\s*条成功", shown)
    assert "不在您的管辖范围内" in shown
    assert drafts(session) == 1


@pytest.mark.parametrize("number", ["77777", "x", "0", "-1", "9" * 20])
def test_a_choice_that_is_not_there_acts_on_nothing(
    session: AnySession, province: FlaskClient, batches: list[Batch], number: str
) -> None:
    shown = withdraw(province, selection=number, rowid=[str(batches[0].id)])
    assert "请回到列表重新选择" in shown
    assert drafts(session) == 30
    assert "重新选择" in text(province.get(f"/batch/list/?selection={number}").text)


def test_nobody_acts_on_the_choice_of_another(
    app: Flask, session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    number = choose_all(province)
    other = signed_in(app, PROVINCE_CLERK)
    assert "请回到列表重新选择" in withdraw(other, selection=number)
    assert drafts(session) == 30


def test_rows_are_chosen_by_posting_alone_and_never_by_a_forged_request(
    app: Flask, session: AnySession, province: FlaskClient
) -> None:
    assert province.get("/batch/select").status_code == 405
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert province.post("/batch/select").status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert not session.scalar(select(func.count()).select_from(Selection))
