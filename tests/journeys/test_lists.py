"""Do clerks get through a long list: choose over pages, ask, lay out, keep, share, take away?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app.models import Batch, Body
from tests import factories
from tests.factories import one
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.pages import Desk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ROWS = 28


@pytest.fixture
def long_list(office: Office) -> Office:
    """An office with more drafts than a page holds."""
    with office.backstage() as (session, _system):
        body = one(session, Body, code="DEMO")
        for number in range(1, ROWS + 1):
            factories.batch(session, body, f"DEMO-{number:02d}")
    return office


def test_a_long_list_is_worked_through(long_list: Office, staff: Staff) -> None:
    admin = staff["sheng_admin"]
    admin.open_menu("认定批次")
    ask_and_lay_out(admin)
    share(admin)
    take_away(admin)
    act_on_all(long_list, admin)
    opened_by_another(staff["ts_clerk"])


def ask_and_lay_out(desk: Desk) -> None:
    """A condition by operator, another column first, order by two columns."""
    page = desk.page
    page.get_by_text("添加条件").click()
    page.get_by_label("项目", exact=True).select_option(label="批次编号")
    page.get_by_label("比较", exact=True).select_option(label="开头是")
    page.get_by_label("内容", exact=True).fill("DEMO-")
    page.get_by_role("button", name="确定", exact=True).click()
    expect(page.locator(".chip")).to_contain_text("批次编号 开头是 DEMO-")
    page.locator("summary", has_text="列").last.click()
    page.locator(".pick-rest").get_by_label("备注").check()
    for _ in range(20):
        if not page.get_by_role("button", name="备注前移").is_visible():
            break
        page.get_by_role("button", name="备注前移").click()
    page.get_by_role("button", name="应用").click()
    expect(page.locator("thead th").nth(1)).to_contain_text("备注")
    expect(page).to_have_url(re.compile("columns=remark"))
    page.locator("thead a", has_text="认定日期").click()
    page.locator("thead a", has_text="批次编号").click(modifiers=["Shift"])
    expect(page.locator("thead sup")).to_have_count(2)
    expect(page.locator("tbody tr").first).to_contain_text("DEMO-01")


def share(desk: Desk) -> None:
    """The list is kept under a name and leads for the clerks of the cities."""
    page = desk.page
    page.locator("summary", has_text="视图").click()
    page.get_by_label("名称", exact=True).fill("春季草稿")
    page.get_by_label("谁可以看").select_option(label="共享给市中心经办")
    page.get_by_label("该角色打开列表时先用它").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".views [aria-current]")).to_contain_text("春季草稿")


def take_away(desk: Desk) -> None:
    """Two ticked rows of two pages leave as a file."""
    page = desk.page
    page.locator("input[name=rowid]").first.check()
    page.get_by_role("link", name="下一页").click()
    page.locator("input[name=rowid]").first.check()
    expect(page.locator("[data-bulk-bar]")).to_contain_text("已选 2 条（其中 1 条在其他页）")
    page.get_by_role("button", name="导出所选").click()
    with page.expect_download() as download:
        page.locator("#export").get_by_role("button", name="导出", exact=True).click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="取消选择").click()


def act_on_all(office: Office, desk: Desk) -> None:
    """All that match over two pages are withdrawn; one that comes later is not."""
    page = desk.page
    page.locator("input[name=rowid]").first.check()
    page.get_by_role("button", name=f"选择全部 {ROWS} 条符合条件的记录").click()
    expect(page.locator("[data-bulk-bar]")).to_contain_text(f"已选 {ROWS} 条")
    with office.backstage() as (session, _system):
        factories.batch(session, one(session, Body, code="DEMO"), "DEMO-99")
    desk.bulk("终止")
    expect(page.locator("#dialog-text")).to_contain_text(str(ROWS))
    page.locator("#dialog-note").fill("重新安排")
    page.locator("#dialog").get_by_role("button", name="确定").click()
    expect(page.locator(".tile-green")).to_contain_text(f"{ROWS}条成功")
    with office.backstage() as (session, _system):
        assert one(session, Batch, no="DEMO-99").state == "draft"
        assert one(session, Batch, no="DEMO-28").state == "withdrawn"


def opened_by_another(desk: Desk) -> None:
    """A clerk's list opens with what was shared, the plain list is one click away."""
    page = desk.page
    desk.open_menu("认定批次")
    expect(page.locator(".views [aria-current]")).to_contain_text("春季草稿")
    expect(page.locator(".chip").first).to_contain_text("批次编号 开头是 DEMO-")
    expect(page.locator("thead th").nth(1)).to_contain_text("备注")
    page.locator(".views").get_by_text("全部", exact=True).click()
    expect(page.locator(".chip")).to_have_count(0)
