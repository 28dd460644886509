"""How does a batch get its roster, and how is it filed, sent back and filed again?"""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import select

from app.models import Batch, PrintingAgreement
from app.services.demonstration import preparations
from tests.factories import one
from tests.journeys.office import Office
from tests.journeys.pages import Desk
from tests.journeys.preparing import EXAM
from tests.journeys.workbooks import MESSY

NAME = "燕南重机2021年4月认定"

#: What is wrong in the messy roster: the row as the spreadsheet counts it, and words of the page.
PLANTED = {
    13: "末位校验不符",
    16: "存成了数字",
    18: "第17位",
    24: "普车",
    26: "与第5行",
    28: "缺少姓名",
    30: "未满16周岁",
    37: "无法识别",
    39: "公式",
}


def open_batch(clerk: Desk, commission: str, plan: str) -> str:
    """A new batch of the commission and the plan."""
    clerk.open_home()
    clerk.press("新增认定批次")
    clerk.fill_in(
        {
            "批次名称": NAME,
            "委托": commission,
            "认定计划": plan,
            "认定日期": f"{EXAM}",
            "评价地点": "唐山市路北区培训楼",
            "待遇承诺已公开": True,
            "企业已审核报名": True,
            "评价机构已核准报名": True,
        }
    )
    clerk.save()
    assert clerk.state() == "草稿"
    return clerk.number()


def look_at_messy_roster(clerk: Desk, folder: Path) -> None:
    """The preview marks each planted fault at its row; the refused rows leave as a workbook."""
    clerk.press("导入")
    clerk.bring("人员名册", MESSY)
    assert clerk.tiles()["有问题"] == len(PLANTED)
    faults = clerk.faults()
    assert sorted(faults) == sorted(PLANTED)
    for row, words in PLANTED.items():
        assert words in faults[row], (row, faults[row])
    clerk.press(f"只看有问题的行 {len(PLANTED)}")
    assert sorted(clerk.faults()) == sorted(PLANTED)
    refused = folder / "refused.xlsx"
    clerk.download("下载问题行").save_as(refused)
    sheet = load_workbook(refused).worksheets[0]
    headings = [str(cell.value) for cell in next(sheet.iter_rows(max_row=1))]
    assert "问题" in headings
    assert sheet.max_row - 1 == len(PLANTED)
    clerk.ask("放弃")
    assert "没有写入任何数据" in clerk.said()


def import_tidy(clerk: Desk, kind: str, path: Path, rows: int) -> None:
    """On the page for imports: upload a sheet without faults, look at it, accept it."""
    clerk.bring(kind, path)
    tiles = clerk.tiles()
    assert (tiles["新增"], tiles["有问题"]) == (rows, 0)
    clerk.ask(f"接受导入 {rows} 条")
    assert f"已导入 {rows} 条" in clerk.text()


def submit_too_early(clerk: Desk) -> None:
    """Without papers, arrangement and materials it is refused, and everything is said at once."""
    lacking = ("尚未登记试卷", "尚无考务安排", "缺少“单位证明及承诺”", "尚无社保证明")
    objections = clerk.take("报送备案").splitlines()
    assert len(objections) == len(lacking)
    for words in lacking:
        assert any(words in line for line in objections), words
    assert clerk.state() == "草稿"
    clerk.tab("报送前检查")
    said = clerk.text()
    assert f"{len(lacking)} 处错误" in said
    for words in lacking:
        assert words in said, words


def complete(clerk: Desk, office: Office, number: str, folder: Path) -> None:
    """The agreement and the materials by hand, the papers of all work types behind the stage."""
    clerk.open_menu("印刷保密协议")
    clerk.press("新增印刷保密协议")
    clerk.fill_in(
        {
            "协议编号": "BM-2021-01",
            "印制单位": "唐山新彩印务有限公司",
            "签订日期": "2021-01-04",
            "有效期止": "2021-12-31",
        }
    )
    clerk.save()
    assert "已新增印刷保密协议" in clerk.said()
    with office.backstage("demo_clerk") as (session, actor):
        batch = one(session, Batch, no=number)
        bound = session.scalars(select(PrintingAgreement)).one()
        preparations.papers(session, actor, batch, bound)
    for place, kind in enumerate(("单位证明及承诺", "社保证明"), start=1):
        scan = folder / f"{kind}.pdf"
        scan.write_bytes(b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n")
        clerk.open_menu("认定批次")
        clerk.open_record(number)
        clerk.tab("报名资料")
        clerk.press("新增报名资料")
        clerk.attach(scan)
        clerk.fill_in({"资料种类": kind})
        clerk.save()
        assert clerk.count("报名资料") == place


def submit(clerk: Desk) -> None:
    """No error is left; who submits cannot review."""
    clerk.tab("报送前检查")
    assert "没有错误，可以报送" in clerk.text()
    assert "已提交" in clerk.take("报送备案", "请审核")
    assert clerk.state() == "已提交"
    assert "审核并备案" not in clerk.moves()
    assert "您的角色不能办理" in clerk.why_not()["审核并备案"]


def send_back(reviewer: Desk, number: str, note: str) -> None:
    """The reviewer sends the batch back; without a reason the dialog does not let go."""
    reviewer.open_home()
    assert "认定批次：已提交" in reviewer.text()
    reviewer.open_menu("认定批次")
    reviewer.open_record(number)
    reviewer.try_without_note("退回修改")
    assert reviewer.state() == "已提交"
    assert "已退回" in reviewer.take("退回修改", note)


def submit_again(clerk: Desk, number: str, note: str) -> None:
    """The clerk reads why, corrects and submits once more."""
    clerk.open_menu("认定批次")
    clerk.open_record(number)
    assert clerk.state() == "已退回"
    clerk.tab("整改")
    assert note in clerk.text()
    clerk.press("编辑")
    clerk.fill_in({"评价地点": "唐山市路北区培训楼302、303机房"})
    clerk.save()
    assert "已提交" in clerk.take("报送备案", "已补充考场")


def file(reviewer: Desk, number: str) -> None:
    """The reviewer sees what was answered and what was changed, and files the batch."""
    reviewer.open_menu("认定批次")
    reviewer.open_record(number)
    assert "第 2 轮报送：退回意见 1 条，已有整改说明 1 条；退回后改动 1 处" in reviewer.text()
    reviewer.tab("整改")
    assert "评价地点" in reviewer.text()
    assert "已补充考场" in reviewer.text()
    assert "已备案" in reviewer.take("审核并备案", "审核无误")
    assert reviewer.state() == "已备案"
