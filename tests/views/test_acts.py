"""Does a click become an act, once, by the right person, with an answer for each record?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Step
from app.core.workflow import moves
from app.models import Batch
from app.roles import AUDITOR, BODY_CLERK
from tests import factories, procedure
from tests.security.people import signed_in
from tests.views.pages import text


@pytest.fixture
def batches(session: AnySession) -> list[Batch]:
    of = factories.body(session, "DEMO")
    return [factories.batch(session, of, f"DEMO-2021-{at:04d}") for at in range(1, 5)]


def states(session: AnySession, batches: list[Batch]) -> list[str]:
    ids = [batch.id for batch in batches]
    found = select(Batch.state).where(Batch.id.in_(ids)).order_by(Batch.id)
    with scope.acting(session, SYSTEM):
        return list(session.scalars(found))


def steps(session: AnySession) -> int:
    return session.scalar(select(func.count()).select_from(Step)) or 0


def move(browser: FlaskClient, batch: Batch, name: str, note: str = "") -> Any:
    url = f"/batch/{batch.id}/move/{name}"
    return browser.post(url, data={"note": note}, follow_redirects=True)


def withdraw_many(browser: FlaskClient, query: str = "", **data: Any) -> Any:
    given = {"action": "withdraw", "note": "不办了"} | data
    return browser.post(f"/batch/moves{query}", data=given)


def test_a_move_is_made_and_said(
    session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    answer = move(province, batches[0], "withdraw", "企业不办了")
    assert "已办理“终止”，现为“已终止”" in text(answer.text)
    assert states(session, batches)[0] == "withdrawn"
    assert "企业不办了" in text(province.get(f"/batch/show/{batches[0].id}?tab=timeline").text)


def test_a_note_is_kept_without_what_no_database_keeps(
    session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    assert move(province, batches[0], "withdraw", "不\0办了").status_code == 200
    assert withdraw_many(province, rowid=batches[1].id, note="也\0不办了").status_code == 200
    assert states(session, batches)[:2] == ["withdrawn", "withdrawn"]
    notes = session.scalars(select(Step.note).where(Step.move == "withdraw").order_by(Step.id))
    assert list(notes) == ["不办了", "也不办了"]


def test_an_address_of_any_signs_leads_back_to_the_list(province: FlaskClient) -> None:
    for query in ("q=\xe4\xb8\xad", "q=%FF%0D%0AX:1"):
        answer = province.post(
            "/batch/moves", data={"action": "submit"}, environ_overrides={"QUERY_STRING": query}
        )
        assert answer.status_code == 302
        assert answer.location.startswith("/batch/list/?q=")
        assert province.get(answer.location).status_code == 200


def test_wrong_state_wrong_person_and_broken_rules_are_three_answers(
    app: Flask, session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    wrong_state = text(move(province, batches[0], "file").text)
    assert "现在是“草稿”，只有" in wrong_state
    clerk = signed_in(app, BODY_CLERK, body_id=batches[0].body_id)
    wrong_person = text(move(clerk, batches[0], "suspend", "试").text)
    assert "现在是“草稿”" in wrong_person or "您的角色不能办理" in wrong_person
    broken = move(province, batches[0], "submit").text
    assert len(re.findall(r'class="notice notice-red flash"', broken)) > 1
    assert states(session, batches)[0] == "draft"


def test_a_note_that_is_demanded_must_be_written(
    session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    assert "必须写明理由" in text(move(province, batches[0], "withdraw", "   ").text)
    assert states(session, batches)[0] == "draft"


def test_an_unknown_move_is_not_found(province: FlaskClient, batches: list[Batch]) -> None:
    assert province.post(f"/batch/{batches[0].id}/move/explode").status_code == 404
    assert withdraw_many(province, action="explode", rowid=["1"]).status_code == 404
    assert withdraw_many(province, action="", rowid=["1"]).status_code == 404


def test_no_move_is_made_by_following_a_link(
    session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    for url in (f"/batch/{batches[0].id}/move/withdraw?note=x", "/batch/moves?action=withdraw"):
        assert province.get(url).status_code == 405
    assert set(states(session, batches)) == {"draft"}


def test_many_are_moved_at_once_with_an_answer_for_each(
    session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    move(province, batches[1], "withdraw", "先撤一个")
    chosen = [str(batch.id) for batch in batches[:3]]
    answer = withdraw_many(province, rowid=[*chosen, chosen[0], "x", "-1", "77777"])
    shown = text(answer.text)
    assert re.search(r"2\s*条成功", shown)
    assert re.search(r"2\s*条失败", shown)
    assert "现在是“已终止”" in shown
    assert states(session, batches) == ["withdrawn"] * 3 + ["draft"]


def test_nothing_chosen_is_said(province: FlaskClient, batches: list[Batch]) -> None:
    assert withdraw_many(province, rowid=[]).status_code == 302
    assert "没有选中任何记录" in text(province.get("/batch/list/").text)


def test_too_many_at_once_are_refused_whole(
    monkeypatch: pytest.MonkeyPatch,
    session: AnySession,
    province: FlaskClient,
    batches: list[Batch],
) -> None:
    monkeypatch.setattr("app.core.views.acting.MOST", 3)
    withdraw_many(province, rowid=[str(batch.id) for batch in batches])
    assert "一次最多办理 3 条" in text(province.get("/batch/list/").text)
    assert set(states(session, batches)) == {"draft"}


def test_refused_rows_stand_first_and_their_reasons_are_counted(
    province: FlaskClient, batches: list[Batch]
) -> None:
    answer = withdraw_many(
        province, rowid=[*(str(one.id) for one in batches), *map(str, range(9001, 9005))]
    )
    shown = text(answer.text)
    assert shown.index("没有办理的 4 条") < shown.index("已办理的 4 条")
    assert re.search(r"4\s*条：没有这条记录，或不在您的管辖范围内", shown)


def test_who_may_make_no_move_is_offered_none(
    app: Flask, session: AnySession, batches: list[Batch]
) -> None:
    watcher = signed_in(app, AUDITOR)
    assert 'name="action"' not in watcher.get("/batch/list/").text
    answer = withdraw_many(watcher, rowid=[str(batches[0].id)])
    assert answer.status_code in (200, 403)
    assert set(states(session, batches)) == {"draft"}


def test_a_list_of_one_state_offers_only_what_leaves_it(
    province: FlaskClient, batches: list[Batch]
) -> None:
    def offered(url: str) -> set[str]:
        return set(re.findall(r'name="action" value="(\w+)"', province.get(url).text))

    leaving = {"submit", "withdraw", "allow_late", "revoke_late"}
    assert offered("/batch/list/?state=draft") == leaving
    assert {"submit", "file", "suspend"} < offered("/batch/list/")


def test_a_table_without_a_procedure_has_no_moves(province: FlaskClient) -> None:
    assert province.post("/site/moves", data={"action": "x", "rowid": "1"}).status_code == 404
    assert 'name="action"' not in province.get("/region/list/").text


def test_a_forged_act_is_refused(
    app: Flask, session: AnySession, province: FlaskClient, batches: list[Batch]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert move(province, batches[0], "withdraw", "x").status_code == 400
        assert withdraw_many(province, rowid=[str(batches[0].id)]).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert set(states(session, batches)) == {"draft"}


@pytest.fixture
def stopped(session: AnySession) -> list[Batch]:
    """Two batches before their certificates, whose body was suspended meanwhile."""
    of = factories.body(session, "STOP")
    made = [procedure.take(session, procedure.ready_batch(session, of), "registered") for _ in "ab"]
    with scope.acting(session, SYSTEM):
        moves.act(session, SYSTEM, of, "suspend", "抽查发现替考")
    return made


def hidden(page: str) -> list[tuple[str, str]]:
    """What a form of acknowledgement posts besides its note."""
    return re.findall(r'type="hidden" name="(acknowledge|rowid|action)" value="(.*?)"', page)


def test_a_caution_is_shown_and_acknowledged_on_a_page_of_its_own(
    session: AnySession, province: FlaskClient, stopped: list[Batch]
) -> None:
    batch = stopped[0]
    answer = move(province, batch, "certify", "先核发这批")
    said = text(answer.text)
    assert "“STOP评价中心”的备案现在已暂停或注销" in said
    assert "仍然核发证书" in said
    assert "先核发这批</textarea>" in answer.text
    assert states(session, stopped) == ["registered"] * 2
    given = hidden(answer.text)
    assert given == [("acknowledge", "body_stopped_since")]
    assert re.search(rf'action="/batch/{batch.id}/move/certify"', answer.text)
    data = {**dict(given), "note": "考评在暂停前完成"}
    done = province.post(f"/batch/{batch.id}/move/certify", data=data, follow_redirects=True)
    assert "已办理“核发证书”" in text(done.text)
    assert states(session, stopped) == ["certified", "registered"]
    timeline = text(province.get(f"/batch/show/{batch.id}?tab=timeline").text)
    assert "考评在暂停前完成（已知悉：" in timeline


def test_cautions_of_many_are_acknowledged_together(
    session: AnySession, province: FlaskClient, stopped: list[Batch]
) -> None:
    ids = [batch.id for batch in stopped]
    page = province.post("/batch/moves", data={"action": "certify", "rowid": ids}).text
    assert "其中 2 条确认后可以办理" in text(page)
    assert states(session, stopped) == ["registered"] * 2
    given = hidden(page)
    assert given == [
        ("action", "certify"), *(("rowid", f"{key}") for key in ids),
        ("acknowledge", "body_stopped_since"),
    ]  # fmt: skip
    data = {"action": "certify", "rowid": ids, "acknowledge": "body_stopped_since"}
    province.post("/batch/moves", data=data)
    assert states(session, stopped) == ["registered"] * 2
    done = province.post("/batch/moves", data=data | {"note": "考评在暂停前完成"})
    assert "确认后可以办理" not in text(done.text)
    assert states(session, stopped) == ["certified"] * 2
