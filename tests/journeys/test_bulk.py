"""Does a clerk give many rows a value over two pages, see some refused, and take it back?"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from app.core.scope import AnySession
from app.models import Body, Candidate
from tests import factories, procedure
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser


def people(session: AnySession, body: Body) -> str:
    """A roster of two pages, and one that is sent in; the name of one whose batch is closed."""
    factories.candidates(session, factories.batch(session, body), 24)
    sent = procedure.take(session, procedure.ready_batch(session, body, 2, seed=60), "submitted")
    closed = session.scalars(select(Candidate).where(Candidate.batch_id == sent.id)).first()
    assert closed is not None
    return closed.name


def test_many_rows_are_changed_over_two_pages_and_taken_back_and_a_deleted_one_returns(
    office: Office, chromium: Browser
) -> None:
    with office.backstage() as (session, _):
        body = factories.one(session, Body, code="DEMO")
        closed = people(session, body)
    watch = Watch(office.url)
    staff = Staff(chromium, office, watch)
    desk = staff["demo_clerk"]
    page = desk.page
    assert desk.open_address("/candidate/list/?size=20&sort=id") == 200
    page.locator("[data-tick-all]").check()
    with page.expect_navigation():
        page.locator("[data-bulk-all]").click()
    desk.press("批量修改")
    expect(page.locator(".page-head")).to_contain_text("已选 26 条")
    page.locator("input[name=post]").fill("班组长")
    expect(page.locator("#change-post")).to_be_checked()
    desk.press("下一步：查看改动")
    expect(page.locator(".tiles")).to_contain_text("24条将修改")
    expect(page.locator(".tiles")).to_contain_text("2条不能修改")
    expect(page.locator(".moves")).to_contain_text("操作工班组长24 条")
    expect(desk.row(closed)).to_contain_text("已提交")
    desk.press("确认修改 24 条")
    expect(page.locator(".page-head")).to_contain_text("已修改 24 条")
    desk.ask("撤销这次修改")
    assert "撤销" in desk.said()
    expect(page.locator("h1")).to_have_text("撤销 批量修改 24 条")
    desk.open_record("操作工")
    expect(page.locator(".timeline li").first).to_contain_text("撤销 批量修改 24 条")
    name = page.locator("h1").inner_text()
    key = desk.address().split("/show/")[1].split("?")[0]
    desk.ask("删除")

    admin = staff["sheng_admin"]
    admin.open_menu("变更记录")
    assert admin.open_address("/change/list/?kind=gone") == 200
    admin.open_record(name)
    expect(admin.page.locator("main")).to_contain_text("删除前的内容")
    admin.ask("恢复")
    assert name in admin.said()
    assert admin.address().endswith(f"/candidate/show/{key}")
    assert watch.complaints == []
