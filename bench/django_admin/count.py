"""With how many clicks and keystroke acts does the same day go by in Django's admin?

    python bench/django_admin/count.py <python of an environment with the peer> <roster.xlsx>

Run with an interpreter that has playwright and openpyxl; the rules are those of
tests/journeys/test_clerks_day.py, whose roster serves here too.
"""

# ruff: noqa: D103, S603, T201 - a script that talks to a terminal and starts the peer
from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page, sync_playwright

PORT = 5190
HOME = f"http://127.0.0.1:{PORT}/admin/"
COUNTS: dict[str, int] = {}
WRONG, RIGHT = "操作公", "操作工"


def act(part: str, number: int, work: Callable[[], Any]) -> None:
    """Do something and count it."""
    COUNTS[part] = COUNTS.get(part, 0) + number
    work()


@contextmanager
def server(python: str, folder: Path) -> Any:
    """The peer on a port of its own."""
    script = Path(__file__).with_name("peer.py")
    process = subprocess.Popen([python, str(script), str(folder), str(PORT)])
    try:
        time.sleep(8)
        yield
    finally:
        process.terminate()
        process.wait()


def with_batch(source: Path, folder: Path) -> Path:
    """The roster with a first column for its batch: an import there knows no batch.

    Somebody has to add it to the enterprise's sheet; counted as three acts (insert, type, fill).
    """
    book = load_workbook(source)
    sheet = book.worksheets[0]
    sheet.insert_cols(1)
    sheet.cell(1, 1, "批次编号")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1, "DEMO-2021-0901")
    book.save(folder / "with-batch.xlsx")
    return folder / "with-batch.xlsx"


def bring_in(page: Page, path: Path) -> None:
    part = "导入 200 人"
    COUNTS[part] = 3
    act(part, 1, page.locator("#content-main a", has_text="参评人员").first.click)
    act(part, 1, page.locator(".object-tools a.import_link").click)
    act(part, 2, lambda: page.locator("input[type=file]").set_input_files(path))
    chosen = page.locator("select[name=format]")
    if chosen.count() and not chosen.input_value():
        act(part, 2, lambda: chosen.select_option(label="xlsx"))
    act(part, 1, page.locator("form input[type=submit]").first.click)
    act(part, 1, page.locator("form input[type=submit]").first.click)
    page.wait_for_load_state()


def mend(page: Page) -> None:
    """The posts stand in the list itself; a hundred rows to a page, saved page by page."""
    part = "改正 6 人"
    left = True
    number = 1
    while left:
        boxes = page.locator("input[name$=post]")
        wrong = [box for box in boxes.all() if box.input_value() == WRONG]
        for box in wrong:
            act(part, 1, lambda box=box: box.click(click_count=3))
            act(part, 1, lambda: page.keyboard.type(RIGHT))
        if wrong:
            act(part, 1, page.locator("input[name=_save]").click)
            page.wait_for_load_state()
        number += 1
        further = page.locator(".paginator a", has_text=str(number))
        left = further.count() > 0
        if left:
            act(part, 1, further.first.click)
            page.wait_for_load_state()


def move_sessions(page: Page) -> None:
    """No bulk edit comes with it: each of the eight dates is typed in the list."""
    part = "批量改考试日期"
    act(part, 1, page.locator(".breadcrumbs a").first.click)
    act(part, 1, page.locator("#content-main a", has_text="考务安排").first.click)
    act(part, 1, page.locator("#changelist-filter a", has_text="DEMO-2021-0901").first.click)
    for box in page.locator("input[name$=exam_date]").all():
        act(part, 1, lambda box=box: box.click(click_count=3))
        act(part, 1, lambda: page.keyboard.type("2021-05-15"))
    act(part, 1, page.locator("input[name=_save]").click)
    page.wait_for_load_state()


def hand_out(page: Page) -> None:
    part = "导出名册"
    act(part, 1, page.locator(".breadcrumbs a").first.click)
    act(part, 1, page.locator("#content-main a", has_text="参评人员").first.click)
    act(part, 1, page.locator("#changelist-filter a", has_text="DEMO-2021-0901").first.click)
    act(part, 1, page.locator(".object-tools a.export_link").click)
    chosen = page.locator("select[name=format]")
    if chosen.count():
        act(part, 2, lambda: chosen.select_option(label="xlsx"))
    with page.expect_download():
        act(part, 1, page.locator("form input[type=submit]").first.click)


def main() -> None:
    python, roster = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as name, server(python, Path(name)):
        path = with_batch(Path(roster), Path(name))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            page.goto(HOME)
            page.fill("[name=username]", "clerk")
            page.fill("[name=password]", "clerk")
            page.locator("form [type=submit]").click()
            bring_in(page, path)
            mend(page)
            move_sessions(page)
            hand_out(page)
            browser.close()
    for part, number in COUNTS.items():
        print(part, number)
    print("合计", sum(COUNTS.values()))


if __name__ == "__main__":
    main()
