"""How do an enterprise, its commission and a plan come about, and who is there to judge?"""

from __future__ import annotations

from datetime import date

from app.models import Body
from app.services.demonstration import missing_cards, workbook_facts
from seed.people import credit_code
from tests.factories import one
from tests.journeys.office import Office
from tests.journeys.pages import Desk
from tests.journeys.workbooks import ARRANGEMENT

EMPLOYER = "河北燕南重型机械制造有限公司"
BODY = "河北燕赵职业技能评价中心"
CENTRE = "唐山市"
EXAM = date(2021, 4, 24)


def register_enterprise(clerk: Desk) -> None:
    """The body's clerk registers the enterprise; a wrong code is refused and nothing typed lost."""
    code = credit_code("130200", "20210412")
    clerk.open_menu("企业")
    clerk.press("新增企业")
    assert BODY in clerk.chosen("登记机构")
    clerk.fill_in(
        {
            "企业名称": EMPLOYER,
            "统一社会信用代码": code[:-1] + ("0" if code[-1] != "0" else "1"),
            "所在地区": "唐山市",
            "属地中心": CENTRE,
            "联系人": "人力资源部",
        }
    )
    clerk.save()
    assert any("统一社会信用代码" in line for line in clerk.objections())
    assert clerk.value("企业名称") == EMPLOYER
    clerk.fill_in({"统一社会信用代码": code})
    clerk.save()
    assert "已新增企业" in clerk.said()


def ask_for_commission(clerk: Desk) -> str:
    """The clerk enters the enterprise's request; without its promise it is not taken."""
    clerk.open_menu("委托评价")
    clerk.press("新增委托评价")
    clerk.fill_in(
        {
            "委托企业": EMPLOYER,
            "委托中心": CENTRE,
            "委托内容": "本企业员工职业技能等级认定，约 120 人",
        }
    )
    clerk.save()
    number = clerk.number()
    assert "承诺" in clerk.take("提交委托申请")
    assert clerk.state() == "草稿"
    clerk.press("编辑")
    clerk.fill_in({"企业已承诺兑现待遇": True})
    clerk.save()
    assert "待委托" in clerk.take("提交委托申请")
    assert "出具委托函" not in clerk.moves()
    return number


def commission(reviewer: Desk, number: str) -> None:
    """The centre finds the request in its work to do and issues the letter."""
    reviewer.open_home()
    assert "委托评价：待委托" in reviewer.text()
    reviewer.open_menu("委托评价")
    reviewer.open_record(number)
    assert "已委托" in reviewer.take("出具委托函", "同意委托")
    assert "职鉴委〔2021〕1号" in reviewer.text()


def publish_plan(clerk: Desk) -> str:
    """The clerk makes a plan and publishes it."""
    clerk.open_menu("认定计划")
    clerk.press("新增认定计划")
    clerk.fill_in(
        {
            "计划名称": "燕南重机2021年职业技能等级认定计划",
            "企业": EMPLOYER,
            "年度": "2021",
            "评价安排": "4月24日组织理论和实操考试",
            "报名条件": "符合国家职业技能标准的申报条件",
            "评价内容": "理论知识、操作技能，二级以上另有综合评审",
            "激励机制": "评价合格者兑现相关待遇",
        }
    )
    clerk.save()
    number = clerk.number()
    assert "已公布" in clerk.take("公布")
    return number


def register_assessors(clerk: Desk, office: Office) -> None:
    """Two assessors by hand, one after the other; the others have their cards already."""
    clerk.open_menu("考评员")
    clerk.press("新增考评员")
    for name, card in (("马力强", "KP2021000001"), ("许彦", "KP2021000002")):
        clerk.fill_in(
            {
                "姓名": name,
                "考评员证号": card,
                "考评职业": ["焊工"],
                "发证中心": "河北省",
                "有效期起": "2021-01-01",
                "有效期止": "2024-12-31",
            }
        )
        clerk.press("保存并继续新增")
        assert f"已新增考评员“{name}”" in clerk.said()
    with office.backstage("demo_clerk") as (session, actor):
        named = workbook_facts.people_named(ARRANGEMENT.read_bytes(), ARRANGEMENT.name)
        missing_cards.register(session, actor, one(session, Body, code="DEMO"), named, (EXAM,))
