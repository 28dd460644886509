"""Does an upload wait, learn its headings, and end once: accepted or given up?"""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.core import importing, scope
from app.core.errors import NotFound, NotPermitted, WrongState
from app.core.roles import SYSTEM
from app.core.tables import HeadingMemory, ImportRun
from app.models import Candidate
from app.roles import AUDITOR, BODY_CLERK, SYSTEM_ADMIN
from tests import factories
from tests.services.importing.conftest import Desk, desk_of, roster, sample, sheet

QIU = "130203198209232773"
TANG = "130633199205277821"
HEAD = ("序号", "职工称呼", "身份证号", "申报工种", "申报等级", "绰号")
STRANGE = sheet(HEAD, (1, "张三", QIU, "电工", "五级", "老张"))


def stage(desk: Desk, data: bytes) -> ImportRun:
    return importing.stage(desk.session, desk.actor, desk.batch, "roster", data, "名册.xlsx")


def people(desk: Desk) -> list[Candidate]:
    return list(desk.session.scalars(select(Candidate)))


def test_a_staged_upload_writes_no_candidate_until_it_is_accepted(desk: Desk) -> None:
    run = stage(desk, sample("roster-messy.xlsx"))
    assert run.counts == {"new": 31, "changed": 0, "unchanged": 0, "refused": 9}
    assert people(desk) == []
    importing.accept_run(desk.session, desk.actor, run)
    assert (len(people(desk)), run.state) == (31, "accepted")


def test_an_upload_is_accepted_only_once(desk: Desk) -> None:
    run = stage(desk, sample("roster-tidy.xlsx"))
    importing.accept_run(desk.session, desk.actor, run)
    with pytest.raises(WrongState, match="已经导入"):
        importing.accept_run(desk.session, desk.actor, run)


def test_a_discarded_upload_keeps_no_file(desk: Desk) -> None:
    run = stage(desk, sample("roster-tidy.xlsx"))
    importing.discard_run(desk.session, desk.actor, run)
    assert (run.state, run.content) == ("discarded", b"")
    with pytest.raises(WrongState, match="已经放弃"):
        importing.preview_run(desk.session, desk.actor, run)


def test_a_new_upload_takes_the_place_of_the_one_that_waited(desk: Desk) -> None:
    first = stage(desk, sample("roster-messy.xlsx"))
    second = stage(desk, sample("roster-tidy.xlsx"))
    desk.session.expire_all()
    assert (first.state, first.content, second.state) == ("discarded", b"", "staged")


def test_a_new_upload_leaves_alone_what_a_colleague_has_staged(desk: Desk) -> None:
    first = stage(desk, sample("roster-messy.xlsx"))
    colleague = factories.clerk(desk.batch.body)
    with scope.acting(desk.session, colleague):
        second = importing.stage(
            desk.session, colleague, desk.batch, "roster", sample("roster-tidy.xlsx"), "名册.xlsx"
        )
    desk.session.expire_all()
    assert (first.state, second.state) == ("staged", "staged")
    assert first.content == sample("roster-messy.xlsx")


def test_after_acceptance_only_the_refused_rows_are_kept(desk: Desk) -> None:
    run = stage(desk, sample("roster-messy.xlsx"))
    importing.accept_run(desk.session, desk.actor, run)
    page = load_workbook(io.BytesIO(run.content)).active
    assert page is not None
    assert page.max_row == 1 + 9
    assert importing.refused_of_run(desk.session, desk.actor, run) == run.content


def test_an_upload_without_refused_rows_leaves_nothing_behind(desk: Desk) -> None:
    run = stage(desk, sample("roster-tidy.xlsx"))
    importing.accept_run(desk.session, desk.actor, run)
    assert run.content == b""
    with pytest.raises(NotFound):
        importing.refused_of_run(desk.session, desk.actor, run)


def test_the_user_says_what_a_strange_heading_means(desk: Desk) -> None:
    run = stage(desk, STRANGE)
    shown = importing.preview_run(desk.session, desk.actor, run)
    assert shown.missing == ("姓名",)
    assert [(one.text, one.sample) for one in shown.headings if not one.field] == [
        ("职工称呼", "张三"), ("绰号", "老张"),
    ]  # fmt: skip
    importing.map_headings(desk.session, desk.actor, run, {"职工称呼": "name"}, remember=False)
    shown = importing.accept_run(desk.session, desk.actor, run)
    assert (shown.missing, people(desk)[0].name) == ((), "张三")


def test_a_remembered_heading_is_known_the_next_time_for_the_same_enterprise(desk: Desk) -> None:
    desk.batch.enterprise = factories.enterprise(desk.session)
    run = stage(desk, STRANGE)
    importing.map_headings(desk.session, desk.actor, run, {"职工称呼": "name"}, remember=True)
    later = desk_of(desk.session, desk.batch.body)
    assert later.preview("roster", STRANGE).missing == ("姓名",)
    later.batch.enterprise = desk.batch.enterprise
    desk.session.commit()
    assert later.preview("roster", STRANGE).missing == ()


def test_only_what_the_user_changed_is_remembered(desk: Desk) -> None:
    run = stage(desk, STRANGE)
    chosen = {"序号": "", "职工称呼": "name", "身份证号": "id_number", "绰号": ""}
    importing.map_headings(desk.session, desk.actor, run, chosen, remember=True)
    kept = desk.session.scalars(select(HeadingMemory)).all()
    assert [(one.heading, one.field) for one in kept] == [("职工称呼", "name")]


def test_a_column_may_be_left_out(desk: Desk) -> None:
    head = ("姓名", "身份证号", "申报工种", "申报等级", "备注")
    run = stage(desk, sheet(head, ("张三", QIU, "电工", "五级", "内部说明")))
    importing.map_headings(desk.session, desk.actor, run, {"备注": ""}, remember=False)
    importing.accept_run(desk.session, desk.actor, run)
    assert not people(desk)[0].remark


def test_a_field_that_does_not_exist_is_not_assigned(desk: Desk) -> None:
    run = stage(desk, STRANGE)
    importing.map_headings(desk.session, desk.actor, run, {"职工称呼": "batch_id"}, remember=True)
    assert run.mapping == {}


def test_an_upload_to_a_batch_out_of_scope_does_not_exist(desk: Desk) -> None:
    run = stage(desk, sample("roster-tidy.xlsx"))
    other = factories.body(desk.session, "FREMD")
    with scope.acting(desk.session, factories.actor(BODY_CLERK, body=other)):
        with pytest.raises(NotFound):
            importing.find_run(desk.session, run.id)
        with pytest.raises(NotFound):
            importing.preview_run(desk.session, desk.actor, run)


def test_a_batch_out_of_scope_takes_nothing(desk: Desk) -> None:
    stranger = factories.actor(BODY_CLERK, body=factories.body(desk.session, "FREMD"))
    with scope.acting(desk.session, stranger), pytest.raises(NotFound):
        importing.accept(
            desk.session, stranger, desk.batch, "roster", sample("roster-tidy.xlsx"), "a.xlsx"
        )


@pytest.mark.parametrize("role", [AUDITOR, SYSTEM_ADMIN])
def test_a_role_that_only_reads_imports_nothing(desk: Desk, role: str) -> None:
    reader = factories.actor(role, body=desk.batch.body)
    with pytest.raises(NotPermitted):
        importing.preview(
            desk.session, reader, desk.batch, "roster", sample("roster-tidy.xlsx"), "a.xlsx"
        )


def test_a_kind_that_nobody_knows_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.preview("salaries", STRANGE)


def test_each_upload_of_a_batch_stands_in_its_list(desk: Desk) -> None:
    first = stage(desk, sample("roster-tidy.xlsx"))
    importing.accept_run(desk.session, desk.actor, first)
    second = stage(desk, sample("roster-messy.xlsx"))
    found = [run.id for run in importing.runs_of(desk.session, desk.batch)]
    assert found == [second.id, first.id]


def test_a_batch_that_was_submitted_meanwhile_takes_no_staged_roster(desk: Desk) -> None:
    run = stage(desk, sample("roster-tidy.xlsx"))
    desk.batch.state = "submitted"
    desk.session.commit()
    with pytest.raises(WrongState):
        importing.accept_run(desk.session, desk.actor, run)
    desk.session.rollback()
    with scope.acting(desk.session, SYSTEM):
        assert people(desk) == []


def test_a_person_added_by_hand_between_preview_and_acceptance_is_met(desk: Desk) -> None:
    run = stage(desk, roster(("张三", "男", QIU, "电工", "电工", "五级")))
    desk.accept("roster", roster(("张三", "男", QIU, "电工", "电工", "五级")))
    shown = importing.accept_run(desk.session, desk.actor, run)
    assert (shown.counts.unchanged, len(people(desk))) == (1, 1)
