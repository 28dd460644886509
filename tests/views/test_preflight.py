"""Does 报送前检查 tell what is wrong, whom it concerns and where to mend it, on tab and page?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from app.core import clock, scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.models import Batch, Candidate, ExamSession, Material, Plan
from app.roles import AUDITOR, BODY_CLERK
from app.rules.catalogue import marks
from app.rules.workdays import WorkCalendar
from tests import factories, procedure
from tests.security.people import signed_in
from tests.views.pages import text


@pytest.fixture
def batch(session: AnySession) -> Batch:
    """A batch that may be sent in on the day on which the tests run."""
    exam = WorkCalendar().earliest_exam(clock.today(), 5)
    made = procedure.ready_batch(session, number=4, exam=exam, levels=("4",))
    for card in procedure.cards(session):
        card.valid_to = exam.replace(year=exam.year + 1)
    for bound in procedure.agreements(session):
        bound.valid_to = None
    with scope.acting(session, SYSTEM):
        session.commit()
    return made


@pytest.fixture
def clerk(app: Flask, batch: Batch) -> FlaskClient:
    return signed_in(app, BODY_CLERK, body_id=batch.body_id)


def page(browser: FlaskClient, batch: Batch) -> str:
    answer = browser.get(f"/batch/check/{batch.id}")
    assert answer.status_code == 200
    return answer.text


def spoil(session: AnySession, batch: Batch) -> None:
    with scope.acting(session, SYSTEM):
        session.execute(delete(Material).where(Material.kind == "employer_statement"))
        session.execute(update(Candidate).where(Candidate.serial == 2).values(phone="12"))
        session.commit()


def test_people_see_the_number_of_a_rule_and_never_its_id(
    clerk: FlaskClient, session: AnySession, batch: Batch
) -> None:
    spoil(session, batch)
    said = page(clerk, batch)
    for code in ("material_missing", "phone_format"):
        assert marks()[code] in said
    shown = re.findall(r'class="finding-number">([^<]*)<', said)
    assert shown
    assert all(re.fullmatch(r"规则 \d-\d{2}", one) for one in shown)
    assert [code for code in marks() if "_" in code and code in text(said)] == []


def test_a_sound_batch_passes(clerk: FlaskClient, batch: Batch) -> None:
    said = text(page(clerk, batch))
    assert "全部通过" in said
    assert "错误" not in said.replace("没有错误", "")


def test_errors_come_with_rule_clause_people_remedy_and_the_way_to_mend_them(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    spoil(session, batch)
    shown = page(clerk, batch)
    said = text(shown)
    assert "2 处错误" in said
    numbers = marks()["material_missing"], marks()["phone_format"]
    for words in (*numbers, "流程三", "怎么办", "缺少“单位证明及承诺”"):
        assert words in said
    second: Candidate = factories.one(session, Candidate, serial=2)
    assert f"2 {second.name}" in said
    links = set(re.findall(r'href="([^"]+)"', shown))
    assert f"/candidate/show/{second.id}" in links
    assert f"/candidate/edit/{second.id}" in links
    assert f"/material/add?batch={batch.id}" in links


def test_the_tab_says_the_same_and_counts(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    spoil(session, batch)
    shown = clerk.get(f"/batch/show/{batch.id}?tab=check").text
    assert re.search(r'报送前检查<span class="tab-count">2</span>', shown)
    assert f"/batch/check/{batch.id}" in shown


def test_what_concerns_the_plan_leads_to_the_plan(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    with scope.acting(session, SYSTEM):
        session.execute(update(Plan).values(planned_to=factories.EXAM))
        session.commit()
    shown = page(clerk, batch)
    assert "1 处提醒" in text(shown)
    assert "没有错误，可以报送" in text(shown)
    assert f'href="/plan/show/{batch.plan_id}"' in shown


def test_days_that_differ_lead_to_the_batch_and_the_session_and_cards_to_the_examiners(
    session: AnySession, clerk: FlaskClient, batch: Batch
) -> None:
    with scope.acting(session, SYSTEM):
        first = session.scalars(select(ExamSession).order_by(ExamSession.serial)).first()
        assert first is not None
        first.exam_date = batch.exam_date + timedelta(days=1)
        procedure.cards(session)[0].valid_to = batch.exam_date - timedelta(days=1)
        session.commit()
        key = first.id
    shown = page(clerk, batch)
    links = set(re.findall(r'href="([^"]+)"', shown))
    assert marks()["exam_dates_differ"] in text(shown)
    assert "考务安排序号" in text(shown)
    assert f"/exam_session/show/{key}" in links
    assert f"/batch/edit/{batch.id}" in links
    assert links & {"/assessor/list/", "/supervisor/list/"}


def test_an_auditor_reads_and_is_offered_nothing_to_change(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    spoil(session, batch)
    province = factories.centre(session, factories.PROVINCE)
    shown = page(signed_in(app, AUDITOR, centre_id=province.id), batch)
    assert "2 处错误" in text(shown)
    assert not re.findall(r'href="[^"]*/(?:edit|add|import)', shown)


def test_another_bodys_clerk_finds_no_such_page(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    other = factories.body(session, "OTHER")
    stranger = signed_in(app, BODY_CLERK, body_id=other.id)
    assert stranger.get(f"/batch/check/{batch.id}").status_code == 404
