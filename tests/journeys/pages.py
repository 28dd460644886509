"""What does a person do at a browser? Words of the office, not of the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

from tests.journeys.fields import Fields
from tests.journeys.watch import Watch

#: How long a page may take, in milliseconds: what a person sees in half a second waits for its
#: turn when two walks and their servers share two cores. Speed is measured in bench/, not here.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


class Desk(Fields):
    """A person signed in at a browser."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page, self.watch = page, watch
        page.set_default_timeout(PATIENCE)

    # -- going about ------------------------------------------------------------------------------

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto("/")
        self.watch.look(self.page)
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.locator(".topbar-user")).to_be_visible()
        self.watch.look(self.page)

    def open_menu(self, label: str) -> None:
        """Open a list from the side menu."""
        link = self.page.locator(".menu a").filter(
            has=self.page.locator(f"span:text-is('{label}')")
        )
        self._follow(link)

    def open_home(self) -> None:
        """Open the first page."""
        self._follow(self.page.locator(".menu-home"))

    def open_record(self, text: str) -> None:
        """Open the row of the list in which ``text`` stands."""
        self._follow(self.row(text).locator("td a").first)

    def tab(self, label: str) -> None:
        """Turn to a tab of the record."""
        self._follow(self.page.get_by_role("tab").filter(has_text=re.compile(f"^{label}\\d*$")))

    def press(self, label: str) -> None:
        """Press a button or link that leads to another page."""
        exact = re.compile(f"^\\s*{re.escape(label)}\\s*$")
        wanted = self.page.locator("main a, main button").filter(has_text=exact)
        self._follow(wanted.locator("visible=true").first)

    def address(self) -> str:
        """Where this person is."""
        return self.page.url

    def open_address(self, address: str) -> int:
        """Go to an address by hand; the status of the answer."""
        answer = self.page.goto(address, wait_until="domcontentloaded")
        self.watch.look(self.page)
        return answer.status if answer is not None else 0

    def menu(self) -> list[str]:
        """The addresses of the side menu."""
        return self._addresses(".menu ul a")

    def first_row(self) -> str:
        """The address of the first row's record; empty without rows."""
        return next(iter(self._addresses("main tbody td a")), "")

    def link_to(self, label: str) -> str:
        """The address of the first button on the page's head that begins with ``label``."""
        return next(iter(self._addresses(f".page-buttons a:has-text('{label}')")), "")

    def tabs(self) -> list[str]:
        """The addresses of the tabs of a record."""
        return self._addresses("[role=tab]")

    def _addresses(self, selector: str) -> list[str]:
        return [
            str(link.evaluate("node => node.href")) for link in self.page.locator(selector).all()
        ]

    def _follow(self, link: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            link.click()
        self.watch.look(self.page)

    @contextmanager
    def beside(self, label: str) -> Iterator[Desk]:
        """Press what opens a second window, and look at that one."""
        with self.page.expect_popup() as opening:
            self.page.locator("main").get_by_role("link", name=label).click()
        second = Desk(opening.value, self.watch)
        second.page.wait_for_load_state()
        self.watch.look(second.page)
        yield second
        second.page.close()

    # -- filling in -------------------------------------------------------------------------------

    def save(self) -> None:
        """Save a form; stays on it when something is refused."""
        self.press("保存")

    def objections(self) -> list[str]:
        """What the page objects to, line by line."""
        found = self.page.locator(".notice-red")
        lines = found.locator("li").all_inner_texts() or found.locator("span").all_inner_texts()
        return [line.strip() for line in lines]

    # -- procedure --------------------------------------------------------------------------------

    def take(self, move: str, note: str = "") -> str:
        """Take a step: press its button, answer the dialog, and hear what the page says."""
        self.page.locator(".record-acts").get_by_role("button", name=move, exact=True).click()
        self.answer(note)
        return self.said()

    def ask(self, label: str) -> None:
        """Press a button that asks first, and say yes."""
        self.page.locator("main").get_by_role("button", name=label, exact=True).click()
        self.answer()

    def try_without_note(self, move: str) -> None:
        """Confirm a step that needs a reason without giving one; the dialog stays, then goes."""
        self.page.locator(".record-acts").get_by_role("button", name=move, exact=True).click()
        dialog = self.page.locator("dialog[open]")
        dialog.get_by_role("button", name="确定").click()
        expect(dialog.get_by_role("alert")).to_have_text("请填写办理意见。")
        expect(dialog).to_be_visible()
        dialog.get_by_role("button", name="取消").click()
        expect(dialog).to_be_hidden()

    def answer(self, note: str = "") -> None:
        """Say yes to the dialog, with a note where there is something to note."""
        dialog = self.page.locator("dialog[open]")
        expect(dialog).to_be_visible()
        self.watch.look(self.page)
        if note:
            dialog.locator("textarea").fill(note)
        with self.page.expect_navigation(wait_until="load"):
            dialog.get_by_role("button", name="确定").click()
        self.watch.look(self.page)

    def said(self) -> str:
        """The messages at the top of the page."""
        return "\n".join(self.page.locator(".flash > span").all_inner_texts())

    def number(self) -> str:
        """The number of the record on the page."""
        return self.page.locator(".record-number").inner_text()

    def state(self) -> str:
        """The state of the record on the page."""
        return self.page.locator("h1 .badge").inner_text()

    def moves(self) -> list[str]:
        """The steps that are open to this person now."""
        return self.page.locator(".record-acts button[data-move]").all_inner_texts()

    def why_not(self) -> dict[str, str]:
        """The steps that are closed to this person, with the reason that the page gives."""
        closed = self.page.locator(".why-list > div")
        return {
            entry.locator("button").inner_text(): entry.locator("p").inner_text()
            for entry in self._opened(closed)
        }

    def _opened(self, closed: Locator) -> list[Locator]:
        if closed.count() and not closed.first.is_visible():
            self.page.get_by_text("为什么不能办").click()
            self.watch.look(self.page)
        return closed.all()

    # -- reading ----------------------------------------------------------------------------------

    def row(self, text: str) -> Locator:
        """The row of the table in which ``text`` stands."""
        return self.page.locator("main tbody tr").filter(has_text=text)

    def tick(self, *texts: str) -> None:
        """Tick the rows of the list in which these texts stand."""
        for text in texts:
            self.row(text).locator("input[name=rowid]").check()

    def bulk(self, label: str) -> None:
        """Press an act on the ticked rows, among the others or in a list that opens."""
        bar = self.page.locator("[data-bulk-bar]")
        wanted = self.page.get_by_role("button", name=label, exact=True, include_hidden=True)
        inside = bar.locator("details").filter(has=wanted)
        if inside.count():
            inside.locator("summary").click()
        bar.get_by_role("button", name=label, exact=True).click()

    def result_of(self, text: str) -> str:
        """What became of one record of an act on many."""
        return self.page.locator("main li, main tr").filter(has_text=text).first.inner_text()

    def count(self, tab: str) -> int:
        """The number that a tab of the record carries."""
        wanted = self.page.get_by_role("tab").filter(has_text=re.compile(f"^{tab}\\d*$"))
        return int(wanted.locator(".tab-count").inner_text())

    def fact(self, label: str) -> str:
        """What the head of the record says about ``label``."""
        fact = self.page.locator(".facts > div").filter(has=self.page.get_by_text(label))
        return fact.locator("dd").inner_text()

    def text(self) -> str:
        """Everything that stands in the page's main part."""
        return self.page.locator("main").inner_text()

    def tiles(self) -> dict[str, int]:
        """The figures of a preview by their names."""
        return {
            tile.locator("span").inner_text(): int(tile.locator("b").inner_text())
            for tile in self.page.locator(".tile").all()
        }

    def faults(self) -> dict[int, str]:
        """What a preview objects to, by the number of the spreadsheet's row."""
        rows = self.page.locator("table.sheet tr.row-refused").all()
        return {
            int(row.locator("th").inner_text()): "；".join(row.locator("td p").all_inner_texts())
            for row in rows
        }

    # -- files ------------------------------------------------------------------------------------

    def attach(self, path: Path) -> None:
        """Choose a file on the page that asks for one."""
        self.page.locator("main input[type=file]").set_input_files(path)

    def bring(self, kind: str, path: Path) -> None:
        """Upload a sheet of that kind and look at its preview."""
        choice = self.page.locator(".choice").filter(has_text=kind).locator("input")
        if choice.count():
            choice.check()
        else:
            expect(self.page.locator("main h2").first).to_have_text(kind)
        self.attach(path)
        self.press("读取并预览")

    def download(self, label: str) -> Download:
        """Press a link that hands out a file."""
        with self.page.expect_download() as waiting:
            self.page.locator("main").get_by_role("link", name=label).first.click()
        return waiting.value
