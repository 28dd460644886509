"""With how many clicks and keystroke acts does a clerk's day go by, as docs/clerks-day.md says?

One count for a click, for a text typed into one place, for a key or a combination of keys; two for
choosing a file in the system's own dialog. Moving the mouse, reading and scrolling count nothing.
The same day in Django's admin is counted by the same rules in bench/django_admin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from app.models import Batch, Body, Candidate, ExamSession
from seed.people import people
from tests import factories
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TABLE = Path(__file__).parents[2] / "docs" / "clerks-day.md"
PEOPLE, SESSIONS, WRONG = 200, 8, 6
NEW_DAY = date(2021, 5, 15)
HEADINGS = (
    "姓名", "性别", "身份证号", "文化程度", "联系电话", "工作单位", "现从事岗位", "从事本职业年限",
    "申报职业", "申报工种", "申报等级",
)  # fmt: skip


@dataclass
class Hand:
    """A clerk's hand at mouse and keyboard; counts what it does, part by part of the day."""

    page: Page
    counts: dict[str, int] = field(default_factory=dict)
    part: str = ""

    def begin(self, part: str) -> None:
        self.part = part
        self.counts[part] = 0

    def _count(self, number: int = 1) -> None:
        self.counts[self.part] += number

    def click(self, what: Locator) -> None:
        self._count()
        what.click()

    def follow(self, what: Locator) -> None:
        self._count()
        with self.page.expect_navigation(wait_until="load"):
            what.click()

    def type(self, text: str) -> None:
        self._count()
        self.page.keyboard.type(text)

    def press(self, keys: str) -> None:
        self._count()
        self.page.keyboard.press(keys)

    def choose(self, box: Locator, path: Path) -> None:
        self._count(2)
        box.set_input_files(path)

    def fill_date(self, box: Locator, day: date) -> None:
        self._count(2)
        box.fill(day.isoformat())


def roster(path: Path) -> Path:
    """What the enterprise sends: two hundred people, six of them at a wrong post."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    seasoned = (one for one in people(600, 77) if one.years_on(factories.EXAM) >= 12)
    for at, one in zip(range(PEOPLE), seasoned, strict=False):
        post = "操作公" if at % 30 == 4 and at < 30 * WRONG else "操作工"
        sheet.append(
            (one.name, one.gender, one.id_number, "高中", one.phone, "冀东机械有限公司", post,
             one.years_on(factories.EXAM), "车工", "数控车工", "五级/初级工")
        )  # fmt: skip
    book.save(path)
    return path


@pytest.fixture
def batch(office: Office) -> tuple[int, str]:
    """A draft with eight sessions and nobody on its roster."""
    with office.backstage() as (session, _system):
        body = factories.one(session, Body, code="DEMO")
        made = factories.batch(session, body, "DEMO-2021-0901")
        kind, level = factories.work_type(session), factories.level(session, "5")
        for serial in range(1, SESSIONS + 1):
            session.add(
                ExamSession(
                    batch=made, serial=serial, exam_date=factories.EXAM, work_type=kind,
                    occupation=kind.occupation, level=level, headcount=25,
                )
            )  # fmt: skip
        session.commit()
        return made.id, made.no


def test_the_day_takes_as_many_acts_as_the_table_says(
    office: Office, staff: Staff, watch: Watch, batch: tuple[int, str], tmp_path: Path
) -> None:
    desk = staff["demo_clerk"]
    hand, page = Hand(desk.page), desk.page
    desk.open_home()
    bring_in(hand, batch[1], roster(tmp_path / "名册.xlsx"))
    mend(hand)
    move_sessions(hand, batch[1])
    hand_out(hand, batch[1], tmp_path)
    with office.backstage() as (session, _system):
        of_batch = select(func.count()).select_from(Candidate).where(Candidate.batch_id == batch[0])
        assert session.scalar(of_batch.where(Candidate.post == "操作工")) == PEOPLE
        days = select(ExamSession.exam_date).where(ExamSession.batch_id == batch[0])
        assert set(session.scalars(days)) == {NEW_DAY}
        assert session.scalar(select(Batch.exam_date).where(Batch.id == batch[0])) == factories.EXAM
    assert hand.counts == acts_allowed(column=1)
    assert sum(hand.counts.values()) < sum(acts_allowed(column=2).values())
    assert page.url


def bring_in(hand: Hand, number: str, path: Path) -> None:
    hand.begin("导入 200 人")
    page = hand.page
    hand.follow(page.locator(".menu a", has_text="认定批次"))
    hand.follow(page.locator("main tbody tr", has_text=number).locator("td a").first)
    hand.follow(page.locator("main a", has_text="导入").first)
    if not page.locator(".choice", has_text="人员名册").locator("input").is_checked():
        hand.click(page.locator(".choice", has_text="人员名册"))
    hand.choose(page.locator("main input[type=file]"), path)
    hand.follow(page.get_by_role("button", name="读取并预览"))
    expect(page.locator(".tile", has_text="新增")).to_contain_text(str(PEOPLE))
    hand.click(page.get_by_role("button", name="接受导入"))
    dialog = page.locator("dialog")
    if dialog.is_visible():
        hand.click(dialog.get_by_role("button", name="确定"))
    expect(page.locator("main")).to_contain_text(f"返回 {number}")


def mend(hand: Hand) -> None:
    hand.begin("改正 6 人")
    page = hand.page
    hand.follow(page.locator("main a", has_text="返回").first)
    hand.follow(page.get_by_role("tab", name=re.compile("^参评人员")))
    hand.follow(page.locator("main a", has_text="表格编辑"))
    for at in range(WRONG):
        row = 30 * at + 4
        cell = page.locator(f'.grid-table tr[data-r="{row}"] td', has_text="操作公")
        # Scrolling is no act.
        page.locator(".grid-box").evaluate("(box, top) => { box.scrollTop = top; }", row * 30 - 60)
        hand.click(cell)
        hand.type("操作工")
    hand.press("Control+s")
    expect(page.locator("[data-grid-said]")).to_contain_text(f"已保存 {WRONG} 行")


def move_sessions(hand: Hand, number: str) -> None:
    hand.begin("批量改考试日期")
    page = hand.page
    hand.follow(page.locator(".crumbs a", has_text=number))
    hand.follow(page.get_by_role("tab", name=re.compile("^考务安排")))
    hand.follow(page.locator("main a", has_text="在列表中查看全部"))
    hand.click(page.locator("[data-tick-all]"))
    hand.follow(page.locator("[data-bulk-bar]").get_by_role("button", name="批量修改"))
    hand.fill_date(page.locator("[name=exam_date]"), NEW_DAY)
    hand.follow(page.locator(".action-bar button.btn-primary"))
    hand.click(page.locator(".action-bar button.btn-primary"))
    dialog = page.locator("dialog")
    if dialog.is_visible():
        hand.click(dialog.get_by_role("button", name="确定"))
    expect(page.locator("main")).to_contain_text(str(SESSIONS))
    page.wait_for_load_state()


def hand_out(hand: Hand, number: str, folder: Path) -> None:
    hand.begin("导出名册")
    page = hand.page
    hand.follow(page.locator(".menu a", has_text="认定批次"))
    hand.follow(page.locator("main tbody tr", has_text=number).locator("td a").first)
    hand.follow(page.get_by_role("tab", name=re.compile("^参评人员")))
    hand.follow(page.locator("main a", has_text="在列表中查看全部"))
    hand.click(page.locator(".page-buttons a", has_text="导出"))
    hand.click(page.locator("#export label", has_text="全部列"))
    with page.expect_download() as waiting:
        hand.click(page.locator("#export").get_by_role("button", name="导出"))
    waiting.value.save_as(folder / "out.xlsx")


def acts_allowed(column: int) -> dict[str, int]:
    """The figures of the table in the guide, by part of the day."""
    found = re.findall(r"^\| ([^|]+?) \| (\d+) \| (\d+) \|", TABLE.read_text("utf-8"), re.M)
    return {part: int(figures[column - 1]) for part, *figures in found}
