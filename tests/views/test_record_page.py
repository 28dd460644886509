"""Does a record's page say what it is, where it stands and what hangs on it, to whom it may?"""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    ViewMenu,
    assoc_permissionview_role,
)
from sqlalchemy import delete, select

from app.core import clock, scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables.user import Role
from app.core.workflow import moves as workflow
from app.models import Batch
from app.roles import AUDITOR, BODY_CLERK
from app.services.documents import documents
from tests import factories, procedure
from tests.security.people import signed_in
from tests.views.pages import keys, text


@pytest.fixture
def batch(session: AnySession) -> Batch:
    made = factories.batch(session, factories.body(session, "DEMO"), "DEMO-2021-0001")
    factories.candidates(session, made, 12)
    return made


def panel(browser: FlaskClient, batch: Batch, tab: str) -> str:
    page = browser.get(f"/batch/show/{batch.id}?tab={tab}").text
    return text(page[page.index(f'id="panel-{tab}"') :])


def line(browser: FlaskClient, batch: Batch) -> list[str]:
    page = browser.get(f"/batch/show/{batch.id}").text
    return re.findall(r'class="step-(\w+)"', page)


def moves(page: str) -> set[str]:
    return set(re.findall(r'data-move="(\w+)"', page))


def test_the_head_names_number_title_state_and_facts(province: FlaskClient, batch: Batch) -> None:
    page = province.get(f"/batch/show/{batch.id}").text
    head = text(re.search(r'<header class="record">.*?</header>', page, re.S)[0])
    for word in ("DEMO-2021-0001", "春季认定", "草稿", "评价机构正在准备", "2021-04-24"):
        assert word in head


def test_the_line_of_steps_shows_what_is_done_and_what_comes(
    session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    assert line(province, batch) == ["current", *["todo"] * 10]
    ready = procedure.take(session, procedure.ready_batch(session), "examining")
    assert line(province, ready) == [*["done"] * 3, "current", *["todo"] * 7]
    with scope.acting(session, SYSTEM):
        workflow.act(session, SYSTEM, batch, "withdraw", "不办了")
    assert line(province, batch) == ["stopped", *["todo"] * 10]


def test_a_tab_shows_the_first_rows_their_number_and_the_way_to_all(
    province: FlaskClient, batch: Batch
) -> None:
    page = province.get(f"/batch/show/{batch.id}?tab=candidate").text
    assert len(keys(page)) == 10
    assert "共 <b>12</b> 条" in page
    assert f"/candidate/list/?batch={batch.id}" in page
    assert len(keys(province.get(f"/candidate/list/?batch={batch.id}").text)) == 12


def test_an_unknown_tab_shows_the_first_one(province: FlaskClient, batch: Batch) -> None:
    page = province.get(f"/batch/show/{batch.id}?tab=zz")
    assert page.status_code == 200
    assert 'id="panel-detail"' in page.text


def test_a_tab_of_rows_that_one_may_not_list_is_not_there(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    clerk = signed_in(app, BODY_CLERK, body_id=batch.body_id)
    assert "参评人员" in _tabs(clerk, batch)
    _take_away(session, "can_list", "Candidate", BODY_CLERK)
    assert "参评人员" not in _tabs(clerk, batch)
    page = clerk.get(f"/batch/show/{batch.id}?tab=candidate").text
    assert keys(page) == []
    assert clerk.get("/candidate/list/").status_code == 403


def _tabs(browser: FlaskClient, batch: Batch) -> str:
    page = browser.get(f"/batch/show/{batch.id}").text
    return text(re.search(r'role="tablist".*?</div>', page, re.S)[0])


def _take_away(session: AnySession, permission: str, view: str, role: str) -> None:
    held = assoc_permissionview_role
    pair = (
        select(PermissionView.id)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(Permission.name == permission, ViewMenu.name == view)
    )
    role_id = select(Role.id).where(Role.name == role).scalar_subquery()
    session.execute(
        delete(held).where(held.c.permission_view_id.in_(pair), held.c.role_id == role_id)
    )
    session.commit()


def test_rows_of_a_shared_parent_are_shown_and_counted_within_scope(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    shared = factories.enterprise(session)
    other = factories.batch(session, factories.body(session, "OTHER"), enterprise=shared)
    batch.enterprise = shared
    factories.keep(session, batch)
    clerk = signed_in(app, BODY_CLERK, body_id=batch.body_id)
    page = clerk.get(f"/enterprise/show/{shared.id}?tab=batch").text
    assert keys(page) == [batch.id]
    assert other.no not in page
    assert re.search(r'认定批次<span class="tab-count">1</span>', page)


def test_only_the_moves_of_this_state_and_this_person_are_buttons(
    app: Flask, province: FlaskClient, batch: Batch
) -> None:
    page = province.get(f"/batch/show/{batch.id}").text
    # The exam day of long ago is past: no leave could let the batch be sent in any more.
    assert moves(page) == {"submit", "withdraw"}
    with clock.set_to(date(2021, 4, 22)):
        page = province.get(f"/batch/show/{batch.id}").text
    assert moves(page) == {"submit", "withdraw", "allow_late"}
    watcher = signed_in(app, AUDITOR)
    page = watcher.get(f"/batch/show/{batch.id}").text
    assert moves(page) == set()
    assert "为什么不能办" in page
    assert "您的角色不能办理" in page


def test_what_was_sent_in_is_taken_back_here_and_an_end_stands_apart(
    app: Flask, session: AnySession
) -> None:
    sent = procedure.take(session, procedure.ready_batch(session), "submitted")
    clerk = signed_in(app, BODY_CLERK, body_id=sent.body_id)
    page = clerk.get(f"/batch/show/{sent.id}").text
    assert moves(page) == {"recall", "withdraw"}
    usual, apart = page.split("更多", 1)
    assert 'data-move="recall"' in usual
    assert 'data-move="withdraw"' in apart
    clerk.post(f"/batch/{sent.id}/move/recall", data={"note": "漏了一人"})
    assert "继续" not in text(clerk.get(f"/batch/show/{sent.id}").text)
    assert moves(clerk.get(f"/batch/show/{sent.id}").text) == {"submit", "withdraw"}


def test_who_only_reads_gets_no_buttons_that_write(app: Flask, batch: Batch) -> None:
    page = signed_in(app, AUDITOR).get(f"/batch/show/{batch.id}").text
    assert f"/batch/edit/{batch.id}" not in page
    assert f"/batch/delete/{batch.id}" not in page
    assert "新增" not in signed_in(app, AUDITOR, "another").get("/batch/list/").text


def test_the_time_line_tells_what_was_changed_by_whom(
    session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    with scope.acting(session, factories.actor("city_clerk", name="田晓梅")):
        batch.place = "路北区"
        session.commit()
    shown = text(province.get(f"/batch/show/{batch.id}?tab=timeline").text)
    assert "田晓梅" in shown
    assert "评价地点" in shown
    assert "路北区" in shown


def test_the_tabs_of_dates_checks_and_tables_open(
    session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    assert "报送" in panel(province, batch, "dates")
    assert "考务安排" in panel(province, batch, "check")
    forms = province.get(f"/batch/show/{batch.id}?tab=forms").text
    for kind in documents.KINDS.values():
        with scope.acting(session, SYSTEM):
            early = documents.not_yet(session, batch, kind)
        assert (f"/batch/form/{batch.id}/{kind.name}?" in forms) is not bool(early), kind.name
    file = province.get(f"/batch/form/{batch.id}/roster")
    assert file.data[:2] == b"PK"
    assert province.get(f"/batch/form/{batch.id}/unknown").status_code == 404


def test_a_table_with_whole_numbers_is_not_handed_to_an_auditor(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    auditor = signed_in(app, AUDITOR)
    page = auditor.get(f"/batch/show/{batch.id}?tab=forms").text
    for kind in documents.KINDS.values():
        with scope.acting(session, SYSTEM):
            early = documents.not_yet(session, batch, kind)
        offered = f"/batch/form/{batch.id}/{kind.name}?" in page
        assert offered is not (kind.personal or bool(early)), kind.name
    assert auditor.get(f"/batch/form/{batch.id}/roster").status_code == 403
    assert auditor.get(f"/batch/form/{batch.id}/arrangement").status_code == 200


def test_a_change_is_read_with_its_values(
    session: AnySession, province: FlaskClient, batch: Batch
) -> None:
    with scope.acting(session, factories.actor("city_clerk", name="田晓梅")):
        batch.place = "路北区"
        session.commit()
    page = province.get("/change/list/?entity=Batch&kind=edit&q=田晓梅").text
    (change,) = keys(page)
    shown = text(province.get(f"/change/show/{change}").text)
    assert "评价地点" in shown
    assert "（空） → 路北区" in shown


def test_no_one_but_supervisors_reads_all_changes(app: Flask, batch: Batch) -> None:
    clerk = signed_in(app, BODY_CLERK, body_id=batch.body_id)
    assert clerk.get("/change/list/").status_code == 403
