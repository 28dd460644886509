"""Does a row take parents that do not belong together, by whatever door it comes?"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from app.core import scope
from app.core.bulk import bulk, row_changes
from app.core.bulk.row_edit import RowEdit
from app.core.declarations.base import entities
from app.core.declarations.field import describe
from app.core.declarations.links import Agreement, agreements, links_of
from app.core.declarations.opening import is_issued
from app.core.errors import RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.views.addresses import view_of
from app.models import (
    Batch,
    Candidate,
    Commission,
    Complaint,
    Enterprise,
    ExamPaper,
    Material,
    Objection,
    Plan,
    PrintingAgreement,
    Score,
)
from app.roles import BODY_CLERK, PROVINCE_ADMIN
from tests.api.conftest import Programs
from tests.factories import BAODING
from tests.security.people import signed_in
from tests.views.world import World

#: Every table that people fill in, with two ways up that must meet.
PAIRS = [
    (model, one)
    for model in sorted(entities(), key=lambda one: one.__name__)
    if not is_issued(model)
    for one in agreements(model)
    # Both are filled in by the procedure, out of the certificate.
    if model.__name__ != "CertificateChange"
]
pairs = pytest.mark.parametrize(
    ("model", "agreement"), PAIRS, ids=[f"{m.__name__}-{'.'.join(a.far)}" for m, a in PAIRS]
)


def parents(world: World, model: type[Any]) -> dict[str, Any]:
    """The world's row for every link of the table."""
    return {
        link.name: world.row(link.target) for link in links_of(model) if link.target is not model
    }


def apart(ours: World, theirs: World, model: type[Any], agreement: Agreement) -> dict[str, Any]:
    """Our parents, but for the far one."""
    far = agreement.far[0]
    return parents(ours, model) | {far: parents(theirs, model)[far]}


def test_there_are_such_tables() -> None:
    found = {model for model, _ in PAIRS}
    assert found == {Batch, Complaint, ExamPaper, Material, Objection, Score}


@pairs
def test_a_program_cannot_add_a_row_between_two_parents(
    ours: World, theirs: World, program: Programs, model: type[Any], agreement: Agreement
) -> None:
    if model is Material:  # files are attached on screens alone
        return
    caller, path = program(PROVINCE_ADMIN), f"{model.__tablename__}/"

    def objected(given: dict[str, Any]) -> str:
        form = {field.name for field in describe(model).where("form")}
        body = {name: row.id for name, row in given.items() if name in form}
        answer = caller.call("POST", path, body)
        assert answer.status_code == 422, answer.text
        found = [one for one in answer.json["problems"] if one["code"] == "parents_apart"]
        return "".join(one["message"] for one in found)

    assert objected(parents(ours, model)) == ""
    message = objected(apart(ours, theirs, model, agreement))
    for name in (agreement.near[0], agreement.far[0]):
        assert f"“{describe(model).field(name).label}”" in message
    assert message.endswith("请重新选择")


@pairs
def test_a_form_brings_the_reason_back(
    app: Flask, ours: World, theirs: World, model: type[Any], agreement: Agreement
) -> None:
    browser = signed_in(app, PROVINCE_ADMIN)
    given = {name: str(row.id) for name, row in apart(ours, theirs, model, agreement).items()}
    values = ours.values(model)
    texts: dict[str, Any] = {
        field.name: str(values[field.name])
        for field in describe(model).where("form")
        if field.required and not field.relation
    }
    if model is Material:  # its name is that of the file
        texts["file"] = (BytesIO(b"%PDF-1.4"), "a.pdf")
    answer = browser.post(f"{view_of(model).route_base}/add", data=texts | given)
    assert answer.status_code == 200
    assert "不属于" in answer.text


@pairs
def test_a_sheet_and_a_grid_have_such_rows_refused(
    session: AnySession, ours: World, theirs: World, model: type[Any], agreement: Agreement
) -> None:
    with scope.acting(session, SYSTEM):
        edits = [
            RowEdit(None, parents(ours, model), row=2),
            RowEdit(None, apart(ours, theirs, model, agreement), row=3),
        ]
        together, parted = row_changes.judge(session, SYSTEM, model, edits)
    assert "parents_apart" not in {one.code for one in together.problems}
    assert parted.status == "refused"
    assert ("parents_apart", 3) in {(one.code, one.row) for one in parted.problems}


def test_a_bulk_edit_leaves_the_row_with_its_own_parent(
    session: AnySession, ours: World, theirs: World
) -> None:
    paper, other = ours.row(ExamPaper), theirs.row(ExamPaper).agreement
    before = paper.agreement_id
    with scope.acting(session, SYSTEM):
        number = bulk.stage(session, SYSTEM, ExamPaper, [paper.id], {})
        kept = bulk.staged(session, SYSTEM, ExamPaper, number)
        (shown,) = bulk.preview(session, SYSTEM, ExamPaper, kept, {"agreement": other})
        (done,) = bulk.confirm(session, SYSTEM, ExamPaper, kept, {"agreement": other}).results
    assert [one.code for one in shown.problems] == ["parents_apart"]
    assert [one.code for one in done.problems] == ["parents_apart"]
    session.expire_all()
    assert paper.agreement_id == before


def test_an_uploaded_sheet_says_it_of_its_row(app: Flask, ours: World, theirs: World) -> None:
    browser, base = signed_in(app, PROVINCE_ADMIN), view_of(ExamPaper).route_base
    file = browser.get(f"{base}/export?export_columns=all&format=xlsx").data
    book = load_workbook(BytesIO(file))
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    batches, agreements_of = heads.index("认定批次") + 1, heads.index("印刷保密协议") + 1
    row = next(
        at
        for at in range(2, page.max_row + 1)
        if str(ours.row(Batch).no) in str(page.cell(at, batches).value)
    )
    page.cell(row, agreements_of).value = theirs.row(ExamPaper).agreement.no
    out = BytesIO()
    book.save(out)
    staged = browser.post(f"{base}/import", data={"file": (BytesIO(out.getvalue()), "改.xlsx")})
    assert staged.status_code == 302, staged.text[:2000]
    assert "不属于同一评价机构" in browser.get(staged.location).text


def test_a_mark_given_to_a_candidate_of_another_batch_goes_to_neither(
    session: AnySession, ours: World, theirs: World
) -> None:
    stray = Score(batch=ours.row(Batch), candidate=theirs.row(Candidate))
    with scope.acting(session, SYSTEM), pytest.raises(RulesBroken, match="不属于“认定批次”"):
        record.add(session, SYSTEM, stray)


@pytest.mark.parametrize("model", [Commission, Plan, PrintingAgreement])
def test_a_parent_with_children_does_not_go_to_another_body(
    session: AnySession, ours: World, theirs: World, program: Programs, model: type[Any]
) -> None:
    caller, row = program(PROVINCE_ADMIN), ours.row(model)
    path = f"{model.__tablename__}/{row.id}"
    body = {"version": row.version, "body": theirs.body.id}
    answer = caller.call("PATCH", path, body)
    assert answer.status_code == 422, answer.text
    assert [(one["code"], one["field"]) for one in answer.json["problems"]] == [
        ("parent_changed", "body")
    ]
    with scope.acting(session, SYSTEM):
        free = World(session, "CCC", BAODING).row(model)
    body = {"version": free.version, "body": theirs.body.id}
    assert (
        "parent_changed" not in caller.call("PATCH", f"{model.__tablename__}/{free.id}", body).text
    )


def test_a_body_names_no_parent_that_it_does_not_see(
    ours: World, theirs: World, program: Programs
) -> None:
    caller = program(BODY_CLERK, ours)
    body = {"batch": ours.row(Batch).id, "candidate": theirs.row(Candidate).id}
    answer = caller.call("POST", "score/", body)
    assert answer.status_code == 422
    assert theirs.row(Candidate).name not in answer.text


def test_what_stands_apart_from_before_may_be_saved_but_not_chosen_again(
    session: AnySession, ours: World, theirs: World
) -> None:
    """Rows of an earlier version may name two enterprises: that closes none of their fields."""
    with scope.acting(session, SYSTEM):
        batch = ours.row(Batch)
        ours_first, other = ours.row(Enterprise), theirs.row(Enterprise)
        assert batch.commission.enterprise_id == ours_first.id
        stored = update(Batch).where(Batch.id == batch.id)
        session.execute(stored.values(enterprise_id=other.id))
        session.commit()
        session.expire_all()
        batch.contact = "另一人"
        record.edit(session, SYSTEM, batch)
        batch.enterprise = ours_first
        record.edit(session, SYSTEM, batch)
        batch.enterprise = other
        with pytest.raises(RulesBroken, match="不属于"):
            record.edit(session, SYSTEM, batch)
