"""What does a user read if a value passes by every check and the database refuses it?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.errors import RulesBroken
from app.core.records import checks, record
from app.core.roles import SYSTEM
from app.core.security import keys
from app.core.transaction import transaction
from app.models import Site
from app.roles import PROVINCE_ADMIN
from tests import factories
from tests.security.people import someone

DB = scoped_session[Session]
TOLD = "“容纳人数”不能小于0，请改正"


@pytest.fixture
def site(session: DB) -> Site:
    with scope.acting(session, SYSTEM):
        of = factories.body(session)
        made = Site(body=of, name="一号考点", region=of.region, capacity=10)
        record.add(session, SYSTEM, made)
    return made


def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "limit_problems", lambda _item, _said: [])


def capacity(session: DB) -> int:
    found = session.scalar(select(Site.capacity).execution_options(unscoped=True))
    assert found is not None
    return found


def test_the_check_of_the_row_refuses_first_and_names_the_field(session: DB, site: Site) -> None:
    site.capacity = -1
    with scope.acting(session, SYSTEM), pytest.raises(RulesBroken) as caught:
        record.edit(session, SYSTEM, site)
    (problem,) = caught.value.problems
    assert (problem.code, problem.field, problem.message) == ("out_of_range", "capacity", TOLD)


def test_a_field_that_a_rule_objects_to_is_not_objected_to_twice(session: DB) -> None:
    with scope.acting(session, SYSTEM):
        of = factories.body(session)
        of.valid_to = of.valid_from.replace(year=of.valid_from.year - 1)
        with pytest.raises(RulesBroken) as caught:
            record.edit(session, SYSTEM, of)
    assert [one.code for one in caught.value.problems] == ["dates_reversed"]


def test_what_passes_the_checks_is_refused_by_the_database_in_the_same_words(
    session: DB, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchecked(monkeypatch)
    site.capacity = -1
    with scope.acting(session, SYSTEM), pytest.raises(RulesBroken) as caught:
        record.edit(session, SYSTEM, site)
    assert [(one.field, one.message) for one in caught.value.problems] == [("capacity", TOLD)]
    session.expire_all()
    assert capacity(session) == 10


def test_a_bulk_statement_is_refused_in_the_same_words(session: DB, site: Site) -> None:
    with pytest.raises(RulesBroken) as caught, transaction(session, SYSTEM):
        session.execute(text("UPDATE site SET capacity = -1"))
    assert caught.value.message == TOLD
    assert capacity(session) == 10


def test_a_program_gets_a_refusal_and_no_failure(
    app: Flask, session: DB, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchecked(monkeypatch)
    with scope.acting(session, SYSTEM):
        user = someone(PROVINCE_ADMIN)
        key = keys.issue(user, "测试", days=1)
    head = {"Authorization": f"Bearer {key}"}
    body = {"version": site.version, "capacity": -1}
    answer = app.test_client().patch(f"/api/v1/site/{site.id}", json=body, headers=head)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["problems"]] == ["capacity"]
    assert answer.json["message"] == TOLD


def test_a_value_refused_outside_of_an_act_is_no_failure_either(app: Flask, site: Site) -> None:
    def writes() -> Any:
        app.extensions["sqlalchemy"].session.execute(text("UPDATE site SET capacity = -1"))
        return "written"

    with app.test_request_context("/"):
        try:
            writes()
        except Exception as error:
            answer = app.make_response(app.handle_user_exception(error))
    assert answer.status_code == 422
    assert TOLD in answer.get_data(as_text=True)


def test_doctor_finds_nothing_in_a_sound_database(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["doctor", "--json"])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer == {"offences": [], "unsettled": [], "local_states": [], "lines": []}
    assert "核对完毕" in app.test_cli_runner().invoke(args=["doctor"]).stdout
