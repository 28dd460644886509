"""Do clerks work in grids and forms as on paper, and lose nothing to each other or to a slip?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select, update

from app.core.tables import Change
from app.core.tables.packed import lines_of
from app.models import Batch, Body, Candidate, Score
from tests.factories import one
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.pages import Desk
from tests.journeys.watch import Watch
from tests.procedure import ready_batch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


class Grid:
    """A grid on somebody's desk, used by keyboard alone."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.page = desk, desk.page
        self.said = self.page.locator("[data-grid-said]")
        self.counts = self.page.locator("[data-grid-counts]")
        expect(self.page.locator(".grid-table td.here")).to_be_visible()
        desk.watch.look(self.page)

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str, after: str = "Enter") -> None:
        self.page.keyboard.type(text)
        self.keys(after)

    def paste(self, block: str) -> None:
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("text => navigator.clipboard.writeText(text)", block)
        self.keys("Control+v")

    def copied(self) -> str:
        self.keys("Control+c")
        return str(self.page.evaluate("() => navigator.clipboard.readText()"))

    def cell(self, row: int, label: str) -> Locator:
        heads = self.page.locator(".grid-table thead th").all_inner_texts()
        at = [head.rstrip("*") for head in heads].index(label)
        return self.page.locator(f'.grid-table tr[data-r="{row - 1}"] > *').nth(at)

    def save(self) -> None:
        self.keys("Control+s")


@pytest.fixture
def batch(office: Office, watch: Watch) -> Iterator[tuple[int, str]]:
    """A draft of the body with 24 people."""
    # A browser reports every answer that is no success, also one that is right.
    watch.allowed |= {"status of 422", "status of 409"}
    with office.backstage() as (session, _system):
        made = ready_batch(session, one(session, Body, code="DEMO"), 24, levels="43")
        # Which people come depends on the tests before: what is typed must be news to all of them.
        of_batch = update(Candidate).where(Candidate.batch_id == made.id)
        session.execute(of_batch.values(education="60"))
        session.commit()
        yield made.id, made.no


def grid_of(desk: Desk, number: str, tab: str) -> Grid:
    desk.open_menu("认定批次")
    desk.open_record(number)
    desk.tab(tab)
    desk.press("表格编辑")
    return Grid(desk)


def test_a_block_of_marks_is_pasted_mended_and_saved_as_one_act(
    office: Office, staff: Staff, batch: tuple[int, str]
) -> None:
    sheet = grid_of(staff["demo_clerk"], batch[1], "成绩")
    rows = [[str(60 + at), f"{70 + at}.5", ""] for at in range(20)]
    rows[3][1], rows[5][0] = "105", "缺考"
    sheet.paste("\r\n".join("\t".join(row) for row in rows) + "\r\n")
    expect(sheet.said).to_have_text("粘贴了 20 行 3 列，改动 40 格")
    sheet.keys("Control+z")
    expect(sheet.counts).to_have_text("没有未保存的改动")
    sheet.keys("Control+y")
    expect(sheet.counts).to_have_text("改动 40 格")
    sheet.save()
    expect(sheet.said).to_contain_text("第 4 行 实操成绩")
    expect(sheet.counts).to_have_text("改动 40 格，有问题 1 格")
    sheet.desk.watch.look(sheet.page)
    sheet.write("95")
    sheet.save()
    expect(sheet.said).to_have_text("已保存 20 行，在变更记录里是一次操作")
    expect(sheet.cell(6, "理论情况")).to_have_text("缺考")
    expect(sheet.cell(4, "结论")).to_have_text("合格")
    with office.backstage() as (session, _system):
        scores = session.scalars(select(Score).where(Score.batch_id == batch[0])).all()
        made = session.scalars(
            select(Change).where(Change.entity == "Score", Change.kind == "add")
        ).all()
        lines = [line for change in made for line in lines_of(change)]
    assert len(scores) == len(lines) == 20
    assert len({change.operation for change in made}) == 1


def test_keys_move_edit_and_copy_and_what_is_unsaved_is_not_left_by_mistake(
    staff: Staff, batch: tuple[int, str]
) -> None:
    sheet = grid_of(staff["demo_clerk"], batch[1], "参评人员")
    sheet.cell(2, "现从事岗位").click()
    sheet.write("车工")
    sheet.keys("ArrowUp", "F2")
    sheet.write("（数控）")
    expect(sheet.cell(2, "现从事岗位")).to_have_text("车工（数控）")
    sheet.cell(2, "文化程度").click()
    sheet.write("本", after="Enter")
    expect(sheet.cell(2, "文化程度")).to_have_text("大学本科")
    sheet.cell(1, "申报工种").click()
    sheet.page.keyboard.type("数控")
    expect(sheet.page.locator(".grid-list li").first).to_contain_text("数控车工")
    sheet.keys("Escape")
    sheet.cell(4, "备注").click()
    sheet.paste('"两行\n文字"\t多余')
    expect(sheet.said).to_contain_text("多出的 1 列没有地方放")
    expect(sheet.cell(4, "备注")).to_have_text("两行 文字")
    assert sheet.copied() == '"两行\n文字"'
    sheet.keys("Control+Home", "Shift+ArrowDown", "ArrowDown")
    # Waited for: what stands on the page is as true before the question as after it.
    sheet.page.once("dialog", lambda dialog: dialog.dismiss())
    with sheet.page.expect_event("dialog") as asked:
        sheet.page.locator(".page-buttons").get_by_role("link", name="返回").click()
    assert asked.value.type == "beforeunload"
    expect(sheet.counts).to_have_text("改动 3 格")
    sheet.save()
    expect(sheet.said).to_contain_text("已保存 2 行")


def test_two_clerks_in_one_grid_choose_cell_by_cell(
    office: Office, staff: Staff, batch: tuple[int, str]
) -> None:
    first = grid_of(staff["demo_clerk"], batch[1], "参评人员")
    second = grid_of(staff["demo_clerk2"], batch[1], "参评人员")
    for sheet, post, employer in ((first, "车工", "冀东机械"), (second, "焊工", "")):
        sheet.cell(1, "现从事岗位").click()
        sheet.write(post)
        if employer:
            sheet.cell(1, "工作单位").click()
            sheet.write(employer)
    second.cell(3, "现从事岗位").click()
    second.write("钳工")
    first.save()
    expect(first.said).to_contain_text("已保存 1 行")
    second.save()
    expect(second.said).to_contain_text("改为“车工”，您填写的是“焊工”")
    expect(second.cell(1, "工作单位")).to_have_text("冀东机械")
    expect(second.cell(3, "现从事岗位")).to_have_text("钳工")
    second.desk.watch.look(second.page)
    second.save()
    expect(second.counts).to_contain_text("待选择 1 格")
    second.page.get_by_role("button", name="保留我的", exact=True).click()
    second.save()
    expect(second.said).to_contain_text("已保存 2 行")
    with office.backstage() as (session, _system):
        found = select(Candidate).where(Candidate.batch_id == batch[0]).order_by(Candidate.serial)
        people = session.scalars(found).all()
        assert (people[0].post, people[0].employer, people[2].post) == ("焊工", "冀东机械", "钳工")


def test_two_clerks_on_one_form_see_both_values_and_choose(
    office: Office, staff: Staff, batch: tuple[int, str]
) -> None:
    first, second = staff["demo_clerk"], staff["demo_clerk2"]
    for desk in (first, second):
        desk.open_menu("认定批次")
        desk.open_record(batch[1])
        desk.press("编辑")
    for desk, place in ((first, "路北区培训楼"), (second, "古冶区培训楼")):
        desk.page.get_by_label("评价地点").fill(place)
    second.page.get_by_label("备注").fill("下午开考")
    first.page.get_by_label("监督举报电话").fill("0315-1234567")
    first.save()
    second.save()
    side = second.page.locator(".clash")
    expect(side).to_contain_text("路北区培训楼")
    expect(side).to_contain_text("古冶区培训楼")
    expect(side).to_contain_text("0315-1234567")
    expect(second.page.get_by_label("备注")).to_have_value("下午开考")
    side.locator("tr").filter(has_text="评价地点").get_by_label("采用对方").check()
    second.save()
    with office.backstage() as (session, _system):
        kept = one(session, Batch, no=batch[1])
        assert (kept.place, kept.remark) == ("路北区培训楼", "下午开考")
        assert kept.complaint_phone == "0315-1234567"
