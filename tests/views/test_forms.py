"""Does a form keep what was typed, refuse in words on the right field, and save what it should?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import clock, scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import CodeItem
from app.core.workflow import moves
from app.models import Batch, Body, Candidate, ExamSession, Region, Score, Site
from app.roles import BODY_CLERK
from tests import factories, procedure
from tests.security.people import signed_in
from tests.views.pages import text, values

RAW = re.compile(r"UNIQUE|constraint|IntegrityError|psycopg|sqlite|SELECT|INSERT|Traceback", re.I)


@pytest.fixture
def body(session: AnySession) -> Body:
    return factories.body(session, "DEMO")


@pytest.fixture
def batch(session: AnySession, body: Body) -> Batch:
    return factories.batch(session, body, "DEMO-2021-0001")


def count(session: AnySession, model: Any) -> int:
    found = select(func.count()).select_from(model).execution_options(unscoped=True)
    return session.scalar(found) or 0


def errors(page: str) -> str:
    """The summary above a refused form."""
    found = re.search(r'notice-title">没有保存.*?</div>', page, re.S)
    return text(found[0]) if found else ""


def a_site(body_: Body, **more: Any) -> dict[str, str]:
    given = {"body": body_.id, "name": "实训楼", "region": body_.region_id, "capacity": 60}
    return {name: str(value) for name, value in (given | more).items()}


def test_a_row_is_added_and_shown(province: FlaskClient, session: AnySession, body: Body) -> None:
    answer = province.post("/site/add", data=a_site(body, address="  新华道 1 号  "))
    assert answer.status_code == 302
    with scope.acting(session, SYSTEM):
        made = session.scalars(select(Site)).one()
    assert made.address == "新华道 1 号"
    assert (made.capacity, made.contact) == (60, "")
    assert answer.location == f"/site/show/{made.id}"


def test_every_missing_field_is_named_at_once(province: FlaskClient, session: AnySession) -> None:
    page = province.post("/site/add", data={"address": "新华道 1 号"}).text
    assert {"评价机构", "考点名称", "所在地区"} <= set(re.findall(r"[一-龥]+", errors(page)))
    assert count(session, Site) == 0


def test_what_was_typed_stays_when_a_rule_objects(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    person = {
        "batch": batch.id, "name": "赵新伟", "gender": "1", "document_kind": "01",
        "id_number": "130203199001011230", "employer": "冀东机械有限公司", "post": "车工",
        "remark": "第一行\r\n第二行", "phone": "13800138000", "years": "9",
        "level": factories.level(session, "4").id,
        "occupation": factories.work_type(session).occupation_id,
        "work_type": factories.work_type(session).id,
    }  # fmt: skip
    page = province.post("/candidate/add", data=person).text
    assert "身份证" in errors(page)
    kept = values(page)
    for name, value in person.items():
        assert kept[name].replace("\r", "") == str(value).replace("\r", ""), name
    assert count(session, Candidate) == 0


def test_a_problem_stands_on_its_field(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    page = province.post(
        f"/batch/edit/{batch.id}",
        data=values(province.get(f"/batch/edit/{batch.id}").text) | {"exam_end": "2021-04-01"},
    ).text
    field = re.search(r'id="field-exam_end">.*?</div>\s*</div>', page, re.S)
    assert field is not None
    assert "早于" in field[0]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("capacity", "sechzig", "请填写数字"),
        ("capacity", "99999999999", "请填写数字"),
        ("name", "长" * 81, "不能超过 80 个字"),
        ("capacity", "\0", "请填写数字"),
        ("body", "abc", "没有这条记录，或不在您的管辖范围内"),
        ("body", "99999999", "没有这条记录，或不在您的管辖范围内"),
    ],
)
def test_a_value_that_is_none_is_refused_in_words(
    province: FlaskClient, session: AnySession, body: Body, field: str, value: str, said: str
) -> None:
    answer = province.post("/site/add", data=a_site(body, **{field: value}))
    assert answer.status_code == 200
    assert said in errors(answer.text)
    assert count(session, Site) == 0


@pytest.mark.parametrize("mark", ["NaN", "sNaN", "-sNaN9", "Infinity", "-Infinity", "1e99"])
def test_a_mark_that_is_no_number_is_refused_in_words(
    province: FlaskClient, session: AnySession, body: Body, mark: str
) -> None:
    batch = procedure.take(session, procedure.ready_batch(session, body), "examining")
    found = select(Candidate.id).where(Candidate.batch_id == batch.id)
    person = session.scalar(found.execution_options(unscoped=True))
    given = {"batch": batch.id, "candidate": person, "theory": mark, "theory_state": "normal"}
    answer = province.post("/score/add", data=given)
    assert answer.status_code == 200
    assert "请填写" in errors(answer.text)
    assert count(session, Score) == 0


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        ("batch", "mode", "unknown"),
        ("batch", "exam_date", "24.4.2021"),
        ("occupation", "depth", "9"),
        ("score", "theory", "88.55"),
        ("score", "theory", "NaN"),
        ("score", "theory", "1000"),
        ("score", "theory_state", "gone"),
        ("exam_session", "theory_start", "gestern"),
    ],
)
def test_an_unknown_choice_or_bad_moment_is_no_fault(
    province: FlaskClient, entity: str, field: str, value: str
) -> None:
    answer = province.post(f"/{entity}/add", data={field: value})
    assert answer.status_code == 200
    assert re.search(rf'id="field-{field}".*?field-error', answer.text, re.S)


def test_a_duplicate_is_named_by_its_fields_without_the_databases_words(
    province: FlaskClient, session: AnySession
) -> None:
    region = factories.one(session, Region, code="130200")
    answer = province.post("/region/add", data={"code": region.code, "name": "重复"})
    assert answer.status_code == 200
    assert "已有相同“代码”的行政区划" in errors(answer.text)
    assert not RAW.search(text(answer.text))
    assert values(answer.text)["name"] == "重复"


def test_a_duplicate_of_several_fields_names_them_all(
    province: FlaskClient, session: AnySession
) -> None:
    known = factories.work_type(session)
    data = {"occupation": known.occupation_id, "name": known.name}
    answer = province.post("/work_type/add", data=data)
    assert "已有相同“职业、工种名称”的工种" in errors(answer.text)
    assert not RAW.search(text(answer.text))


def test_a_state_that_is_posted_is_not_taken(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    form = values(province.get(f"/batch/edit/{batch.id}").text)
    more = {"state": "archived", "no": "X-1", "created_by_id": "1", "suspended_from": "filed"}
    assert province.post(f"/batch/edit/{batch.id}", data=form | more).status_code == 302
    session.refresh(batch)
    assert (batch.state, batch.no) == ("draft", "DEMO-2021-0001")


def test_an_untouched_form_changes_nothing(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    version = batch.version
    form = values(province.get(f"/batch/edit/{batch.id}").text)
    assert province.post(f"/batch/edit/{batch.id}", data=form).status_code == 302
    session.refresh(batch)
    assert batch.version == version


def test_a_row_stays_with_its_batch_and_the_form_does_not_offer_another(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    person = factories.candidates(session, batch, 1)[0]
    page = province.get(f"/candidate/edit/{person.id}").text
    select_ = re.search(r'<select[^>]*name="batch"[^>]*>', page)
    assert select_ is not None
    assert "disabled" in select_[0]
    form = {name: value for name, value in values(page).items() if name != "batch"}
    answer = province.post(f"/candidate/edit/{person.id}", data=form | {"post": "装配工"})
    assert answer.status_code == 302, errors(answer.text)
    session.refresh(person)
    assert (person.batch_id, person.post) == (batch.id, "装配工")


def test_a_child_takes_its_parent_from_the_address_and_leads_back_to_its_tab(
    province: FlaskClient, session: AnySession, body: Body
) -> None:
    url = f"/site/add?body={body.id}"
    form = values(province.get(url).text)
    assert form["body"] == str(body.id)
    answer = province.post(url, data=form | a_site(body))
    assert answer.location == f"/body/show/{body.id}?tab=site"
    again = province.post(url, data=form | a_site(body, name="二号楼", again="1"))
    assert again.location == url


def test_a_parent_that_takes_no_more_says_so_before_the_form_is_filled_in(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    with scope.acting(session, SYSTEM):
        moves.act(session, SYSTEM, batch, "withdraw", "试")
    page = province.get(f"/candidate/add?batch={batch.id}").text
    assert "现在是“已终止”" in text(page)
    assert "disabled" in re.search(r"<button[^>]*>[^>]*新增参评人员", _tab(province, batch))[0]


def _tab(browser: FlaskClient, batch: Batch) -> str:
    page = browser.get(f"/batch/show/{batch.id}?tab=candidate").text
    return re.sub(r"<svg.*?</svg>", "", page, flags=re.S)


def test_a_record_that_is_closed_has_no_form(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    with scope.acting(session, SYSTEM):
        moves.act(session, SYSTEM, batch, "withdraw", "试")
    answer = province.get(f"/batch/edit/{batch.id}")
    assert (answer.status_code, answer.location) == (302, f"/batch/show/{batch.id}")
    form = {"name": "改名", "version": str(batch.version)}
    province.post(f"/batch/edit/{batch.id}", data=form)
    session.refresh(batch)
    assert batch.name != "改名"


def test_several_related_rows_are_chosen_at_once(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    judges = [factories.assessor(session, batch.body) for _ in range(2)]
    kind = factories.work_type(session)
    data = {
        "batch": batch.id, "exam_date": "2021-04-24", "occupation": kind.occupation_id,
        "work_type": kind.id, "level": factories.level(session, "4").id, "headcount": 3,
        "assessors": [judge.id for judge in judges], "theory_start": "2021-04-24T09:00",
    }  # fmt: skip
    answer = province.post("/exam_session/add", data=data)
    assert answer.status_code == 302, errors(answer.text)
    with scope.acting(session, SYSTEM):
        made = session.scalars(select(ExamSession)).one()
        assert {one.id for one in made.assessors} == {one.id for one in judges}
    page = province.get(f"/exam_session/edit/{made.id}").text
    assert page.count("selected") >= 4


def test_a_code_no_longer_in_use_stays_where_it_was(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    with scope.acting(session, SYSTEM):
        code = factories.one(session, CodeItem, code=batch.target)
        code.active = False
        session.commit()
    page = province.get(f"/batch/edit/{batch.id}").text
    assert values(page)["target"] == batch.target
    assert code.name not in text(province.get("/batch/add").text)


def test_a_row_is_deleted_by_post_and_only_where_nothing_refers_to_it(
    province: FlaskClient, session: AnySession, body: Body
) -> None:
    site = factories.keep(session, Site(body=body, name="旧楼", region_id=body.region_id))
    assert province.get(f"/site/delete/{site.id}").status_code == 405
    assert count(session, Site) == 1
    assert province.post(f"/site/delete/{site.id}").location == "/site/list/"
    assert count(session, Site) == 0
    kind = factories.work_type(session)
    refused = province.post(f"/occupation/delete/{kind.occupation_id}", follow_redirects=True)
    assert "不能删除" in text(refused.text)
    assert not RAW.search(text(refused.text))


def test_a_forged_form_is_refused(app: Any, province: FlaskClient, body: Body) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert province.post("/site/add", data=a_site(body)).status_code == 400
        assert province.post(f"/body/delete/{body.id}").status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_the_clerk_adds_a_batch_of_the_own_body(
    app: Flask, session: AnySession, body: Body
) -> None:
    clerk = signed_in(app, BODY_CLERK, body_id=body.id)
    data = {
        "name": "秋季认定", "body": body.id, "exam_date": "2021-09-18", "target": "own_staff",
        "mode": "exam",
    }  # fmt: skip
    answer = clerk.post("/batch/add", data=data)
    assert answer.status_code == 302, errors(answer.text)
    assert "秋季认定" in clerk.get("/batch/list/").text


def test_the_clerk_picks_no_centre_and_does_not_move_what_was_sent_back(
    app: Flask, session: AnySession, body: Body
) -> None:
    batch = procedure.take(session, procedure.ready_batch(session, body), "submitted")
    with scope.acting(session, SYSTEM), clock.set_to(procedure.DAYS["filed"]):
        moves.act(session, SYSTEM, batch, "return", "请核对")
        there = factories.centre(session, factories.BAODING)
        here, key = batch.city_centre_id, there.region_id
        factories.keep(session, Site(body=body, name="保定考点", region_id=key))
    clerk = signed_in(app, BODY_CLERK, body_id=body.id)
    form = values(clerk.get(f"/batch/edit/{batch.id}").text)
    assert "city_centre" not in form
    for more in {"region": str(key)}, {"city_centre": str(there.id)}:
        answer = clerk.post(f"/batch/edit/{batch.id}", data=form | more)
        assert ("评价所在地区只能由中心更改" in errors(answer.text)) == ("region" in more)
        with scope.acting(session, SYSTEM):
            session.expire_all()
            assert batch.city_centre_id == here


@pytest.mark.parametrize(("table", "field"), [("site", "body"), ("enterprise", "registered_by")])
def test_a_clerk_of_a_body_need_not_say_which_body(
    app: Flask, body: Body, table: str, field: str
) -> None:
    clerk = signed_in(app, BODY_CLERK, body_id=body.id)
    assert values(clerk.get(f"/{table}/add").text)[field] == str(body.id)
