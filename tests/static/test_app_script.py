"""Does the script ask before it posts, and post what was confirmed and nothing else?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LIST = "http://shell.test/list"
RECORD = "http://shell.test/record"


def delete(page, row: int) -> None:  # type: ignore[no-untyped-def]
    page.get_by_role("button", name="删除").nth(row).click()


def answer(page, word: str) -> None:  # type: ignore[no-untyped-def]
    page.locator("dialog").get_by_role("button", name=word, exact=True).click()


def test_a_cancelled_delete_is_not_carried_out_by_the_next_confirmation(browser) -> None:
    page = browser.page
    page.goto(LIST)
    delete(page, 0)
    expect(page.locator("#dialog-text")).to_have_text("确定删除批次1？")
    answer(page, "取消")
    page.locator("input[name=rowid]").nth(1).check()
    page.get_by_role("button", name="审核通过").click()
    expect(page.locator("#dialog-text")).to_have_text("通过所选 1 个批次？")
    answer(page, "确定")
    expect(page.locator("body")).to_have_text("收到")
    [(path, fields)] = browser.posted
    assert path == "/act"
    assert fields["action"] == ["approve"]
    assert fields["rowid"] == ["2"]
    assert fields["csrf_token"] == ["token-of-the-session"]


def test_escape_means_no(browser) -> None:
    page = browser.page
    page.goto(LIST)
    delete(page, 1)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    delete(page, 2)
    answer(page, "确定")
    expect(page.locator("body")).to_have_text("收到")
    assert [path for path, _ in browser.posted] == ["/delete/3"]


def test_a_return_without_a_note_is_not_posted(browser) -> None:
    page = browser.page
    page.goto(LIST)
    page.locator("[data-tick-all]").check()
    page.get_by_role("button", name="退回").click()
    expect(page.locator("#dialog-text")).to_have_text("退回 3 个批次。")
    answer(page, "确定")
    expect(page.locator("#dialog-error")).to_be_visible()
    assert not browser.posted
    page.locator("#dialog-note").fill("  材料不全  ")
    answer(page, "确定")
    expect(page.locator("body")).to_have_text("收到")
    [(_, fields)] = browser.posted
    assert fields["note"] == ["材料不全"]
    assert fields["rowid"] == ["1", "2", "3"]


def test_choosing_all_that_match_asks_the_server_to_keep_them(browser) -> None:
    page = browser.page
    page.goto(LIST)
    page.locator("input[name=rowid]").first.check()
    page.get_by_role("button", name="选择全部 234 条符合条件的记录").click()
    expect(page.locator("body")).to_have_text("收到")
    assert [path for path, _ in browser.posted] == ["/select"]


def test_what_was_kept_is_posted_by_its_number_less_what_was_unticked(browser) -> None:
    page = browser.page
    page.goto(f"{LIST}?selection=7")
    ticks = page.locator("input[name=rowid]")
    expect(ticks.nth(0)).to_be_checked()
    expect(ticks.nth(2)).to_be_disabled()
    ticks.nth(1).uncheck()
    page.get_by_role("button", name="审核通过").click()
    expect(page.locator("#dialog-text")).to_have_text("通过所选 232 个批次？")
    answer(page, "确定")
    expect(page.locator("body")).to_have_text("收到")
    [(_, fields)] = browser.posted
    assert fields["selection"] == ["7"]
    assert fields["except"] == ["2"]
    assert "rowid" not in fields


def test_ticks_outlive_the_page_and_are_posted_together(browser) -> None:
    page = browser.page
    page.goto(LIST)
    page.locator("input[name=rowid]").nth(1).check()
    page.goto(f"{LIST}?page=2")
    expect(page.locator("[data-bulk-bar]")).to_contain_text("已选 1 条（其中 1 条在其他页）")
    page.locator("input[name=rowid]").first.check()
    page.goto(f"{LIST}?q=other")
    expect(page.locator("[data-bulk-bar]")).to_be_hidden()
    page.goto(LIST)
    expect(page.locator("input[name=rowid]").nth(1)).to_be_checked()
    page.get_by_role("button", name="审核通过").click()
    answer(page, "确定")
    expect(page.locator("body")).to_have_text("收到")
    [(_, fields)] = browser.posted
    assert sorted(fields["rowid"]) == ["2", "4"]
    page.goto(LIST)
    expect(page.locator("[data-bulk-bar]")).to_be_hidden()


def test_the_bar_of_moves_appears_with_the_first_tick_and_goes_with_the_last(browser) -> None:
    page = browser.page
    page.goto(LIST)
    bar = page.locator("[data-bulk-bar]")
    expect(bar).to_be_hidden()
    page.locator("input[name=rowid]").first.check()
    expect(bar).to_be_visible()
    page.locator("input[name=rowid]").first.uncheck()
    expect(bar).to_be_hidden()


def test_a_tab_that_is_here_opens_at_once_and_can_be_linked_to(browser) -> None:
    page = browser.page
    page.goto(RECORD)
    page.get_by_role("tab", name="办理过程").click()
    expect(page.locator("#panel-steps")).to_be_visible()
    expect(page.locator("#panel-detail")).to_be_hidden()
    assert page.url.endswith("?tab=steps")


def test_a_tab_that_is_not_here_is_fetched(browser) -> None:
    page = browser.page
    page.goto(RECORD)
    page.get_by_role("tab", name="成绩").click()
    expect(page.locator("#panel-scores")).to_be_visible()


def test_a_folded_group_of_the_menu_stays_folded_on_the_next_page(browser) -> None:
    page = browser.page
    page.goto(LIST)
    page.locator(".menu summary").click()
    page.goto(RECORD)
    expect(page.get_by_role("link", name="认定批次")).to_be_hidden()
