"""Does an act stand as a whole, under one name and one actor, and wait only to write?"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.errors import AppError, RulesBroken, Stale, WrongState
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.tables import Change
from app.core.transaction import abandon, explained, transaction
from app.models import Body, Centre, WorkdayOverride
from tests import factories
from tests.holding import held_by_others

DB = scoped_session[Session]


@pytest.fixture
def db(session: DB) -> DB:
    scope.bind(session, SYSTEM)
    return session


def holiday(day: int) -> WorkdayOverride:
    return WorkdayOverride(day=date(2033, 5, day), note="放假")


def days(db: DB) -> list[int]:
    """The days of May 2033 that are kept, as somebody else reads them."""
    with Session(db.get_bind()) as other:
        scope.bind(other, SYSTEM)
        may = select(WorkdayOverride.day).where(WorkdayOverride.day >= date(2033, 5, 1))
        return sorted(one.day for one in other.scalars(may))


def named(db: DB) -> dict[str, str]:
    """What the operation is called under which each day was written, without its number."""
    lines = db.scalars(select(Change).where(Change.entity == "WorkdayOverride"))
    return {one.fields["day"][1]: one.operation.rpartition(":")[0] for one in lines}


def test_an_act_is_kept_when_its_block_ends_and_not_before(db: DB) -> None:
    with transaction(db):
        db.add(holiday(1))
        db.flush()
        assert db().in_transaction()
    assert not db().in_transaction()
    assert days(db) == [1]


@pytest.mark.parametrize(
    "raised", [WrongState("不行"), ValueError("a mistake"), KeyboardInterrupt()]
)
def test_nothing_is_kept_of_an_act_that_fails_however_it_fails(
    db: DB, raised: BaseException
) -> None:
    with pytest.raises(type(raised)), transaction(db):
        db.add(holiday(1))
        db.flush()
        raise raised
    assert not db().in_transaction()
    assert days(db) == []


def test_a_part_is_kept_with_the_act_that_it_joins_or_not_at_all(db: DB) -> None:
    with pytest.raises(WrongState), transaction(db):
        record.add(db, SYSTEM, holiday(1))
        raise WrongState("不行")
    assert days(db) == []
    with transaction(db):
        record.add(db, SYSTEM, holiday(1))
        record.add(db, SYSTEM, holiday(2))
    assert days(db) == [1, 2]


def test_an_act_does_not_stand_on_a_part_that_failed(db: DB) -> None:
    with pytest.raises(RuntimeError, match="a part of this"), transaction(db):
        db.add(holiday(1))
        with suppress(WrongState), transaction(db):
            db.add(holiday(2))
            raise WrongState("不行")
    assert days(db) == []


def test_after_an_act_that_failed_the_next_one_is_a_whole_one(db: DB) -> None:
    with pytest.raises(WrongState), transaction(db):
        raise WrongState("不行")
    with transaction(db):
        db.add(holiday(2))
    assert days(db) == [2]


def test_what_is_written_bears_the_name_of_its_own_part(db: DB) -> None:
    with transaction(db, operation="outer"):
        db.add(holiday(1))
        db.flush()
        with transaction(db, operation="inner"):
            db.add(holiday(2))
        db.add(holiday(3))
    with transaction(db):
        db.add(holiday(4))
    assert named(db) == {
        "2033-05-01": "outer", "2033-05-02": "inner", "2033-05-03": "outer", "2033-05-04": "",
    }  # fmt: skip


def test_each_act_has_a_name_of_its_own(db: DB) -> None:
    for day in (1, 2):
        with transaction(db, operation="bulk"):
            db.add(holiday(day))
    names = select(func.count(Change.operation.distinct()))
    assert db.scalar(names.where(Change.entity == "WorkdayOverride")) == 2


def test_an_act_is_that_of_its_actor_to_the_end(db: DB) -> None:
    clerk = factories.clerk(factories.body(db))
    with transaction(db, clerk):
        db.add(holiday(1))
    assert scope.actor_of(db) == SYSTEM
    line = db.scalars(select(Change).where(Change.entity == "WorkdayOverride")).one()
    assert (line.actor_id, line.actor_name) == (clerk.id, clerk.name)


def test_who_saved_a_row_first_makes_the_second_stale(db: DB) -> None:
    body = factories.body(db)
    known = body.name
    with Session(db.get_bind()) as other, transaction(other, SYSTEM):
        other.execute(update(Body).where(Body.id == body.id).values(version=Body.version + 1))
    with pytest.raises(Stale), transaction(db):
        body.name = "改名"
    assert not db().in_transaction()
    assert body.name == known


def test_nobody_waits_for_an_act_that_only_reads_so_far(db: DB, database_url: str) -> None:
    with transaction(db):
        assert db.scalar(select(func.count(Centre.id)))
        with held_by_others(database_url):
            assert db.scalar(select(func.count(Centre.id)))
        db.add(holiday(1))
    assert days(db) == [1]


def test_what_the_database_objects_to_is_said_after_it_was_asked_why(db: DB) -> None:
    record.add(db, SYSTEM, holiday(1))
    asked: list[int] = []

    def explain() -> AppError:
        asked.append(db.scalar(select(func.count(WorkdayOverride.id))) or 0)
        return RulesBroken([], "这一天已经登记")

    with pytest.raises(RulesBroken, match="这一天已经登记"), transaction(db):
        db.add(holiday(2))
        db.flush()
        with explained(db, explain):
            db.add(holiday(1))
            db.flush()
    assert asked == [1]
    assert days(db) == [1]


def test_an_objection_costs_no_more_than_its_savepoint(db: DB) -> None:
    record.add(db, SYSTEM, holiday(1))
    with transaction(db):
        db.add(holiday(2))
        known = WrongState("已有")
        with pytest.raises(WrongState), db.begin_nested(), explained(db, lambda: known):
            db.add(holiday(1))
            db.flush()
        db.add(holiday(3))
    assert days(db) == [1, 2, 3]


def test_an_act_under_way_is_ended_by_itself_alone(db: DB) -> None:
    with pytest.raises(RuntimeError, match="an act is under way"), transaction(db):
        db.add(holiday(1))
        abandon(db)
    assert days(db) == []


def test_what_was_typed_is_let_go_of_with_the_refusal(db: DB) -> None:
    body = factories.body(db)
    known = body.name
    with record.filling(db):
        body.name = "改名"
    abandon(db)
    with transaction(db):
        assert body.name == known
