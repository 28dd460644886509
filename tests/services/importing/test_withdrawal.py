"""Can an accepted import be taken back as a whole, and is it kept from it where rows are used?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import importing, scope
from app.core.errors import NotFound, RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.tables import Change, ImportRun
from app.models import Assessor, Batch, Candidate, Enterprise, Score
from app.roles import BODY_CLERK, CITY_CLERK
from tests import factories
from tests.services.importing.conftest import Desk, roster, sample, sheet
from tests.services.importing.test_rows import code, enterprises, line
from tests.services.test_cost import statements

DB = scoped_session[Session]
QIU, TANG = "130203198209232773", "130633199205277821"


@pytest.fixture
def db(session: DB) -> DB:
    scope.bind(session, SYSTEM)
    return session


def bring(db: DB, data: bytes, actor: Actor = SYSTEM, model: Any = Enterprise) -> ImportRun:
    run = importing.stage_rows(db, actor, model, {}, data, "企业.xlsx")
    importing.accept_run(db, actor, run)
    return run


def bring_roster(desk: Desk, data: bytes) -> ImportRun:
    run = importing.stage(desk.session, desk.actor, desk.batch, "roster", data, "名册.xlsx")
    importing.accept_run(desk.session, desk.actor, run)
    return run


def count(db: DB, model: Any) -> int:
    return db.scalar(select(func.count()).select_from(model)) or 0


def test_new_rows_go_and_changed_rows_are_as_before(db: DB) -> None:
    bring(db, enterprises(line(1)))
    run = bring(db, enterprises(line(1, 联系人="钱涛"), line(2), line(3)))
    assert count(db, Enterprise) == 3
    done = importing.withdraw_run(db, SYSTEM, run)
    assert (done.count, run.state, run.withdrawn_by) == (3, "withdrawn", "系统")
    kept = db.scalars(select(Enterprise)).one()
    assert (kept.credit_code, kept.contact) == (code(1), "赵敏")


def test_a_withdrawal_is_one_operation_of_the_history(db: DB) -> None:
    run = bring(db, enterprises(line(1), line(2)))
    done = importing.withdraw_run(db, SYSTEM, run)
    kinds = db.scalars(select(Change.kind).where(Change.operation == done.operation)).all()
    assert list(kinds) == ["delete", "delete"]


def test_a_withdrawn_import_is_over_and_its_file_may_come_again(db: DB) -> None:
    data = enterprises(line(1))
    run = bring(db, data)
    importing.withdraw_run(db, SYSTEM, run)
    with pytest.raises(WrongState, match="已经撤回"):
        importing.withdraw_run(db, SYSTEM, run)
    assert bring(db, data).counts["new"] == 1


def test_an_import_that_changed_nothing_has_nothing_to_take_back(db: DB) -> None:
    bring(db, enterprises(line(1)))
    run = bring(db, enterprises(line(1)))
    assert not importing.withdrawable(db, SYSTEM, run).possible
    with pytest.raises(WrongState, match="没有可以撤回"):
        importing.withdraw_run(db, SYSTEM, run)


def test_a_row_that_somebody_changed_since_keeps_the_whole_import(db: DB) -> None:
    run = bring(db, enterprises(line(1), line(2)))
    row = db.scalars(select(Enterprise).where(Enterprise.credit_code == code(2))).one()
    row.contact = "孙丽"
    record.edit(db, SYSTEM, row)
    standing = importing.withdrawable(db, SYSTEM, run)
    assert len(standing.problems) == 1
    assert row.name in standing.problems[0].message
    with pytest.raises(RulesBroken, match="没有改动任何数据"):
        importing.withdraw_run(db, SYSTEM, run)
    assert (count(db, Enterprise), run.state) == (2, "accepted")


def test_a_row_that_others_refer_to_keeps_the_whole_import(db: DB) -> None:
    run = bring(db, enterprises(line(1), line(2)))
    used = db.scalars(select(Enterprise).where(Enterprise.credit_code == code(1))).one()
    factories.commission(db, factories.body(db), used)
    problems = importing.withdrawable(db, SYSTEM, run).problems
    assert [one.code for one in problems] == ["in_use"]
    assert "委托评价" in problems[0].message


def test_a_roster_is_taken_back_while_nobody_uses_it(desk: Desk) -> None:
    bring_roster(desk, roster(("张三", "男", QIU, "电工", "电工", "五级")))
    run = bring_roster(
        desk,
        roster(
            ("张三", "男", QIU, "电工", "电工", "四级"),
            ("李四", "女", TANG, "电工", "电工", "五级"),
        ),
    )
    assert importing.withdrawable(desk.session, desk.actor, run).possible
    importing.withdraw_run(desk.session, desk.actor, run)
    kept = desk.session.scalars(select(Candidate)).one()
    assert (kept.name, kept.level.digit) == ("张三", "5")


def test_a_roster_with_scores_stays(desk: Desk, put: Callable[[Batch, str], None]) -> None:
    run = bring_roster(desk, sample("roster-tidy.xlsx"))
    first = desk.session.scalars(select(Candidate).order_by(Candidate.serial)).first()
    assert first is not None
    factories.keep(desk.session, Score(batch=desk.batch, candidate=first))
    problems = importing.withdrawable(desk.session, desk.actor, run).problems
    assert [one.code for one in problems] == ["in_use"]
    assert first.name in problems[0].message


def test_a_batch_that_was_sent_in_keeps_its_roster(
    desk: Desk, put: Callable[[Batch, str], None]
) -> None:
    run = bring_roster(desk, roster(("张三", "男", QIU, "电工", "电工", "五级")))
    put(desk.batch, "submitted")
    with pytest.raises(RulesBroken, match="不能再改"):
        importing.withdraw_run(desk.session, desk.actor, run)
    assert count(desk.session, Candidate) == 1


def test_an_accepted_import_of_another_body_is_not_found(desk: Desk) -> None:
    run = bring_roster(desk, roster(("张三", "男", QIU, "电工", "电工", "五级")))
    stranger = factories.actor(BODY_CLERK, body=factories.body(desk.session, "FREMD"))
    with scope.acting(desk.session, stranger), pytest.raises(NotFound):
        importing.withdraw_run(desk.session, stranger, run)


def test_a_list_of_related_rows_is_as_before(db: DB) -> None:
    card = factories.assessor(db, factories.body(db))
    number = card.card_no
    head = ("考评员证号", "考评职业", "工作单位")
    bring(db, sheet(head, (number, "电工、焊工", "")), model=Assessor)
    run = bring(db, sheet(head, (number, "电工、秘书", "新单位")), model=Assessor)
    importing.withdraw_run(db, SYSTEM, run)
    db.expire_all()
    kept = db.scalars(select(Assessor).where(Assessor.card_no == number)).one()
    assert sorted(one.name for one in kept.occupations) == ["焊工", "电工"]
    assert kept.employer == ""


def test_who_may_not_delete_such_rows_is_told_who_may(db: DB) -> None:
    clerk = factories.actor(CITY_CLERK, at=factories.centre(db, factories.TANGSHAN))
    head = (
        "机构备案编号",
        "机构名称",
        "机构类型",
        "备案中心",
        "属地中心",
        "所在地区",
        "有效期起",
        "有效期止",
    )
    centre = "唐山市职业技能鉴定中心"
    row = (
        "XIN",
        "新机构",
        "社会培训评价组织",
        centre,
        centre,
        "130200",
        "2021-01-01",
        "2024-12-31",
    )
    from app.models import Body

    with scope.acting(db, clerk):
        run = bring(db, sheet(head, row), clerk, Body)
        assert run.counts["new"] == 1
        problems = importing.withdrawable(db, clerk, run).problems
    assert [one.code for one in problems] == ["not_permitted"]


def test_looking_and_taking_back_cost_the_same_for_ten_rows_as_for_two(db: DB) -> None:
    costs = []
    for first, number in ((100, 2), (200, 10)):
        run = bring(db, enterprises(*(line(first + n) for n in range(number))))
        db.expire_all()
        looked = len(statements(lambda run=run: importing.withdrawable(db, SYSTEM, run)))
        taken = len(statements(lambda run=run: importing.withdraw_run(db, SYSTEM, run)))
        costs.append((looked, taken))
    assert costs[0] == costs[1]


def test_bringing_rows_in_costs_the_same_for_forty_rows_as_for_four(db: DB) -> None:
    costs = []
    # The first import of all opens the counter by which imports into a table take turns.
    for first, number in ((200, 1), (300, 4), (400, 40)):
        data = enterprises(*(line(first + n) for n in range(number)))
        run = importing.stage_rows(db, SYSTEM, Enterprise, {}, data, "企业.xlsx")
        db.expire_all()
        looked = statements(lambda run=run: importing.preview_run(db, SYSTEM, run))
        taken = statements(lambda run=run: importing.accept_run(db, SYSTEM, run))
        costs.append((_without_rows(looked), _without_rows(taken)))
    assert costs[1] == costs[2]


def _without_rows(sent: list[str]) -> int:
    """SQLite takes the new rows themselves one by one, to tell their keys."""
    return len([one for one in sent if one != "INSERT INTO enterprise"])
