"""Is a late filing refused, let through by the centre, and are dates to keep found at once?"""

from __future__ import annotations

from datetime import date
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from app.models import Body
from tests.factories import one
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.procedure import ready_batch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

REASON = "企业停产检修，经核实"


def test_a_late_batch_is_refused_let_through_and_sent_in(office: Office, staff: Staff) -> None:
    with office.backstage() as (session, _system):
        body = one(session, Body, code="DEMO")
        late = ready_batch(session, body, 2)
        later = ready_batch(session, body, 1, seed=7, exam=date(2021, 5, 8))
        number, page, other = late.no, f"/batch/show/{late.id}", later.no
    office.today = date(2021, 4, 19)
    clerk, chief = staff["demo_clerk"], staff["ts_admin"]

    clerk.open_menu("认定批次")
    clerk.press("已逾期")
    expect(clerk.row(number)).to_contain_text("已逾期1天")
    expect(clerk.row(other)).to_have_count(0)
    clerk.press("清空")
    clerk.page.goto(f"{office.url}/batch/list/?sort=-next_due")
    rows = clerk.page.locator("main tbody tr").all_inner_texts()
    assert [other in rows[0], number in rows[1]] == [True, True]
    expect(clerk.row(other)).to_contain_text("还有8天")

    clerk.open_record(number)
    said = clerk.take("报送备案")
    assert "须有5个完整工作日：4月19、20、21、22、23日" in said
    assert "最晚2021年4月18日报送，今天2021年4月19日，只剩4个工作日，迟1天" in said
    assert "市中心管理员" in clerk.why_not()["批准逾期报送"]

    chief.open_address(page)
    chief.try_without_note("批准逾期报送")
    chief.take("批准逾期报送", REASON)
    assert REASON in chief.page.locator(".notice-blue").inner_text()
    assert "批准逾期报送" not in chief.moves()
    assert "撤销逾期批准" in chief.moves()

    clerk.open_address(page)
    clerk.take("报送备案")
    assert clerk.state() == "已提交"
    assert "迟1天完成" in clerk.page.locator(".notice-red").inner_text()
    clerk.tab("办理期限")
    expect(clerk.row("最晚报送备案")).to_contain_text("迟1天完成（1个工作日）")

    clerk.open_address("/profile/calendar/")
    clerk.press("生成订阅地址")
    address = clerk.page.get_by_label("订阅地址").input_value()
    with urlopen(address) as answer:
        titles = [str(event["summary"]) for event in Calendar.from_ical(answer.read()).events]
    assert f"最晚报送备案：{other} 春季认定" in titles
    assert not any(number in title for title in titles if "报送备案" in title)
