"""Does the core ask a declared kind of sheet for all that it does not know itself?"""

from __future__ import annotations

import pytest
from flask import current_app
from sqlalchemy import select

from app.core import importing
from app.core.errors import NotFound
from app.core.importing import forms, sheet_kinds
from app.core.importing.heading_memory import sender_of, sender_of_rows
from app.core.roles import SYSTEM
from app.core.tables import HeadingMemory, ImportRun
from app.models import Batch, Enterprise
from app.services.declarations import SHEETS
from tests import factories
from tests.services.importing.conftest import Desk, roster

PERSON = ("张三", "男", "130203198209232773", "电工", "电工", "五级")


def test_a_kind_that_nobody_declared_is_refused_with_those_that_there_are(desk: Desk) -> None:
    with pytest.raises(NotFound, match="roster、scores、arrangement"):
        desk.preview("letters", b"")


def test_declaring_again_changes_nothing() -> None:
    before = dict(sheet_kinds.KINDS)
    importing.declare_kinds(*SHEETS)
    assert before == sheet_kinds.KINDS


def test_a_sheet_is_brought_into_no_record_but_its_own_kind(desk: Desk) -> None:
    """A body may have the same number as a batch that the clerk sees."""
    assert desk.batch.body.id
    with pytest.raises(NotFound, match="没有这个批次"):
        importing.check_open(desk.session, desk.actor, desk.batch.body, "roster")
    assert importing.open_kinds(desk.session, desk.actor, desk.batch.body) == ()


@pytest.mark.parametrize("kind", [one.name for one in SHEETS])
def test_a_kind_belongs_to_batches_and_its_rows_hang_on_one(kind: str) -> None:
    sheet = importing.kind_named(kind)
    assert sheet.parent is Batch
    assert sheet in importing.kinds_into(Batch)
    assert importing.kinds_into(Enterprise) == ()
    names = [column.field for column in forms.form_of(kind).columns]
    assert set(sheet.decides) | sheet.long_numbers <= set(names)
    assert set(sheet.printed_order()) & set(names) or not sheet.printed_order()


def test_headings_are_those_of_the_batchs_enterprise_or_of_the_bodys_own_staff(desk: Desk) -> None:
    body = desk.batch.body_id
    desk.batch.enterprise = None
    assert sender_of(desk.batch, "roster").name == f"body:{body}"
    desk.batch.enterprise = factories.enterprise(desk.session)
    desk.session.flush()
    whose = f"body:{body}/enterprise:{desk.batch.enterprise.id}"
    assert sender_of(desk.batch, "roster").name == whose
    assert sender_of_rows(desk.actor, Enterprise).name == f"body:{body}"
    assert sender_of_rows(SYSTEM, Enterprise).name == ""


def test_an_upload_keeps_its_record_and_where_its_sender_stands(desk: Desk) -> None:
    run = importing.stage(
        desk.session, desk.actor, desk.batch, "roster", roster(PERSON), "名册.xlsx"
    )
    assert (run.parent_entity, run.parent_id) == ("Batch", desk.batch.id)
    assert (run.place_kind, run.place_id) == desk.actor.place
    importing.map_headings(desk.session, desk.actor, run, {"性别": ""}, remember=True)
    kept = desk.session.scalars(select(HeadingMemory.sender)).all()
    assert list(kept) == [sender_of(desk.batch, "roster").name]


def test_an_upload_into_a_table_that_is_gone_is_gone_too(desk: Desk) -> None:
    run = importing.stage(
        desk.session, desk.actor, desk.batch, "roster", roster(PERSON), "名册.xlsx"
    )
    run.parent_entity = "Vanished"
    desk.session.flush()
    with pytest.raises(NotFound):
        importing.find_run(desk.session, run.id)
    assert desk.session.get(ImportRun, run.id) is not None


def test_a_changed_setting_has_waiting_sheets_judged_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.importing.judged_against import basis_of

    run = importing.stage(
        desk.session, desk.actor, desk.batch, "roster", roster(PERSON), "名册.xlsx"
    )
    before = basis_of(desk.session, desk.actor, run, desk.batch)
    assert basis_of(desk.session, desk.actor, run, desk.batch) == before
    monkeypatch.setitem(current_app.config, "RETAKE_MONTHS", 1)
    assert basis_of(desk.session, desk.actor, run, desk.batch).digest != before.digest
