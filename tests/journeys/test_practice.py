"""Can the walk of the README be finished in one sitting, with the day chosen on screen?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.core import clock, practice
from seed import demo_batches
from tests.journeys import concluding
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.pages import Desk
from tests.servers import Database

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def practising(
    office: Office, foundations: tuple[Flask, Database], monkeypatch: pytest.MonkeyPatch
) -> Office:
    """The product on the real day, with the demo's draft and the mark of a practice database."""
    app, _database = foundations
    draft = [one for one in demo_batches.BATCHES if one.state == "draft"]
    monkeypatch.setattr(demo_batches, "BATCHES", draft)
    monkeypatch.setattr(office, "today", None)
    with office.backstage() as (session, _system):
        practice.mark(session)
        demo_batches.load_batches()
    monkeypatch.setitem(app.extensions, "practice", True)
    return office


def choose_day(desk: Desk, day: date) -> None:
    """Fill in the strip on top of the page."""
    desk.page.get_by_label("把今天改为").fill(day.isoformat())
    desk.press("更改日期")
    assert f"现在按 {day} 办理" in desk.text()


def write_scores(clerk: Desk, folder: Path) -> Path:
    """Take the blank sheet, which names everybody, and fill in the marks."""
    path = folder / "成绩.xlsx"
    clerk.download("下载空白表").save_as(path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for head in ("理论成绩", "实操成绩"):
            sheet.cell(row, heads[head], 80)
        if str(sheet.cell(row, heads["申报等级"]).value).startswith(("一级", "二级")):
            sheet.cell(row, heads["综合评审"], 80)
    book.save(path)
    return path


@pytest.mark.usefixtures("practising")
def test_the_walk_of_the_readme_takes_one_sitting(staff: Staff, tmp_path: Path) -> None:
    clerk, city, province = staff["demo_clerk"], staff["ts_admin"], staff["sheng_admin"]
    clerk.open_menu("认定批次")
    clerk.open_record("草稿")
    number, exam = clerk.number(), date.fromisoformat(clerk.fact("认定日期"))
    clerk.tab("报送前检查")
    assert "没有错误，可以报送" in clerk.text()
    assert "已提交" in clerk.take("报送备案", "请审核")
    concluding.find(city, "认定批次", number)
    assert "已备案" in city.take("审核并备案", "审核无误")

    concluding.find(clerk, "认定批次", number)
    choose_day(clerk, exam)
    assert clerk.number() == number, "the strip leads back to where one was"
    assert "考评中" in clerk.take("开始考评")
    clerk.press("导入")
    clerk.bring("成绩表", write_scores(clerk, tmp_path))
    clerk.ask("接受导入 25 条")
    clerk.press(f"返回 {number}")
    assert "成绩已录" in clerk.take("成绩录入完毕")
    clerk.press("后一天")
    assert "公示中" in clerk.take("开始公示")

    clerk.tab("结果公示")
    clerk.open_record("公示中")
    choose_day(clerk, date.fromisoformat(clerk.fact("公示截止")) + timedelta(days=1))
    concluding.close_publicity(clerk, clerk.number(), number)
    concluding.review_results(city, province, number)
    concluding.certify_and_archive(clerk, number, 25)
    clerk.press("恢复真实日期")
    assert f"现在按真实日期 {clock.real().date()} 办理" in clerk.text()
