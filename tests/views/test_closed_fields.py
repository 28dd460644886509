"""Do screens close what this person may not fill in, and refuse it where it is sent?"""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.models import Complaint, Inspection, Objection
from tests.views.pages import text, values
from tests.views.world import World


def control(page: str, name: str) -> str:
    """The opening tag of the control called ``name``."""
    found = re.search(rf'<(?:input|textarea|select)[^>]*\bname="{name}"[^>]*>', page)
    assert found is not None, name
    return found[0]


def now(session: AnySession, item: Objection) -> tuple[str, str]:
    with scope.acting(session, SYSTEM):
        session.refresh(item)
        return item.content, item.finding


def test_the_clerk_is_offered_no_finding_and_no_edit(clerk: FlaskClient, ours: World) -> None:
    page = clerk.get("/objection/add").text
    assert "disabled" in control(page, "finding")
    assert "disabled" not in control(page, "content")
    item = ours.row(Objection)
    shown = clerk.get(f"/objection/show/{item.id}").text
    assert "公示异议登记后，各项内容不再由您修改；“核查情况”由省中心管理员" in shown
    assert f"/objection/edit/{item.id}" not in shown
    assert clerk.get(f"/objection/edit/{item.id}").status_code == 302


def test_what_the_clerk_sends_nevertheless_is_refused(
    session: AnySession, clerk: FlaskClient, ours: World
) -> None:
    item = ours.row(Objection)
    before = now(session, item)
    sent = {
        "version": str(item.version), "raised_on": f"{item.raised_on}", "content": "没有异议",
        "finding": "不实",
    }  # fmt: skip
    page = clerk.post(f"/objection/edit/{item.id}", data=sent)
    assert page.status_code == 200
    assert "不再由您修改" in text(page.text)
    assert "没有异议" in page.text
    assert now(session, item) == before
    asked = {"publicity": item.publicity_id, "raised_on": "2021-04-27", "content": "不公"}
    page = clerk.post("/objection/add", data={**asked, "finding": "不实"})
    assert "“核查情况”由省中心管理员" in text(page.text)


def test_the_centre_writes_the_finding_beside_closed_fields(
    session: AnySession, city: FlaskClient, ours: World
) -> None:
    item = ours.row(Objection)
    content, _ = now(session, item)
    page = city.get(f"/objection/edit/{item.id}").text
    assert "disabled" in control(page, "content")
    assert content in page
    form = {name: one for name, one in values(page).items() if name in ("version", "opened")}
    refused = city.post(f"/objection/edit/{item.id}", data={**form, "content": "改"})
    assert "“异议内容”登记后不能修改；登记错了的，请删除后重新登记" in text(refused.text)
    done = city.post(f"/objection/edit/{item.id}", data={**form, "finding": "属实"})
    assert done.status_code == 302, text(done.text)
    assert now(session, item) == (content, "属实")


def test_a_value_that_others_saved_meanwhile_is_no_clash_where_it_is_closed(
    session: AnySession, city: FlaskClient, ours: World
) -> None:
    item = ours.row(Objection)
    form = {
        name: one
        for name, one in values(city.get(f"/objection/edit/{item.id}").text).items()
        if name in ("version", "opened")
    }
    done = city.post(f"/objection/edit/{item.id}", data={**form, "finding": "属实"})
    assert done.status_code == 302
    late = city.post(f"/objection/edit/{item.id}", data={**form, "finding": "不属实"})
    assert "还没有保存" in late.text
    assert "异议内容</th>" not in late.text


def test_an_inspection_is_closed_by_its_state(city: FlaskClient, ours: World) -> None:
    item = ours.row(Inspection)
    page = city.get(f"/inspection/edit/{item.id}").text
    assert "disabled" in control(page, "kind")
    assert "disabled" not in control(page, "findings")
    assert city.post(f"/inspection/{item.id}/move/finish").status_code == 302
    page = city.get(f"/inspection/edit/{item.id}").text
    assert "disabled" in control(page, "findings")
    assert "disabled" not in control(page, "rectification")
    assert "只能在“待实施”时修改" in page


def test_a_complaint_shows_its_words_and_takes_the_finding(city: FlaskClient, ours: World) -> None:
    page = city.get(f"/complaint/edit/{ours.row(Complaint).id}").text
    for name in ("content", "complainant", "phone", "received_on", "channel", "body", "batch"):
        assert "disabled" in control(page, name), name
    assert "disabled" not in control(page, "finding")
