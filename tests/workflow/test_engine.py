"""Does the engine take a step once, whole, by the right person, and write it down?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.declarations.behaviour import procedure_of
from app.core.declarations.procedure import STAY, Move
from app.core.errors import NotPermitted, RulesBroken, Stale, WrongState
from app.core.roles import SYSTEM, Actor
from app.core.tables import Step
from app.core.workflow import engine
from app.models import Batch, Certificate
from app.roles import BODY_CLERK, CITY_ADMIN, PROVINCE_ADMIN, Officer
from tests import factories, procedure

DB = scoped_session[Session]
BATCH = procedure_of("Batch")


@pytest.fixture
def db(session: DB) -> DB:
    """The session acting as the system, so that every row is seen."""
    scope.bind(session, SYSTEM)
    return session


@pytest.fixture
def batch(db: DB) -> Batch:
    return factories.batch(db, factories.body(db))


@pytest.fixture
def city(db: DB) -> Actor:
    return factories.actor(CITY_ADMIN, at=factories.centre(db, factories.TANGSHAN))


@pytest.fixture
def clerk(batch: Batch) -> Actor:
    return factories.clerk(batch.body)


def go(db: DB, batch: Batch, move: str, actor: Actor, note: str = "") -> Step:
    """One step without the rules of the services, committed."""
    made = engine.make(db, BATCH, batch, BATCH.move(move), actor, note)
    db.commit()
    return made


def steps(db: DB, entity: str = "Batch") -> list[tuple[str, str, str]]:
    rows = db.scalars(select(Step).where(Step.entity == entity).order_by(Step.id))
    return [(row.move, row.source, row.target) for row in rows]


def test_a_step_changes_the_state_and_says_who_when_from_where_and_why(
    db: DB, batch: Batch, clerk: Actor
) -> None:
    before = batch.version
    with clock.set_to(date(2021, 4, 12)):
        made = go(db, batch, "submit", clerk, "  请审核 \n")
    assert (batch.state, batch.version) == ("submitted", before + 1)
    assert (made.source, made.target, made.note) == ("draft", "submitted", "请审核")
    assert (made.actor_id, made.actor_name, made.record_id) == (clerk.id, clerk.name, batch.id)
    assert made.at.date() == date(2021, 4, 12)
    assert isinstance(made.at, datetime)


def test_a_record_begins_its_history_with_its_birth(db: DB, batch: Batch) -> None:
    assert steps(db) == [("create", "", "draft")]


def test_a_step_is_nothing_until_it_is_committed(db: DB, batch: Batch, clerk: Actor) -> None:
    engine.make(db, BATCH, batch, BATCH.move("submit"), clerk)
    db.rollback()
    assert batch.state == "draft"
    assert steps(db) == [("create", "", "draft")]


def test_wrong_state_wrong_person_and_missing_note_are_three_answers(
    db: DB, batch: Batch, clerk: Actor, city: Actor
) -> None:
    with pytest.raises(WrongState, match="现在是“草稿”，只有“已提交”时才能退回修改"):
        go(db, batch, "return", city, "缺材料")
    go(db, batch, "submit", clerk)
    with pytest.raises(NotPermitted, match=r"您的角色不能办理“退回修改”，请由.*市中心管理员"):
        go(db, batch, "return", clerk, "缺材料")
    with pytest.raises(RulesBroken, match="必须写明理由"):
        go(db, batch, "return", city, "   ")
    db.rollback()
    assert batch.state == "submitted"
    assert [move for move, _, _ in steps(db)] == ["create", "submit"]


def test_the_state_is_asked_before_the_person_and_the_person_before_the_note(
    db: DB, batch: Batch, clerk: Actor
) -> None:
    with pytest.raises(WrongState):
        go(db, batch, "return", clerk)
    go(db, batch, "submit", factories.clerk(batch.body))
    with pytest.raises(NotPermitted):
        go(db, batch, "return", clerk)


def test_another_city_may_not_review_but_the_province_may(
    db: DB, batch: Batch, clerk: Actor
) -> None:
    other = factories.actor(CITY_ADMIN, at=factories.centre(db, factories.BAODING))
    province = factories.actor(PROVINCE_ADMIN, at=factories.centre(db, factories.PROVINCE))
    go(db, batch, "submit", clerk)
    with pytest.raises(NotPermitted, match="不归您所在的中心"):
        go(db, batch, "file", other)
    go(db, batch, "file", province)
    assert batch.state == "filed"


def two_hats(actor: Actor, *roles: str) -> Actor:
    return Officer(**{**actor.__dict__, "roles": frozenset({*actor.roles, *roles})})


def test_with_both_roles_one_still_reviews_nothing_of_ones_own(
    db: DB, batch: Batch, city: Actor
) -> None:
    both = two_hats(city, BODY_CLERK)
    go(db, batch, "submit", both)
    for move in ("file", "return"):
        with pytest.raises(NotPermitted, match=r"“报送备案”是您办理的.*必须由另一个人办理"):
            go(db, batch, move, both, "理由")


def test_a_colleagues_resubmission_does_not_make_the_first_sender_a_reviewer(
    db: DB, batch: Batch, city: Actor
) -> None:
    first = two_hats(city, BODY_CLERK)
    second = two_hats(factories.actor(CITY_ADMIN, at=factories.centre(db)), BODY_CLERK)
    third = factories.actor(CITY_ADMIN, at=factories.centre(db))
    go(db, batch, "submit", first)
    go(db, batch, "return", third, "缺材料")
    go(db, batch, "submit", second)
    for sender in (first, second):
        with pytest.raises(NotPermitted, match="必须由另一个人办理"):
            go(db, batch, "file", sender)
    go(db, batch, "file", third)
    assert batch.state == "filed"


def test_the_sender_of_another_batch_may_review_this_one(
    db: DB, batch: Batch, clerk: Actor, city: Actor
) -> None:
    other = factories.batch(db, batch.body)
    both = two_hats(city, BODY_CLERK)
    go(db, other, "submit", both)
    go(db, batch, "submit", clerk)
    go(db, batch, "file", both)
    assert batch.state == "filed"


@pytest.mark.parametrize("state", ["filed", "examining", "scored", "publicising"])
def test_a_suspended_batch_resumes_where_it_was(db: DB, state: str) -> None:
    batch = procedure.take(db, procedure.ready_batch(db), state)
    go(db, batch, "suspend", SYSTEM, "停电")
    assert (batch.state, batch.suspended_from) == ("suspended", state)
    go(db, batch, "resume", SYSTEM, "已恢复")
    assert batch.state == state
    assert steps(db)[-2:] == [("suspend", state, "suspended"), ("resume", "suspended", state)]


def another(db: DB) -> Session:
    """A second session that keeps what it read, as a request does between reading and writing."""
    made = Session(db.get_bind(), expire_on_commit=False)
    scope.bind(made, SYSTEM)
    return made


def test_of_two_who_act_at_the_same_time_the_second_is_told(db: DB, batch: Batch) -> None:
    with another(db) as other:
        theirs = other.get_one(Batch, batch.id)
        other.commit()
        go(db, batch, "submit", SYSTEM)
        with pytest.raises(Stale, match="刚刚被别人办理过了"):
            engine.make(other, BATCH, theirs, BATCH.move("submit"), SYSTEM)
        other.rollback()
        with pytest.raises(WrongState):
            engine.make(other, BATCH, theirs, BATCH.move("submit"), SYSTEM)
    assert [move for move, _, _ in steps(db)] == ["create", "submit"]


def test_unsaved_changes_of_the_record_go_with_the_step(db: DB, batch: Batch) -> None:
    batch.name = "改名"
    go(db, batch, "submit", SYSTEM)
    db.expire_all()
    assert (batch.name, batch.state) == ("改名", "submitted")


def issued(db: DB, number: int) -> tuple[Batch, list[Certificate]]:
    batch = procedure.take(db, procedure.ready_batch(db, number=number), "registered")
    rows = db.scalars(select(Certificate).where(Certificate.batch_id == batch.id))
    return batch, list(rows)


def statements_of(work: Any) -> int:
    """How many statements ``work`` sends; many rows of one statement count once."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(sent)


@pytest.mark.parametrize("number", [2, 40])
def test_many_records_take_a_step_in_three_statements(db: DB, number: int) -> None:
    _, rows = issued(db, number)
    table = procedure_of("Certificate")
    versions = {row.id: row.version for row in rows}
    sent = statements_of(
        lambda: engine.take_many(db, table, rows, table.move("issue"), SYSTEM, " 统一核发 ")
    )
    assert sent == 3
    db.commit()
    assert {row.state for row in rows} == {"valid"}
    # A form that somebody has open is stale now.
    assert {row.id: row.version - 1 for row in rows} == versions
    made = db.scalars(select(Step).where(Step.entity == "Certificate", Step.move == "issue")).all()
    assert sorted(step.record_id for step in made) == sorted(row.id for row in rows)
    assert {(s.source, s.target, s.note) for s in made} == {("reserved", "valid", "统一核发")}


def test_many_records_step_together_or_not_at_all(db: DB) -> None:
    _, rows = issued(db, 3)
    table = procedure_of("Certificate")
    engine.make(db, table, rows[1], table.move("void"), SYSTEM, "作废")
    db.commit()
    with pytest.raises(WrongState, match="已作废"):
        engine.take_many(db, table, rows, table.move("issue"), SYSTEM)
    db.rollback()
    assert [row.state for row in rows] == ["reserved", "void", "reserved"]


def test_many_records_of_which_one_was_taken_meanwhile_stay_as_they_are(db: DB) -> None:
    _, rows = issued(db, 3)
    table = procedure_of("Certificate")
    with another(db) as other:
        theirs = list(other.scalars(select(Certificate).order_by(Certificate.id)))
        other.commit()
        engine.make(db, table, rows[0], table.move("void"), SYSTEM, "作废")
        db.commit()
        with pytest.raises(Stale):
            engine.take_many(other, table, theirs, table.move("issue"), SYSTEM)
        other.rollback()
    db.expire_all()
    assert [row.state for row in rows] == ["void", "reserved", "reserved"]


def test_no_record_takes_no_statement(db: DB) -> None:
    table = procedure_of("Certificate")
    assert statements_of(lambda: engine.take_many(db, table, [], table.move("issue"), SYSTEM)) == 0


def test_no_step_bears_a_day_before_the_last_one(db: DB, batch: Batch, clerk: Actor) -> None:
    with clock.set_to(date(2021, 4, 12)):
        go(db, batch, "submit", clerk)
    with clock.set_to(date(2021, 4, 11)), pytest.raises(RulesBroken, match="早于上一步") as refusal:
        engine.make(db, BATCH, batch, BATCH.move("withdraw"), clerk, "不办了")
    db.rollback()
    assert [one.code for one in refusal.value.problems] == ["step_order"]
    assert batch.state == "submitted"
    with clock.set_to(date(2021, 4, 12)):
        go(db, batch, "withdraw", clerk, "不办了")


def test_what_somebody_acted_on_is_not_taken_back_though_its_state_is_the_same(
    db: DB, batch: Batch, clerk: Actor, city: Actor
) -> None:
    seen = Move("see", "查收", ("submitted",), STAY, city.roles)
    table = replace(BATCH, moves=(*BATCH.moves, seen))
    recall = table.move("recall")
    go(db, batch, "submit", clerk)
    engine.make(db, table, batch, seen, city)
    with pytest.raises(WrongState, match="已经办理过“查收”，不能再收回"):
        engine.make(db, table, batch, recall, clerk)


def test_what_came_back_and_was_sent_again_may_be_taken_back_again(
    db: DB, batch: Batch, clerk: Actor, city: Actor
) -> None:
    for move, who, note in (
        ("submit", clerk, ""), ("recall", clerk, ""), ("submit", clerk, ""),
        ("return", city, "缺材料"), ("submit", clerk, ""), ("recall", clerk, ""),
    ):  # fmt: skip
        go(db, batch, move, who, note)
    assert batch.state == "draft"


def test_nor_do_many_steps_that_follow_from_one_act(db: DB) -> None:
    with clock.set_to(date(2021, 6, 1)):
        batch = procedure.take(db, procedure.ready_batch(db), "registered")
    table = procedure_of("Certificate")
    found = db.scalars(select(Certificate).where(Certificate.batch_id == batch.id)).all()
    move = next(one for one in table.moves if found[0].state in one.sources)
    with clock.set_to(date(2020, 1, 1)), pytest.raises(RulesBroken, match="早于上一步"):
        engine.take_many(db, table, found, move, SYSTEM, "原因")


def test_a_record_without_a_step_has_an_empty_note(db: DB) -> None:
    assert engine.last_note(db, factories.enterprise(db)) == ""
