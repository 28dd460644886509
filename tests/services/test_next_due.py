"""Does every batch say which date it has to keep next, whatever changes the answer?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Batch, CalendarYear, Publicity, WorkdayOverride
from app.services.filing import deadlines, next_due
from tests.factories import body, clerk
from tests.procedure import WAY, close_publicity, publicity, ready_batch, take

DB = scoped_session[Session]
FILE_BY = (date(2021, 4, 18), "latest_submission")
PUBLISH_BY = (date(2021, 5, 6), "publicity_begin")


def stored(db: DB, batch: Batch) -> tuple[date | None, str]:
    db.refresh(batch)
    return batch.next_due, batch.next_due_kind


def computed(db: DB, batch: Batch) -> tuple[date | None, str]:
    found = deadlines.pressing(db, [batch], date(2021, 4, 12)).get(batch.id)
    return (None, "") if found is None else (found.deadline.due, found.deadline.key)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run inside the block."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_new_batch_has_to_be_filed_by_its_date(db: DB) -> None:
    assert stored(db, ready_batch(db)) == FILE_BY


def test_what_stands_in_the_batch_is_what_the_rules_say_at_each_step(db: DB) -> None:
    batch = ready_batch(db)
    seen = []
    for _, state, _ in WAY:
        take(db, batch, state)
        assert stored(db, batch) == computed(db, batch), state
        seen.append(batch.next_due_kind)
    assert set(seen) == {"", "publicity_begin", "publicity_end"}
    assert stored(db, batch) == (None, "")


def test_a_returned_batch_has_to_be_filed_again(db: DB) -> None:
    batch = take(db, ready_batch(db), "submitted")
    assert stored(db, batch) == (None, "")
    moves.act(db, SYSTEM, batch, "return", "材料不全")
    assert stored(db, batch) == FILE_BY


def test_a_suspended_batch_rests_and_goes_on(db: DB) -> None:
    batch = take(db, ready_batch(db), "examining")
    assert stored(db, batch) == PUBLISH_BY
    moves.act(db, SYSTEM, batch, "suspend", "投诉待查")
    assert stored(db, batch) == (None, "")
    moves.act(db, SYSTEM, batch, "resume", "已查清")
    assert stored(db, batch) == PUBLISH_BY


def test_another_exam_day_is_another_date(db: DB) -> None:
    batch = ready_batch(db)
    batch.exam_date = date(2021, 5, 8)
    record.edit(db, SYSTEM, batch)
    assert stored(db, batch) == (date(2021, 4, 27), "latest_submission")


def test_the_end_of_the_publicity_makes_the_results_due(db: DB) -> None:
    batch = take(db, ready_batch(db), "publicising")
    assert stored(db, batch) == (date(2021, 5, 6), "publicity_end")
    close_publicity(db, batch, date(2021, 5, 8))
    assert stored(db, batch) == computed(db, batch) == (date(2021, 5, 18), "results_due")


def test_a_cancelled_publicity_has_to_begin_again(db: DB) -> None:
    batch = take(db, ready_batch(db), "publicising")
    moves.act(db, SYSTEM, publicity(db, batch), "cancel", "公示有误")
    assert stored(db, batch) == computed(db, batch) == (date(2021, 5, 6), "publicity_begin")


def test_the_days_of_the_publicity_that_stands_count_alone(db: DB) -> None:
    batch = take(db, ready_batch(db), "publicising")
    other = take(db, ready_batch(db, body(db, "OTHER"), seed=1), "publicising")
    shown = publicity(db, batch)
    db.add(Publicity(no="X-1", batch=batch, state="cancelled", opens_on=date(2021, 6, 1)))
    db.commit()
    assert next_due._publicities(db, (batch.id,)) == {batch.id: (shown.opens_on, None)}
    assert set(next_due._publicities(db, (batch.id, other.id))) == {batch.id, other.id}


def test_a_day_of_the_calendar_moves_the_dates_of_all_batches(db: DB) -> None:
    batch, other = ready_batch(db), ready_batch(db, body(db, "OTHER"), 1, seed=5)
    free = WorkdayOverride(day=date(2021, 4, 21), working=False, note="停电")
    record.add(db, SYSTEM, free)
    for one in (batch, other):
        assert stored(db, one) == computed(db, one) == (date(2021, 4, 15), "latest_submission")
    record.remove(db, SYSTEM, free)
    assert stored(db, batch) == FILE_BY


def test_who_enters_a_day_need_not_see_the_batches_that_it_moves(db: DB) -> None:
    batch = ready_batch(db)
    stranger = clerk(body(db, "OTHER"))
    with scope.acting(db, stranger):
        db.add(WorkdayOverride(day=date(2021, 4, 21), working=False))
        db.commit()
    with scope.acting(db, SYSTEM):
        assert stored(db, batch)[0] == date(2021, 4, 15)


def test_a_year_that_is_entered_gives_its_batches_their_dates(db: DB) -> None:
    batch = ready_batch(db)
    batch.exam_date = date(2041, 4, 24)
    db.commit()
    assert stored(db, batch) == (None, "latest_submission")
    record.add(db, SYSTEM, CalendarYear(year=2041, source="通知"))
    assert stored(db, batch) == computed(db, batch)
    assert batch.next_due == date(2041, 4, 16)


def test_what_is_taken_back_leaves_no_trace(db: DB) -> None:
    batch = ready_batch(db)
    batch.exam_date = date(2021, 5, 8)
    db.flush()
    db.rollback()
    db.commit()
    assert stored(db, batch) == FILE_BY


def test_the_date_follows_without_a_history_or_a_version_of_its_own(db: DB) -> None:
    from app.core.tables import Change

    batch = ready_batch(db)
    version = batch.version
    record.add(db, SYSTEM, WorkdayOverride(day=date(2021, 4, 21), working=False))
    db.refresh(batch)
    assert batch.version == version
    named = [set(fields) for fields in db.scalars(select(Change.fields))]
    assert not any({"next_due", "next_due_kind"} & fields for fields in named)


def test_the_dates_of_other_batches_are_left_alone(db: DB) -> None:
    asked = ready_batch(db)
    other = take(db, ready_batch(db, asked.body, 1, seed=3), "submitted")
    table: Any = Batch.__table__
    db.execute(update(table).values(next_due=date(2000, 1, 1), next_due_kind="results_due"))
    db.commit()
    assert next_due.recompute(db, [asked.id]) == 1
    db.expire_all()
    assert stored(db, asked) == computed(db, asked)
    assert stored(db, other) == (date(2000, 1, 1), "results_due")


def test_everything_can_be_recomputed(db: DB, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = ready_batch(db)
    done = take(db, ready_batch(db, batch.body, 1, seed=3), "submitted")
    table: Any = Batch.__table__
    db.execute(update(table).values(next_due=date(2000, 1, 1), next_due_kind="results_due"))
    assert next_due.recompute(db) == 2
    assert (stored(db, batch), stored(db, done)) == (FILE_BY, (None, ""))
    assert next_due.recompute(db) == 0
    monkeypatch.setitem(app.config, "FILING_WORKDAYS", 6)
    assert next_due.recompute(db) == 1
    assert stored(db, batch)[0] == date(2021, 4, 15)


def test_telling_many_batches_anew_costs_what_a_few_cost(db: DB) -> None:
    of = body(db)
    for number in range(2):
        ready_batch(db, of, 1, seed=number)
    db.add(WorkdayOverride(day=date(2021, 4, 21), working=False))
    with counted() as few:
        db.commit()
    for number in range(6):
        ready_batch(db, of, 1, seed=10 + number)
    db.add(WorkdayOverride(day=date(2021, 4, 22), working=False))
    with counted() as many:
        db.commit()
    assert len(many) == len(few)


def test_the_home_page_asks_by_the_stored_date(db: DB) -> None:
    batch = ready_batch(db)
    with clock.set_to(date(2021, 4, 12)):
        assert [one.batch.id for one in deadlines.due_soon(db, clock.today())] == [batch.id]


def test_a_set_based_statement_says_what_it_touched(db: DB) -> None:
    batch = ready_batch(db)
    table: Any = Batch.__table__
    db.connection().execute(update(table).values(exam_date=date(2021, 5, 8)))
    next_due.touch(db, [batch.id])
    db.commit()
    assert stored(db, batch) == (date(2021, 4, 27), "latest_submission")
