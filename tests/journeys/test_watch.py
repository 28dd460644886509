"""Would the watch over the journeys notice what it watches for?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.watch import Watch, english

pytestmark = pytest.mark.browser


def put(markup: str) -> Callable[[Page], None]:
    """Add something to the page's main part."""
    script = "markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)"
    return lambda page: page.evaluate(script, markup)


def leave(page: Page) -> None:
    """Ask another host for a page."""
    with pytest.raises(Error):
        page.goto("http://127.0.0.1:1/away")


FAULTS = {
    "English word 'Save'": put("<p>Save 保存</p>"),
    "English word 'Name'": put("<input placeholder='Name'>"),
    "page wider": put("<pre>" + "宽" * 400 + "</pre>"),
    "head wraps": put("<table><tr><th scope='col'>一<br>二<br>三<br>四</th></tr></table>"),
    "in the browser's words": put("<input type='date' name='day'>"),
    "console": put("<img src='http://127.0.0.1:1/x.png'>"),
    "beyond the host": leave,
}


def test_every_fault_of_a_page_is_noticed(office: Office, chromium: Browser) -> None:
    watch = Watch(office.url)
    desk = Staff(chromium, office, watch)["admin"]
    assert watch.complaints == []
    for words, do in FAULTS.items():
        do(desk.page)
        if do is not leave:
            desk.page.wait_for_timeout(100)
            watch.look(desk.page)
        assert any(words in complaint for complaint in watch.complaints), words


@pytest.mark.parametrize(
    "text",
    ["DEMO-2021-0001", "roster-tidy.xlsx", "导出 Excel", "S000013000101261000001", "不超过 20 MB"],
)
def test_numbers_and_names_of_files_are_no_english(text: str) -> None:
    assert english(text) == set()
