"""Does what was raised, received or found stay as it was, and does only the centre write findings?

Each way of writing is tried as the clerk of the body that the words are about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, importing, scope
from app.core.bulk import grid, row_changes, undo
from app.core.bulk.grid_cells import Sent
from app.core.bulk.grid_lines import NEW, OwnRows
from app.core.bulk.row_edit import RowEdit
from app.core.errors import AppError, NotPermitted, RulesBroken, WrongState
from app.core.records import guarded, record
from app.core.roles import SYSTEM, Actor
from app.core.workflow import moves
from app.models import Batch, Complaint, Inspection, Objection, Publicity
from app.roles import CITY_ADMIN, PROVINCE_ADMIN
from tests import factories, procedure
from tests.procedure import DAYS
from tests.services.importing.conftest import sheet

DB = scoped_session[Session]
DAY = DAYS["publicising"]
SAID = {"raised_on": DAY, "raised_by": "本人", "phone": "13900001234", "content": "年限不实"}


@pytest.fixture
def public(db: DB) -> Batch:
    """A batch of three in publicity."""
    return procedure.take(db, procedure.ready_batch(db), "publicising")


@pytest.fixture
def clerk(public: Batch) -> Actor:
    """The clerk of the body whose results are public."""
    return factories.clerk(public.body)


@pytest.fixture
def centre(db: DB, public: Batch) -> Actor:
    """The administrator of the centre of the place."""
    return factories.actor(CITY_ADMIN, at=public.city_centre)


@pytest.fixture
def objection(db: DB, public: Batch, clerk: Actor) -> Objection:
    """An objection as the body's clerk registered it."""
    made = Objection(publicity=procedure.publicity(db, public), **SAID)
    with scope.acting(db, clerk):
        record.add(db, clerk, made)
    return made


def refusal(act: Callable[..., Any], *given: Any, **values: Any) -> list[tuple[str, str]]:
    """What the act is refused for: fields and codes."""
    with pytest.raises(RulesBroken) as refused:
        act(*given, **values)
    return [(one.field, one.code) for one in refused.value.problems]


def edited(db: DB, actor: Actor, item: Any, **values: Any) -> None:
    with scope.acting(db, actor), clock.set_to(DAY):
        with db.no_autoflush:
            for name, value in values.items():
                setattr(item, name, value)
        record.edit(db, actor, item)


REWORDED: dict[str, Any] = {
    "content": "没有异议", "raised_by": "查无此人", "phone": "13800000000",
    "raised_on": date(2021, 4, 27),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REWORDED))
@pytest.mark.parametrize("who", ["clerk", "centre"])
def test_nobody_rewrites_an_objection(
    db: DB, objection: Objection, name: str, who: str, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who)
    with pytest.raises(RulesBroken, match="登记后不能修改；登记错了的，请") as refused:
        edited(db, actor, objection, **{name: REWORDED[name]})
    assert [one.field for one in refused.value.problems] == [name]
    assert getattr(objection, name) == SAID[name]


def test_an_objection_keeps_whom_and_what_it_concerns(
    db: DB, public: Batch, objection: Objection, clerk: Actor
) -> None:
    person = procedure.of_scores(db, public)[0].candidate
    found = refusal(edited, db, clerk, objection, candidate=person)
    assert found == [("candidate", "parent_changed")]
    with scope.acting(db, SYSTEM):
        second = Publicity(batch=public, place="企业公告栏")
        record.add(db, SYSTEM, second)
    found = refusal(edited, db, clerk, objection, publicity=second)
    assert found == [("publicity", "parent_changed")]


def test_only_the_centre_writes_the_finding(
    db: DB, objection: Objection, clerk: Actor, centre: Actor
) -> None:
    with pytest.raises(RulesBroken, match=r"“核查情况”由省中心管理员、.*填写，您的角色不能"):
        edited(db, clerk, objection, finding="经查不实")
    edited(db, centre, objection, finding="年限有误")
    with pytest.raises(RulesBroken):
        edited(db, clerk, objection, finding="")
    assert objection.finding == "年限有误"


def test_the_clerk_registers_an_objection_without_a_finding(
    db: DB, public: Batch, clerk: Actor, centre: Actor
) -> None:
    about = {"publicity": procedure.publicity(db, public), **SAID}
    with scope.acting(db, clerk):
        made = Objection(finding="经查不实", **about)
        assert refusal(record.add, db, clerk, made) == [("finding", "field_by_others")]
    with scope.acting(db, centre):
        record.add(db, centre, Objection(finding="已核实", **about))


def test_no_sheet_rewrites_an_objection(db: DB, objection: Objection, clerk: Actor) -> None:
    for field, *words in (("content", "没有异议", ""), ("finding", "", "不实")):
        rows = sheet(("异议编号", "异议内容", "核查情况"), (objection.no, *words))
        with scope.acting(db, clerk):
            run = importing.stage_rows(db, clerk, Objection, {}, rows, "异议.xlsx")
            done = importing.accept_run(db, clerk, run)
        (refused,) = done.rows
        assert refused.status == "refused"
        assert [one.field for one in refused.problems] == [field]
    assert (objection.content, objection.finding) == ("年限不实", "")


def test_no_sheet_brings_a_finding_of_the_accused(db: DB, public: Batch, clerk: Actor) -> None:
    head = ("公示", "提出日期", "提出人", "异议内容", "核查情况")
    rows = sheet(head, (procedure.publicity(db, public).no, "2021-04-26", "某人", "不公", "不实"))
    with scope.acting(db, clerk):
        run = importing.stage_rows(db, clerk, Objection, {}, rows, "异议.xlsx")
        (refused,) = importing.accept_run(db, clerk, run).rows
    assert [one.code for one in refused.problems] == ["field_by_others"]
    with scope.acting(db, SYSTEM):
        assert db.scalars(select(Objection)).all() == []


def test_no_many_rows_at_once_are_rewritten(db: DB, objection: Objection, clerk: Actor) -> None:
    for name, value in (("content", "没有异议"), ("finding", "不实")):
        edits = [RowEdit(objection.id, {name: value}, objection.version)]
        with scope.acting(db, clerk):
            written = row_changes.write(db, clerk, Objection, edits, source="bulk")
        assert [one.status for one in written.results] == ["refused"]
        assert [one.field for one in written.results[0].problems] == [name]


def test_no_cell_of_a_grid_is_rewritten(db: DB, objection: Objection, clerk: Actor) -> None:
    with scope.acting(db, clerk):
        rows = OwnRows(db, clerk, Objection, ("content", "finding"))
        for name, value in (("content", "没有异议"), ("finding", "不实"), ("content", "")):
            sent = Sent(str(objection.id), objection.version, {name: value})
            outcome = grid.save(rows, [sent])
            assert not outcome.saved
            assert [one.problem.field for one in outcome.refused] == [name]
        line = rows.lines([str(objection.id)])[str(objection.id)]
        assert set(line.locks) >= {"content", "finding"}
        assert set(rows.lines([NEW])[NEW].locks) == {"finding"}


def test_undoing_is_no_way_round(db: DB, objection: Objection, clerk: Actor, centre: Actor) -> None:
    """Neither the centre's finding, nor what was reworded before this was forbidden."""
    edits = [RowEdit(objection.id, {"finding": "年限有误"}, objection.version)]
    with scope.acting(db, centre):
        name = row_changes.write(db, centre, Objection, edits, source="bulk").operation
    with scope.acting(db, clerk), pytest.raises(RulesBroken, match="核查情况"):
        undo.undo(db, clerk, name)
    assert objection.finding == "年限有误"
    with scope.acting(db, centre):
        undo.undo(db, centre, name)
    assert objection.finding == ""


def test_undoing_does_not_reword(
    db: DB, objection: Objection, centre: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits = [RowEdit(objection.id, {"content": "年限和单位不实"}, objection.version)]
    with monkeypatch.context() as before, scope.acting(db, centre):
        before.setattr(guarded, "check_stored", lambda actor, item, stored: None)
        name = row_changes.write(db, centre, Objection, edits, source="bulk").operation
    with scope.acting(db, centre), pytest.raises(RulesBroken, match=r"异议内容.*登记后不能修改"):
        undo.undo(db, centre, name)


def test_saving_without_a_change_is_no_change(db: DB, objection: Objection, centre: Actor) -> None:
    edited(db, centre, objection, content=SAID["content"], finding="年限有误")
    assert objection.finding == "年限有误"


# -- complaints ----------------------------------------------------------------------------------


def test_nobody_rewrites_a_complaint(db: DB, public: Batch, centre: Actor) -> None:
    made = Complaint(
        centre=public.city_centre, body=public.body, received_on=DAY, channel="telephone",
        complainant="赵敏", phone="13900001234", content="收费",
    )  # fmt: skip
    with scope.acting(db, centre):
        record.add(db, centre, made)
    province = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    changed: dict[str, Any] = {
        "content": "没有收费", "complainant": "", "phone": "", "channel": "letter",
        "received_on": date(2021, 4, 27), "body": None, "batch": public,
    }  # fmt: skip
    for actor in (centre, province):
        for name, value in changed.items():
            found = refusal(edited, db, actor, made, **{name: value})
            assert [one for one, _ in found] == [name]
    edited(db, centre, made, finding="已退费")
    assert (made.content, made.finding) == ("收费", "已退费")


# -- inspections ---------------------------------------------------------------------------------


@pytest.fixture
def inspection(db: DB, public: Batch) -> Inspection:
    """The supervision of the batch, planned when it was filed."""
    with scope.acting(db, SYSTEM):
        return db.scalars(select(Inspection).where(Inspection.batch_id == public.id)).one()


FOUND: dict[str, Any] = {
    "inspected_on": date(2021, 4, 25), "place": "别处", "findings": "没有问题",
    "rectify_by": date(2021, 12, 31),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FOUND))
def test_what_was_found_stays_once_rectification_is_ordered(
    db: DB, inspection: Inspection, centre: Actor, name: str
) -> None:
    edited(db, centre, inspection, findings="标识不全", rectify_by=date(2021, 5, 7))
    with scope.acting(db, centre), clock.set_to(DAY):
        moves.act(db, centre, inspection, "order", "补齐")
    with pytest.raises(RulesBroken, match=r"只能在“待实施.*”时修改，现在是“整改中”；.*另行登记"):
        edited(db, centre, inspection, **{name: FOUND[name]})
    assert inspection.findings == "标识不全"


def test_what_was_found_stays_once_the_inspection_is_finished(
    db: DB, inspection: Inspection, centre: Actor
) -> None:
    with scope.acting(db, centre), clock.set_to(DAY):
        moves.act(db, centre, inspection, "finish")
    for name in ("inspected_on", "place", "findings"):
        found = refusal(edited, db, centre, inspection, **{name: FOUND[name]})
        assert found == [(name, "field_not_open")]
    with pytest.raises(RulesBroken, match="没有登记发现的问题，不能据以责令整改；请另行登记"):
        moves.act(db, centre, inspection, "order", "补齐")


@pytest.mark.parametrize("name", ["kind", "centre", "batch"])
def test_an_inspection_keeps_what_it_is_and_whose(
    db: DB, public: Batch, inspection: Inspection, centre: Actor, name: str
) -> None:
    others: dict[str, Any] = {
        "kind": "spot_check",
        "centre": factories.centre(db, factories.BAODING),
        "batch": procedure.ready_batch(db, public.body, exam=date(2021, 5, 24)),
    }
    found = refusal(edited, db, centre, inspection, **{name: others[name]})
    assert [one for one, _ in found] == [name]


def test_the_body_reports_what_it_has_put_right_until_it_is_closed(
    db: DB, inspection: Inspection, clerk: Actor, centre: Actor
) -> None:
    edited(db, centre, inspection, findings="标识不全", rectify_by=date(2021, 5, 7))
    with scope.acting(db, centre), clock.set_to(DAY):
        moves.act(db, centre, inspection, "order", "补齐")
    with pytest.raises(NotPermitted):
        edited(db, clerk, inspection, rectification="已补齐")
    with scope.acting(db, clerk), clock.set_to(DAY):
        moves.act(db, clerk, inspection, "report", "已补齐实操标识")
        moves.act(db, clerk, inspection, "report", "理论考场也已补齐")
    assert inspection.rectification == "已补齐实操标识\n理论考场也已补齐"
    with scope.acting(db, centre), clock.set_to(DAY):
        moves.act(db, centre, inspection, "close", "已核实")
    with scope.acting(db, clerk), pytest.raises(WrongState):
        moves.act(db, clerk, inspection, "report", "再补")
    with pytest.raises(AppError):
        edited(db, centre, inspection, rectification="")
