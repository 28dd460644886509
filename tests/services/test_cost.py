"""Does a batch act cost the same number of statements for ten candidates as for two hundred?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.history import history
from app.core.roles import SYSTEM
from app.core.workflow import moves
from app.models import Batch
from app.services.documents import documents
from app.services.filing import deadlines
from tests import factories, procedure
from tests.procedure import DAYS, WAY

DB = scoped_session[Session]
FEW, MANY = 10, 200
BEFORE = {move: before for (move, _, _), (_, before, _) in zip(WAY[1:], WAY, strict=False)}


def statements(work: Callable[[], Any]) -> list[str]:
    """What ``work`` sends to the database; one statement with many rows counts once."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(" ".join(statement.split()[:3]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return sent


def batch_of(db: DB, number: int, state: str | None) -> Batch:
    body = factories.body(db, f"B{number}")
    batch = procedure.ready_batch(db, body, number, seed=number, levels=("5", "4", "3", "2", "1"))
    return batch if state is None else procedure.take(db, batch, state, failing=range(1, 6))


def afresh(db: DB, batch: Batch) -> Batch:
    """The batch as a request finds it: nothing of it has been read."""
    number = batch.id
    db.expunge_all()
    return db.get_one(Batch, number)


def cost(db: DB, number: int, move: str) -> Counter[str]:
    batch = afresh(db, batch_of(db, number, BEFORE.get(move)))
    day = next(day for name, _, day in WAY if name == move)

    def work() -> None:
        with clock.set_to(day):
            moves.act(db, SYSTEM, batch, move)

    return Counter(statements(work))


@pytest.mark.parametrize("move", ["submit", "score", "register", "certify", "archive"])
def test_a_batch_act_costs_the_same_however_many_candidates(db: DB, move: str) -> None:
    if move == "score":  # the scores themselves are no part of the act
        few, many = scored_cost(db, FEW), scored_cost(db, MANY)
    else:
        few, many = cost(db, FEW, move), cost(db, MANY, move)
    assert many == few


def scored_cost(db: DB, number: int) -> Counter[str]:
    batch = batch_of(db, number, "examining")
    procedure.give_scores(db, batch)
    batch = afresh(db, batch)

    def work() -> None:
        with clock.set_to(DAYS["scored"]):
            moves.act(db, SYSTEM, batch, "score")

    return Counter(statements(work))


def printed(db: DB, batch: Batch, name: str) -> None:
    """A paper as its first format; one that the batch has not yet as the blank that it would be."""
    kind = documents.KINDS[name]
    if documents.not_yet(db, batch, kind):
        documents.compose(db, batch, kind)
    else:
        documents.take(db, SYSTEM, batch, name, kind.formats[0])


def test_the_official_tables_cost_the_same_however_many_candidates(db: DB) -> None:
    found = {}
    for number in (FEW, MANY):
        batch_id = batch_of(db, number, "certified").id
        for kind in documents.KINDS:
            db.expunge_all()
            batch = db.get_one(Batch, batch_id)
            sent = statements(lambda kind=kind, batch=batch: printed(db, batch, kind))
            found[kind, number] = Counter(sent)
    for kind in documents.KINDS:
        assert found[kind, MANY] == found[kind, FEW], kind


def test_the_deadlines_of_many_batches_cost_as_much_as_those_of_one(db: DB) -> None:
    body = factories.body(db)
    batches = [factories.batch(db, body) for _ in range(12)]

    def count(some: list[Batch]) -> int:
        for batch in some:
            db.refresh(batch)
        return len(statements(lambda: deadlines.pressing(db, some, clock.today())))

    assert count(batches) == count(batches[:1])


def test_a_long_history_costs_as_much_as_a_short_one(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    employers = [factories.enterprise(db, f"第{number}厂") for number in range(8)]

    def change(times: int) -> int:
        for number in range(times):
            batch.enterprise = employers[number % 8]
            batch.name = f"第{number}次"
            db.commit()
        db.expunge_all()
        found = db.get_one(Batch, batch_id)
        return len(statements(lambda: history.timeline(db, found)))

    batch_id = batch.id
    few = change(2)
    batch = db.get_one(Batch, batch_id)
    employers = [db.merge(one) for one in employers]
    assert change(16) == few
