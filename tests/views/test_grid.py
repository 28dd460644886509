"""Are cells of a grid saved all or none, refused on the cell, and never over another's change?"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change
from app.models import Batch, Candidate, ExamSession, Score
from app.roles import AUDITOR, BODY_CLERK
from tests import factories, procedure
from tests.security.people import signed_in
from tests.services.test_cost import statements


@pytest.fixture
def batch(session: AnySession) -> Batch:
    """A draft with four people."""
    made = factories.batch(session, factories.body(session, "DEMO"), "DEMO-2021-0001")
    factories.candidates(session, made, 4)
    return made


def grid(browser: FlaskClient, address: str) -> dict[str, Any]:
    """What the page of a grid hands to its script."""
    page = browser.get(address)
    assert page.status_code == 200
    found = re.search(r"data-grid-rows[^>]*>(.*?)</script>", page.text, re.S)
    assert found is not None
    sheet: dict[str, Any] = json.loads(found[1])
    return sheet


def cells(sheet: dict[str, Any], row: int) -> dict[str, str]:
    """The texts of one row by field."""
    names = [one["name"] for one in sheet["columns"]]
    return dict(zip(names, sheet["rows"][row]["cells"], strict=True))


def send(browser: FlaskClient, sheet: dict[str, Any], *rows: tuple[int, dict[str, Any]]) -> Any:
    """Send the changed cells of these rows, numbered from 0."""
    sent = [
        {"id": sheet["rows"][at]["id"], "version": sheet["rows"][at]["version"], "cells": changed}
        for at, changed in rows
    ]
    return browser.post(sheet["url"], json={"rows": sent})


def all_of(session: AnySession, model: type[Any]) -> list[Any]:
    with scope.acting(session, SYSTEM):
        session.expire_all()
        return list(session.scalars(select(model).order_by(model.id)))


def marks(batch: Batch) -> str:
    return f"/score/grid?batch={batch.id}"


def test_every_candidate_has_a_line_and_a_score_is_made_when_it_is_first_filled(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    sheet = grid(province, marks(batch))
    assert len(sheet["rows"]) == 4
    assert sheet["rows"][0]["version"] is None
    answer = send(
        province, sheet, (0, {"theory": "80", "practical": "70.5"}), (2, {"theory": "缺考"})
    )
    assert answer.status_code == 200, answer.json
    first, second = all_of(session, Score)
    assert (first.theory, first.practical, first.outcome) == (80, 70.5, "passed")
    assert (second.theory, second.theory_state) == (None, "absent")
    with scope.acting(session, SYSTEM):
        noted = select(Change).where(Change.entity == "Score", Change.kind != "export")
        made = session.scalars(noted).all()
    assert {one.kind for one in made} == {"add"}
    assert len({one.operation for one in made}) == 1
    assert made[0].operation
    again = grid(province, marks(batch))
    assert cells(again, 0)["theory"] == "80.0"
    assert cells(again, 2)["theory_state"] == "缺考"


def test_one_refused_cell_saves_nothing_and_every_problem_comes_back_on_its_cell(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    sheet = grid(province, marks(batch))
    answer = send(
        province, sheet, (0, {"theory": "80"}), (1, {"theory": "101"}), (3, {"practical": "八十"})
    )
    assert answer.status_code == 422
    met = {(one["id"], one["field"]) for one in answer.json["problems"]}
    assert met == {(sheet["rows"][1]["id"], "theory"), (sheet["rows"][3]["id"], "practical")}
    assert all_of(session, Score) == []


def test_a_row_saved_by_others_comes_back_with_their_values_and_keeps_them(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    sheet = grid(province, f"/candidate/grid?batch={batch.id}")
    person = all_of(session, Candidate)[1]
    with scope.acting(session, factories.actor("province_clerk", name="田晓梅")):
        person.post = "钳工"
        session.commit()
    answer = send(province, sheet, (0, {"post": "车工"}), (1, {"post": "焊工", "years": "12"}))
    assert answer.status_code == 409
    (other,) = answer.json["others"]
    assert "田晓梅" in other["by"]
    now = dict(zip([one["name"] for one in sheet["columns"]], other["cells"], strict=True))
    assert now["post"] == "钳工"
    posts = [one.post for one in all_of(session, Candidate)]
    assert "车工" not in posts
    assert posts[1] == "钳工"
    sheet["rows"][1]["version"] = other["version"]
    assert send(province, sheet, (1, {"post": "焊工"})).status_code == 200
    assert all_of(session, Candidate)[1].post == "焊工"


def test_a_score_that_somebody_else_has_made_meanwhile_is_not_overwritten(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    sheet = grid(province, marks(batch))
    assert send(province, sheet, (0, {"theory": "60"})).status_code == 200
    late = send(province, sheet, (0, {"theory": "90"}))
    assert late.status_code == 409
    assert all_of(session, Score)[0].theory == 60


def test_people_and_kinds_of_work_are_taken_by_their_names_or_as_chosen(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    judges = [factories.assessor(session, batch.body) for _ in range(2)]
    kind = factories.work_type(session)
    sheet = grid(province, f"/exam_session/grid?batch={batch.id}")
    assert sheet["adds"] is True
    new = {
        "exam_date": "2021-04-24", "occupation": kind.occupation.name, "level": "四级",
        "work_type": {"text": kind.name, "key": kind.id}, "headcount": "4",
        "theory_start": "2021-04-24 09:00", "assessors": f"{judges[0].name}、{judges[1].name}",
    }  # fmt: skip
    sent = {"rows": [{"id": "new:1", "version": None, "cells": new}]}
    answer = province.post(sheet["url"], json=sent)
    assert answer.status_code == 200, answer.json
    (made,) = all_of(session, ExamSession)
    with scope.acting(session, SYSTEM):
        assert {one.id for one in made.assessors} == {one.id for one in judges}
        assert (made.batch_id, made.work_type_id, made.serial) == (batch.id, kind.id, 1)
    assert answer.json["saved"][0]["was"] == "new:1"


def test_a_name_that_is_nobodys_is_said_on_the_cell(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    sheet = grid(province, f"/candidate/grid?batch={batch.id}")
    answer = send(
        province, sheet, (0, {"work_type": "没有的工种", "gender": "中性", "years": "多年"})
    )
    assert {one["field"] for one in answer.json["problems"]} == {"work_type", "gender", "years"}


def test_rows_of_a_closed_batch_are_shown_with_the_reason_and_take_nothing(
    province: FlaskClient, session: AnySession
) -> None:
    body = factories.body(session, "DEMO")
    batch = procedure.take(session, procedure.ready_batch(session, body), "submitted")
    sheet = grid(province, f"/candidate/grid?batch={batch.id}")
    assert "不能再改" in sheet["rows"][0]["locked"]
    answer = send(province, sheet, (0, {"post": "车工"}))
    assert answer.status_code == 422
    assert "不能再改" in answer.json["problems"][0]["message"]


def test_cells_that_are_only_shown_take_nothing_whatever_is_sent(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    sheet = grid(province, f"/candidate/grid?batch={batch.id}")
    for name in ("serial", "batch", "state", "nothing", "version"):
        assert send(province, sheet, (0, {name: "9"})).status_code == 422, name
    scores = grid(province, marks(batch))
    assert send(province, scores, (0, {"outcome": "合格"})).status_code == 422
    assert send(province, scores, (0, {"review": "80"})).status_code == 422
    assert all_of(session, Score) == []


def test_rows_of_others_are_not_found(
    app: Flask, session: AnySession, batch: Batch, province: FlaskClient
) -> None:
    sheet = grid(province, f"/candidate/grid?batch={batch.id}")
    other = factories.body(session, "OTHER")
    stranger = signed_in(app, BODY_CLERK, body_id=other.id)
    assert grid(stranger, f"/candidate/grid?batch={batch.id}")["rows"] == []
    for address in ("candidate", "score"):
        sheet["url"] = f"/{address}/grid?batch={batch.id}"
        answer = send(stranger, sheet, (0, {"remark": "x"}))
        assert answer.status_code == 404
        assert answer.json["others"][0]["gone"] is True
    made = {"rows": [{"id": "new:1", "version": None, "cells": {"headcount": "3"}}]}
    assert stranger.post(f"/exam_session/grid?batch={batch.id}", json=made).status_code == 422
    assert all_of(session, ExamSession) == []


def test_people_of_others_are_not_chosen_by_their_keys(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    other = factories.body(session, "OTHER")
    foreign = factories.candidates(session, factories.batch(session, other, "OTHER-2021-0001"), 1)
    clerk = signed_in(app, BODY_CLERK, body_id=batch.body_id)
    sheet = grid(clerk, f"/candidate/grid?batch={batch.id}")
    key = {"text": "x", "key": foreign[0].batch_id}
    assert send(clerk, sheet, (0, {"batch": key})).status_code == 422


def test_who_may_not_edit_has_no_grid(app: Flask, session: AnySession, batch: Batch) -> None:
    auditor = signed_in(app, AUDITOR)
    assert auditor.get(f"/candidate/grid?batch={batch.id}").status_code in (302, 403)
    assert "表格编辑" not in auditor.get(f"/candidate/list/?batch={batch.id}").text


def test_whole_numbers_shown_in_a_grid_leave_a_note(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    sheet = grid(province, f"/candidate/grid?batch={batch.id}")
    assert "*" not in cells(sheet, 0)["id_number"]
    noted = select(Change).where(Change.entity == "Candidate", Change.kind == "export")
    with scope.acting(session, SYSTEM):
        assert session.scalars(noted).one().title == "参评人员 4 条"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        [],
        {"rows": []},
        {"rows": [1]},
        {"rows": [{"id": 1}]},
        {"rows": [{"cells": {"post": 3}}]},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    province: FlaskClient, batch: Batch, sent: Any
) -> None:
    assert province.post(f"/candidate/grid?batch={batch.id}", json=sent).status_code == 400


def test_more_than_a_grid_holds_is_refused(province: FlaskClient, batch: Batch) -> None:
    rows = [{"id": str(at), "version": 1, "cells": {}} for at in range(1001)]
    answer = province.post(f"/candidate/grid?batch={batch.id}", json={"rows": rows})
    assert answer.status_code == 413


def test_a_forged_grid_is_refused(app: Any, province: FlaskClient, batch: Batch) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = province.post(f"/candidate/grid?batch={batch.id}", json={"rows": []})
        assert answer.status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("table", ["score", "candidate"])
def test_ten_times_the_rows_take_no_more_statements(
    province: FlaskClient, session: AnySession, table: str
) -> None:
    body = factories.body(session, "DEMO")
    counts = set()
    for number, many in enumerate((3, 30), start=1):
        made = factories.batch(session, body, f"DEMO-2021-000{number}")
        factories.candidates(session, made, many)
        counts.add(_cost(province, f"/{table}/grid?batch={made.id}", many))
    assert len(counts) == 1, counts


def _cost(browser: FlaskClient, address: str, many: int) -> tuple[int, int]:
    """How often is asked to show a grid, and to save a cell of each of its rows.

    Each row is written by a statement of its own, which holds its version.
    """
    sheet = grid(browser, address)
    assert len(sheet["rows"]) == many
    rows = [(at, {"remark": "核对"}) for at in range(many)]
    looked = statements(lambda: browser.get(address))
    saved = statements(lambda: send(browser, sheet, *rows))
    assert cells(grid(browser, address), many - 1)["remark"] == "核对"
    return _asked(looked), _asked(saved)


def _asked(sent: list[str]) -> int:
    return sum(one.startswith("SELECT") for one in sent)
