"""What do the pages about dates show: a batch, the list, a year's import, one's own calendar?"""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from app.core import clock, scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.workflow import moves
from app.models import Batch, CalendarYear, WorkdayOverride
from app.roles import BODY_CLERK, CITY_ADMIN, PROVINCE_ADMIN
from tests import factories
from tests.procedure import close_publicity, ready_batch, take
from tests.security.people import signed_in

YEAR = "年度,日期,上班或放假,说明\n2031,2031-10-01,放假,国庆节\n2031,2031-10-11,上班,调休\n"


@pytest.fixture
def batch(session: AnySession) -> Batch:
    scope.bind(session, SYSTEM)
    return ready_batch(session)


@pytest.fixture
def clerk(app: Flask, batch: Batch) -> FlaskClient:
    return signed_in(app, BODY_CLERK, body_id=batch.body_id)


@pytest.fixture
def province(app: Flask, session: AnySession) -> FlaskClient:
    return signed_in(app, PROVINCE_ADMIN)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# -- the batch -----------------------------------------------------------------------------------


def test_each_date_of_a_batch_stands_with_its_clause_and_standing(
    clerk: FlaskClient, batch: Batch
) -> None:
    with clock.set_to(date(2021, 4, 12)):
        page = text_of(clerk.get(f"/batch/show/{batch.id}?tab=dates").text)
    for words in (
        "最晚报送备案 2021-04-18 还有6天（4个工作日）",
        "首个考试日2021年4月24日前须有5个完整工作日 流程五",
        "今天报送，最早可认定 2021-04-20",
        "最晚开始公示 2021-05-06",
    ):
        assert words in page


def test_results_sent_late_are_said_to_be_late(
    session: AnySession, app: Flask, clerk: FlaskClient, batch: Batch
) -> None:
    take(session, batch, "publicising")
    close_publicity(session, batch, date(2021, 5, 6))
    with clock.set_to(date(2021, 5, 17)):
        moves.act(session, SYSTEM, batch, "submit_results")
    for who in (clerk, signed_in(app, CITY_ADMIN, centre_id=batch.city_centre_id)):
        page = text_of(who.get(f"/batch/show/{batch.id}").text)
        # Saturday 8 May is worked, so seven working days end on Friday the 14th.
        assert "最晚报送结果备案：2021-05-14，迟3天完成（1个工作日）" in page


def test_results_sent_in_time_are_not(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    take(session, batch, "results_submitted")
    assert "迟" not in text_of(clerk.get(f"/batch/show/{batch.id}").text)


def test_a_publicity_begun_late_is_said_so(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    take(session, batch, "scored")
    with clock.set_to(date(2021, 5, 7)):
        page = text_of(clerk.get(f"/batch/show/{batch.id}").text)
        assert "最晚开始公示：2021-05-06，已逾期1天（1个工作日）" in page
        moves.act(session, SYSTEM, batch, "publicise")
        page = text_of(clerk.get(f"/batch/show/{batch.id}").text)
    assert "最晚开始公示：2021-05-06，迟1天完成（1个工作日）" in page


def test_a_batch_without_leave_shows_no_empty_lines_for_one(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    assert "逾期批准人" not in clerk.get(f"/batch/show/{batch.id}").text
    with clock.set_to(date(2021, 4, 19)):
        moves.act(session, SYSTEM, batch, "allow_late", "停产检修")
    assert "逾期批准人" in clerk.get(f"/batch/show/{batch.id}").text


def test_leave_that_has_become_void_is_said_so(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    with clock.set_to(date(2021, 4, 19)):
        moves.act(session, SYSTEM, batch, "allow_late", "停产检修")
        page = text_of(clerk.get(f"/batch/show/{batch.id}").text)
        assert "批准逾期报送：停产检修" in page
        batch.exam_date = date(2021, 4, 25)
        session.commit()
        page = text_of(clerk.get(f"/batch/show/{batch.id}").text)
    assert "批准失效" in page


def test_the_form_says_which_exam_day_a_filing_today_allows(clerk: FlaskClient) -> None:
    with clock.set_to(date(2021, 4, 19)):
        assert "今天报送的，认定日期最早为 2021-04-26" in clerk.get("/batch/add").text
    with clock.set_to(date(2031, 4, 19)):
        assert "没有2031年的节假日安排" in clerk.get("/batch/add").text


# -- lists ---------------------------------------------------------------------------------------


def test_a_list_says_what_is_next_by_when_and_how_it_stands(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    later = ready_batch(session, batch.body, 1, seed=4, exam=date(2021, 5, 8))
    with clock.set_to(date(2021, 4, 20)):
        page = clerk.get("/batch/list/?sort=next_due").text
        assert "已逾期2天 报送备案 2021-04-18" in text_of(page)
        assert page.index(batch.no) < page.index(later.no)
        page = clerk.get("/batch/list/?sort=-next_due").text
        assert page.index(later.no) < page.index(batch.no)
        for asked, mine, others in (
            ("next_due.period=past", True, False),
            ("next_due.next=8", False, True),
            ("next_due_from=2021-04-01&next_due_to=2021-04-18", True, False),
            ("next_due_kind=latest_submission", True, True),
            ("next_due_kind=results_due", False, False),
        ):
            found = clerk.get(f"/batch/list/?{asked}").text
            assert (batch.no in found, later.no in found) == (mine, others), asked


# -- the calendar --------------------------------------------------------------------------------


def upload(client: FlaskClient, text: str = YEAR, year: str = "2031") -> str:
    file = (io.BytesIO(text.encode()), "2031.csv")
    return client.post("/workday_override/year/", data={"file": file, "year": year}).text


def test_a_year_is_looked_at_line_by_line_and_then_accepted(
    session: AnySession, province: FlaskClient
) -> None:
    page = upload(province)
    assert "2031-10-01 周三" in page
    assert session.scalars(select(WorkdayOverride)).all() == []
    staged = dict(re.findall(r'name="(filename|content)" value="([^"]*)"', page))
    given = {**staged, "year": "2031", "source": "国办发明电〔2030〕9号"}
    answer = province.post("/workday_override/year/accept", data=given)
    assert answer.status_code == 302
    assert session.scalars(select(CalendarYear.year)).all() == [2031]
    assert "新增 2 天" in province.get(answer.location).text


def test_wrong_lines_are_marked_and_cannot_be_accepted(province: FlaskClient) -> None:
    page = upload(province, YEAR.replace("上班,", "大概,"))
    assert "“大概”" in page
    assert "接受导入" not in page


def test_nothing_comes_in_without_the_number_of_the_notice(
    session: AnySession, province: FlaskClient
) -> None:
    staged = dict(re.findall(r'name="(filename|content)" value="([^"]*)"', upload(province)))
    answer = province.post("/workday_override/year/accept", data={**staged, "year": "2031"})
    assert answer.status_code == 422
    assert "文号" in answer.text
    assert session.scalars(select(WorkdayOverride)).all() == []


@pytest.mark.parametrize("content", ["", "%%%", "bm90IGEgc2hlZXQ="])
def test_what_was_not_looked_at_is_not_accepted(province: FlaskClient, content: str) -> None:
    given = {"content": content, "filename": "x.csv", "year": "2031", "source": "x"}
    assert province.post("/workday_override/year/accept", data=given).status_code == 302


def test_the_blank_sheet_is_handed_out(province: FlaskClient) -> None:
    answer = province.get("/workday_override/year/blank?year=2031")
    assert answer.data[:2] == b"PK"


def test_who_does_not_keep_the_calendar_is_not_offered_its_import(
    clerk: FlaskClient, province: FlaskClient
) -> None:
    assert clerk.get("/workday_override/year/").status_code in (302, 403)
    assert "导入年度放假安排" not in clerk.get("/workday_override/list/").text
    assert "导入年度放假安排" in province.get("/workday_override/list/").text


# -- one's own calendar --------------------------------------------------------------------------


def opened(client: FlaskClient) -> str:
    page = client.post("/profile/calendar/renew").text
    found = re.search(r"http://[^\"]+(/calendar/[\w-]+\.ics)", page)
    assert found is not None
    return found[1]


def test_a_calendar_is_read_without_a_login_and_in_its_owners_scope(
    app: Flask, session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    other = ready_batch(session, factories.body(session, "OTHER"), 1, seed=4)
    address = opened(clerk)
    with clock.set_to(date(2021, 4, 12)):
        answer = app.test_client().get(address)
    assert answer.mimetype == "text/calendar"
    titles = [str(event["summary"]) for event in Calendar.from_ical(answer.data).events]
    assert f"最晚报送备案：{batch.no} 春季认定" in titles
    assert not any(other.no in title for title in titles)
    assert f"/batch/show/{batch.id}" in answer.text.replace("\r\n ", "")


def test_the_address_is_shown_once_and_ends_when_it_is_changed(
    app: Flask, clerk: FlaskClient
) -> None:
    first = opened(clerk)
    page = clerk.get("/profile/calendar/").text
    assert first not in page
    assert "更换地址" in page
    second = opened(clerk)
    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(second).status_code == 200
    clerk.post("/profile/calendar/revoke")
    assert app.test_client().get(second).status_code == 404


def test_a_calendar_is_not_read_without_end(app: Flask, clerk: FlaskClient) -> None:
    from flask_limiter import Limiter

    limiter = app.extensions["appbuilder"].sm.limiter
    assert isinstance(limiter, Limiter)
    named = set(limiter.limit_manager._blueprint_limits)
    assert "FeedView" in named
