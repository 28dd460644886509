"""Does a clerk bring enterprises in from a blank sheet, mend a row, and take the import back?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.models import Enterprise
from seed.people import credit_code
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.pages import Desk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CENTRE = "唐山市职业技能鉴定中心"


def fetch(desk: Desk, words: str, path: Path) -> Any:
    """The workbook behind a link, saved and opened."""
    with desk.page.expect_download() as download:
        desk.page.get_by_text(words, exact=True).first.click()
    download.value.save_as(path)
    return load_workbook(path)


def send(desk: Desk, path: Path) -> None:
    desk.page.set_input_files("#file", path)
    desk.page.get_by_role("button", name="读取并预览").click()
    desk.page.wait_for_url("**/import/*")


def confirm(desk: Desk, button: str, url: str) -> None:
    desk.page.get_by_role("button", name=button).click()
    desk.page.locator("dialog[open]").get_by_role("button", name="确定").click()
    desk.page.wait_for_url(url)


def known(office: Office) -> int:
    with office.backstage() as (session, _system):
        return session.scalar(select(func.count()).select_from(Enterprise)) or 0


def test_enterprises_come_in_from_the_blank_sheet_and_go_again(
    office: Office, staff: Staff, tmp_path: Path
) -> None:
    clerk, before = staff["ts_clerk"], known(office)
    clerk.open_address("/enterprise/list/")
    clerk.page.locator(".page-buttons").get_by_role("link", name="导入").click()
    book = fetch(clerk, "下载空白表", tmp_path / "空白.xlsx")
    page = book.worksheets[0]
    heads = {str(cell.value).lstrip("*"): cell.column for cell in page[1]}
    for number, centre in enumerate((CENTRE, CENTRE, "没有的中心"), start=2):
        page.cell(number, heads["企业名称"], f"河北恒远机械{number}有限公司")
        code = credit_code("130200", f"{7100 + number:08d}")
        page.cell(number, heads["统一社会信用代码"], code)
        page.cell(number, heads["所在地区"], "唐山市（130200）")
        page.cell(number, heads["属地中心"], centre)
    book.save(tmp_path / "企业.xlsx")

    send(clerk, tmp_path / "企业.xlsx")
    assert "没有这样的鉴定中心" in clerk.page.content()
    confirm(clerk, "接受导入 2 条", "**/done")
    assert known(office) == before + 2

    refused = fetch(clerk, "下载问题行", tmp_path / "问题行.xlsx")
    column = next(cell.column for cell in refused.worksheets[0][1] if "属地中心" in str(cell.value))
    refused.worksheets[0].cell(2, column, CENTRE)
    refused.save(tmp_path / "改好.xlsx")
    clerk.page.get_by_text("再导入一个").click()
    send(clerk, tmp_path / "改好.xlsx")
    confirm(clerk, "接受导入 1 条", "**/done")
    assert known(office) == before + 3

    clerk.open_address("/enterprise/import")
    clerk.page.get_by_role("link", name="企业.xlsx").first.click()
    confirm(clerk, "撤回本次导入", "**/done")
    clerk.page.get_by_role("heading", name="企业导入已撤回").wait_for()
    assert known(office) == before + 1
