"""How does a filed batch go on: examination, scores, publicity, results, certificates, archive?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from tests.journeys.filing import import_tidy
from tests.journeys.office import Office
from tests.journeys.pages import Desk
from tests.journeys.workbooks import SCORES

NUMBER = re.compile(r"\bS\d{21}\b")


def examine(clerk: Desk, office: Office, number: str) -> None:
    """No examination before its day; on its day it begins."""
    find(clerk, "认定批次", number)
    assert "还没有到" in clerk.take("开始考评")
    office.today = date(2021, 4, 24)
    assert "考评中" in clerk.take("开始考评")
    clerk.take("成绩录入完毕")
    assert "成绩" in clerk.said()
    assert clerk.state() == "考评中"


def enter_scores(clerk: Desk, office: Office, number: str) -> None:
    """The scores come in as a sheet, are complete, and are made public."""
    office.today = date(2021, 4, 26)
    clerk.press("导入")
    import_tidy(clerk, "成绩表", SCORES, 120)
    clerk.press(f"返回 {number}")
    assert clerk.count("成绩") == 120
    assert "成绩已录" in clerk.take("成绩录入完毕")
    assert "公示中" in clerk.take("开始公示")


def publicity_on_paper(clerk: Desk) -> str:
    """The sheet for the wall opens with everybody on it, and says until when it hangs."""
    clerk.tab("结果公示")
    clerk.open_record("公示中")
    number = clerk.number()
    with clerk.beside("打印公示") as sheet:
        text = sheet.text()
        assert "职业技能等级认定结果公示" in text
        assert "共 120 人" in text
    return number


def object_to(clerk: Desk, office: Office, publicity: str) -> str:
    """Somebody objects; with that open nothing is closed, even after the last day."""
    find(clerk, "结果公示", publicity)
    last = date.fromisoformat(clerk.fact("公示截止"))
    assert "公示" in clerk.take("结束公示", "想提前结束")
    assert clerk.state() == "公示中"
    clerk.tab("公示异议")
    clerk.press("新增公示异议")
    clerk.fill_in(
        {
            "提出日期": f"{office.today}",
            "提出人": "群众来电",
            "异议内容": "反映一名参评人员从事本职业年限不实",
        }
    )
    clerk.save()
    clerk.tab("公示异议")
    clerk.open_record("群众来电")
    objection = clerk.number()
    assert clerk.moves() == []
    office.today = last + timedelta(days=1)
    find(clerk, "结果公示", publicity)
    assert "异议" in clerk.take("结束公示")
    assert clerk.state() == "公示中"
    return objection


def reject_objection(city: Desk, objection: str) -> None:
    """The centre looks into it and finds nothing; without a word about that it cannot say so."""
    find(city, "公示异议", objection)
    city.try_without_note("认定不成立")
    assert "异议不成立" in city.take("认定不成立", "经查，年限属实")


def close_publicity(clerk: Desk, publicity: str, number: str) -> None:
    """Nothing is open any more: the publicity closes and the results go to the centre."""
    find(clerk, "结果公示", publicity)
    assert "公示结束" in clerk.take("结束公示", "公示期满无异议")
    find(clerk, "认定批次", number)
    assert "结果已报" in clerk.take("报送结果", "请审核结果")
    assert "您的角色不能办理" in clerk.why_not()["审核结果"]


def review_results(city: Desk, province: Desk, number: str) -> None:
    """The city reviews; the province, which approved the body, registers and so numbers."""
    find(city, "认定批次", number)
    assert "结果已审" in city.take("审核结果", "结果审核无误")
    assert "另一个中心" in city.why_not()["备案上网"]
    find(province, "认定批次", number)
    assert "已上网备案" in province.take("备案上网", "已备案上网")


def certify_and_archive(clerk: Desk, number: str, passed: int) -> None:
    """Certificates are issued, the batch is archived, and everything has its tab."""
    find(clerk, "认定批次", number)
    assert "已发证" in clerk.take("核发证书")
    assert "已归档" in clerk.take("归档")
    assert clerk.count("职业技能等级证书") == passed
    assert clerk.count("证书号段") == 5
    assert clerk.count("资料存档") > 0
    clerk.tab("职业技能等级证书")
    assert NUMBER.search(clerk.text())
    assert clerk.moves() == []


def take_tables(clerk: Desk, folder: Path) -> dict[str, Path]:
    """The annexes of the notice as workbooks, by the names on the batch's page."""
    clerk.tab("备案表格")
    rows = clerk.page.locator(".papers tr").filter(has_text="附件")
    taken = {}
    for row in rows.all():
        with clerk.page.expect_download() as waiting:
            row.get_by_role("link", name="Excel").click()
        download = waiting.value
        name = row.locator("th").inner_text()
        taken[name] = folder / download.suggested_filename
        download.save_as(taken[name])
    return taken


def find(desk: Desk, menu: str, number: str) -> None:
    """Open a record by its number from the list of its kind."""
    desk.open_menu(menu)
    desk.open_record(number)
