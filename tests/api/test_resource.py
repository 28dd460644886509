"""Can a program do what its user can, and nothing else?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock, scope
from app.core.accounts import acting
from app.core.api.resource import EntityApi
from app.core.declarations.base import entities
from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import describe
from app.core.declarations.opening import is_issued
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change
from app.core.workflow import moves
from app.core.workflow import moves as workflow
from app.models import Batch, Candidate, Enterprise
from app.roles import AUDITOR, BODY_CLERK, CITY_ADMIN, PROVINCE_ADMIN
from seed.people import credit_code
from tests import factories, procedure
from tests.api.conftest import Programs
from tests.security.people import signed_in
from tests.services.test_cost import statements
from tests.views.world import World, is_scoped, sees

#: What is no business of a role at all, not even as an empty list.
CLOSED = {BODY_CLERK: ("draws",), CITY_ADMIN: ("draws",)}


def resources(app: Flask) -> list[EntityApi]:
    views = app.extensions["appbuilder"].baseviews
    return [view for view in views if isinstance(view, EntityApi)]


def test_every_table_is_a_resource(app: Flask) -> None:
    assert {one.model for one in resources(app)} == set(entities())


def test_what_the_procedure_issues_is_only_read(app: Flask) -> None:
    made = {one.model.__name__: one.exclude_route_methods for one in resources(app)}
    issued = [one.__name__ for one in entities() if is_issued(one)]
    assert "Certificate" in issued
    assert all({"add", "change", "remove"} <= made[name] for name in issued)
    assert "add" in made["Material"]
    assert "move" not in made["Batch"]


def test_every_row_can_be_read_by_who_sees_everything(
    app: Flask, ours: World, program: Programs
) -> None:
    caller = program(PROVINCE_ADMIN)
    for one in resources(app):
        path = f"{one.resource_name}/{ours.row(one.model).id}"
        row = caller.get(path)["result"]
        shown = {field.name for field in describe(one.model).where("show")}
        assert shown - set(one.model.__hidden__) <= set(row), one.model
        listed = caller.get(f"{one.resource_name}/?size=200")
        assert listed["count"] >= 1
        assert len(listed["result"]) == min(listed["count"], 200)


@pytest.mark.parametrize("role", [BODY_CLERK, CITY_ADMIN])
def test_a_row_out_of_scope_does_not_exist(
    app: Flask, session: AnySession, ours: World, theirs: World, program: Programs, role: str
) -> None:
    caller = program(role, ours)
    actor = acting.actor_of(caller.user)
    checked = 0
    for one in resources(app):
        if not is_scoped(one.model) or sees(session, actor, theirs.row(one.model)):
            continue
        path = f"{one.resource_name}/{theirs.row(one.model).id}"
        for method, body in (("GET", None), ("PATCH", {"version": 1}), ("DELETE", None)):
            assert caller.call(method, path, body).status_code in (403, 404, 405), (method, path)
        if find_procedure(one.model.__name__):
            assert caller.call("GET", f"{path}/moves").status_code == 404
            moves = find_procedure(one.model.__name__).moves  # type: ignore[union-attr]
            assert caller.call("POST", f"{path}/moves/{moves[0].name}", {}).status_code == 404
        listed = caller.call("GET", f"{one.resource_name}/?size=200")
        if one.model.__area__ in CLOSED.get(role, ()):
            assert listed.status_code == 403
        else:
            ids = {row["id"] for row in listed.get_json()["result"]}
            assert theirs.row(one.model).id not in ids
        checked += 1
    assert checked >= 15


def test_a_foreign_parent_cannot_be_named(ours: World, theirs: World, program: Programs) -> None:
    caller = program(BODY_CLERK, ours)
    row = caller.get(f"candidate/{ours.row(Candidate).id}")["result"]
    foreign = theirs.row(Batch).id
    body = {"version": row["version"], "batch": foreign}
    answer = caller.call("PATCH", f"candidate/{row['id']}", body)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["problems"]] == ["batch"]


def test_without_a_key_nothing_answers(app: Flask, ours: World) -> None:
    client = app.test_client()
    for head in ({}, {"Authorization": "Bearer skills_wrong"}, {"Authorization": "Basic eDp5"}):
        answer = client.get("/api/v1/batch/", headers=head)
        assert answer.status_code == 401
        assert "密钥" in answer.json["message"]


def test_a_browser_session_counts_for_nothing(app: Flask, session: AnySession) -> None:
    browser = signed_in(app, PROVINCE_ADMIN)
    assert browser.get("/batch/list/").status_code == 200
    assert browser.get("/api/v1/batch/").status_code == 401
    assert browser.post("/api/v1/enterprise/", json={}).status_code == 401


def test_a_key_opens_no_page(ours: World, program: Programs) -> None:
    caller = program(PROVINCE_ADMIN)
    head = {"Authorization": f"Bearer {caller.key}"}
    assert caller.client.get("/batch/list/", headers=head).status_code == 302


def test_rights_are_those_of_the_screens(ours: World, program: Programs) -> None:
    auditor = program(AUDITOR)
    row = auditor.get(f"enterprise/{ours.row(Enterprise).id}")["result"]
    answer = auditor.call("PATCH", f"enterprise/{row['id']}", {"version": row["version"]})
    assert answer.status_code == 403
    assert answer.json["message"]


def test_a_row_is_added_changed_and_deleted(
    session: AnySession, ours: World, program: Programs
) -> None:
    caller = program(PROVINCE_ADMIN)
    sample = ours.row(Enterprise)
    body = {
        "name": "唐山新设机械有限公司",
        "credit_code": credit_code("130203", "07777777"),
        "region": sample.region_id,
        "city_centre": sample.city_centre_id,
    }
    made = caller.call("POST", "enterprise/", body)
    assert made.status_code == 201, made.text
    row = made.json["result"]
    assert row["name"] == body["name"]
    assert row["region"]["id"] == sample.region_id

    path = f"enterprise/{row['id']}"
    changed = caller.call("PATCH", path, {"version": row["version"], "contact": "刘会计"})
    assert changed.json["result"]["contact"] == "刘会计"
    late = caller.call("PATCH", path, {"version": row["version"], "contact": "别人"})
    assert late.status_code == 409

    with scope.acting(session, SYSTEM):
        trail = session.scalars(
            select(Change).where(Change.entity == "Enterprise", Change.record_id == row["id"])
        ).all()
    assert {one.kind for one in trail} == {"add", "edit"} or len(trail) == 2
    assert {one.source for one in trail} == {"api"}
    assert caller.call("DELETE", path).status_code == 200
    assert caller.call("GET", path).status_code == 404


def test_all_problems_come_at_once_with_their_fields(ours: World, program: Programs) -> None:
    caller = program(PROVINCE_ADMIN)
    body = {"name": 7, "credit_code": "X", "region": 10**9, "unknown": 1}
    answer = caller.call("POST", "enterprise/", body)
    assert answer.status_code == 422
    found = {one["field"]: one["code"] for one in answer.json["problems"]}
    assert found == {"name": "unreadable", "region": "unreadable", "unknown": "unknown_field"}
    alone = caller.call("POST", "enterprise/", {"name": "甲", "credit_code": "X"})
    assert {one["field"] for one in alone.json["problems"]} >= {"region"}


@pytest.mark.parametrize("sent", ["[1]", "nonsense", '"text"'])
def test_what_is_no_object_is_refused(ours: World, program: Programs, sent: str) -> None:
    caller = program(PROVINCE_ADMIN)
    head = {"Authorization": f"Bearer {caller.key}", "Content-Type": "application/json"}
    answer = caller.client.post("/api/v1/enterprise/", data=sent, headers=head)
    assert answer.status_code == 422
    assert answer.json["problems"][0]["code"] == "not_json"


def test_numbers_of_people_are_masked_unless_asked_for(
    session: AnySession, ours: World, program: Programs
) -> None:
    caller = program(PROVINCE_ADMIN)
    person = ours.row(Candidate)
    path, number = f"candidate/{person.id}", person.id_number
    assert caller.get(path)["result"]["id_number"] != number
    assert caller.get(f"{path}?whole=1")["result"]["id_number"] == number
    with scope.acting(session, SYSTEM):
        noted = session.scalars(select(Change).where(Change.kind == "export")).all()
    assert [one.entity for one in noted] == ["Candidate"]
    assert program(AUDITOR).call("GET", f"{path}?whole=1").status_code == 403


def test_a_step_is_taken_or_refused_with_its_reasons(ours: World, program: Programs) -> None:
    caller = program(BODY_CLERK, ours)
    path = f"batch/{ours.row(Batch).id}/moves"
    assert "submit" in {one["move"] for one in caller.get(path)["result"]}
    refused = caller.call("POST", f"{path}/submit", {})
    assert refused.status_code == 422
    assert refused.json["problems"]
    done = caller.call("POST", f"{path}/withdraw", {"note": "登记有误"})
    assert done.status_code == 200
    assert done.json["result"]["to"] == "withdrawn"
    assert caller.call("POST", f"{path}/withdraw", {"note": "再来"}).status_code == 409
    assert caller.call("POST", f"{path}/reinstate", {"note": "恢复"}).status_code == 403
    city = program(CITY_ADMIN, ours)
    assert city.call("POST", f"{path}/reinstate", {}).status_code == 422
    again = city.call("POST", f"{path}/reinstate", {"note": "恢复"})
    assert again.json["result"] == {"move": "reinstate", "from": "withdrawn", "to": "draft"}
    assert caller.call("POST", f"{path}/fly", {}).status_code == 404


def test_what_was_returned_is_sent_again_with_an_answer_in_the_note(
    session: AnySession, program: Programs
) -> None:
    batch = procedure.take(session, procedure.ready_batch(session), "submitted")
    with scope.acting(session, SYSTEM), clock.set_to(procedure.DAYS["submitted"]):
        moves.act(session, SYSTEM, batch, "return", "缺消防证明")
    caller = program(PROVINCE_ADMIN)
    path = f"batch/{batch.id}/moves/submit"
    with clock.set_to(procedure.DAYS["submitted"]):
        refused = caller.call("POST", path, {"note": " "})
        codes = [one["code"] for one in refused.json["problems"]]
        assert (refused.status_code, codes) == (422, ["return_unanswered", "return_unchanged"])
        sent = caller.call("POST", path, {"note": "已补纸质证明\n系统里不用改"})
    assert sent.json["result"]["to"] == "submitted"


def test_a_list_costs_the_same_however_many_rows_it_holds(
    session: AnySession, ours: World, program: Programs
) -> None:
    caller = program(PROVINCE_ADMIN)
    batch = ours.row(Batch)
    few = statements(lambda: caller.get("candidate/?size=200"))
    factories.candidates(session, batch, 30)
    many = statements(lambda: caller.get("candidate/?size=200"))
    assert caller.get("candidate/")["count"] > 30
    assert len(many) == len(few)


def test_conditions_are_those_of_the_list(ours: World, program: Programs) -> None:
    caller = program(PROVINCE_ADMIN)
    batch: Any = ours.row(Batch)
    found = caller.get(f"batch/?body={batch.body_id}&q={batch.no}")
    assert [one["id"] for one in found["result"]] == [batch.id]
    assert caller.get("batch/?exam_date_from=nonsense")["count"] == 0


@pytest.mark.parametrize(
    ("asked", "code", "named"),
    [
        ("stat=draft", "unknown_condition", "stat"),
        ("exam_date_form=2021-04-24", "unknown_condition", "exam_date_form"),
        ("sort=-nosuch", "unknown_order", "sort"),
    ],
)
def test_a_misspelt_condition_is_refused_and_does_not_answer_all_rows(
    ours: World, program: Programs, asked: str, code: str, named: str
) -> None:
    caller = program(PROVINCE_ADMIN)
    answer = caller.call("GET", f"batch/?{asked}")
    assert answer.status_code == 422
    found = [(one["code"], one["field"]) for one in answer.get_json()["problems"]]
    assert found == [(code, named)]
    batch: Any = ours.row(Batch)
    found = caller.get(f"batch/?no={batch.no}&sort=-exam_date,no&size=5&page=1")
    assert found["count"] == 1


def test_a_bodys_program_names_no_centre_and_does_not_move_what_was_sent_back(
    session: AnySession, ours: World, program: Programs
) -> None:
    batch = ours.row(Batch)
    with scope.acting(session, SYSTEM):
        batch.state, batch.submitted_on = "returned", date(2021, 4, 12)
        session.commit()
        there = factories.centre(session, factories.BAODING)
        here = (batch.city_centre_id, batch.region_id)
    clerk = program(BODY_CLERK, ours)
    path = f"batch/{batch.id}"
    for wanted, field in ({"city_centre": there.id}, ""), ({"region": there.region_id}, "region"):
        version = clerk.get(path)["result"]["version"]
        answer = clerk.call("PATCH", path, {"version": version, **wanted})
        assert answer.status_code == 422, answer.text
        assert field in {one["field"] for one in answer.json["problems"]} | {""}
    with scope.acting(session, SYSTEM):
        session.expire_all()
        assert (batch.city_centre_id, batch.region_id) == here


def test_a_program_acknowledges_what_it_was_warned_of(
    session: AnySession, program: Programs
) -> None:
    batch = procedure.take(session, procedure.ready_batch(session), "registered")
    with scope.acting(session, SYSTEM):
        workflow.act(session, SYSTEM, batch.body, "suspend", "抽查发现替考")
    caller, path = program(PROVINCE_ADMIN), f"batch/{batch.id}/moves/certify"
    for body in {}, {"note": "补"}, {"note": "补", "acknowledge": "body_stopped_since"}:
        answer = caller.call("POST", path, body)
        assert answer.status_code == 422, answer.text
        (problem,) = answer.json["problems"]
        assert (problem["code"], problem["severity"]) == ("body_stopped_since", "caution")
    done = caller.call("POST", path, {"note": "补", "acknowledge": [problem["code"]]})
    assert done.json["result"] == {"move": "certify", "from": "registered", "to": "certified"}
