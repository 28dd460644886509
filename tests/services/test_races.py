"""Do what is judged and what is done stay one, when two people work on a batch at once?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.errors import AppError, Stale, WrongState
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.workflow import engine, moves
from app.models import Batch, Candidate
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]


class Pause:
    """Lets one thread stop in the middle of its act until the other has begun its own."""

    def __init__(self) -> None:
        self.reached, self.other = threading.Event(), threading.Event()

    def here(self) -> None:
        self.reached.set()
        assert self.other.wait(timeout=20)
        # The other one is on its way to the database; what matters is that it cannot get past us.
        threading.Event().wait(0.3)


def together(app: Flask, first: Callable[[DB], Any], second: Callable[[DB], Any]) -> list[Any]:
    """Run both in threads of their own; the refusal of each, or None."""
    outcomes: list[Any] = [None, None]

    def run(place: int, work: Callable[[DB], Any]) -> None:
        with app.app_context(), clock.set_to(DAYS["submitted"]):
            session = app.extensions["sqlalchemy"].session
            scope.bind(session, SYSTEM)
            try:
                work(session)
            except AppError as refusal:
                outcomes[place] = refusal

    threads = [
        threading.Thread(target=run, args=(place, work))
        for place, work in enumerate((first, second))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def newcomer(session: DB, batch: Batch) -> Candidate:
    known = session.scalars(select(Candidate).where(Candidate.batch_id == batch.id)).first()
    assert known is not None
    return Candidate(
        batch=batch, name="曹怡", gender="1", id_number="130203198209232773",
        occupation=known.occupation, work_type=known.work_type, level=known.level,
    )  # fmt: skip


@pytest.mark.parametrize("change", ["add", "edit", "remove"])
def test_nobody_slips_into_a_roster_while_it_is_being_sent_in(
    db: DB, app: Flask, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    batch = procedure.ready_batch(db, number=3)
    number = batch.id
    db.commit()
    pause, real = Pause(), moves.problems_with

    def judged(session: Any, item: Any, move: str) -> Any:
        found = real(session, item, move)
        pause.here()
        return found

    monkeypatch.setattr(moves, "problems_with", judged)

    def send(session: DB) -> None:
        moves.act(session, SYSTEM, session.get_one(Batch, number), "submit")

    def alter(session: DB) -> None:
        assert pause.reached.wait(timeout=20)
        found = session.get_one(Batch, number)
        person = (
            newcomer(session, found)
            if change == "add"
            else session.scalars(select(Candidate).where(Candidate.batch_id == number)).first()
        )
        assert found.state == "draft"
        if change == "edit":
            person.name = "改名"
        pause.other.set()
        getattr(record, change)(session, SYSTEM, person)

    sent, altered = together(app, send, alter)
    assert sent is None
    assert isinstance(altered, Stale | WrongState)
    db.expire_all()
    assert batch.state == "submitted"
    assert db.scalar(select(func.count()).select_from(Candidate)) == 3
    assert "改名" not in set(db.scalars(select(Candidate.name)))


def test_a_batch_that_was_left_by_others_is_not_held(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    with Session(db.get_bind(), expire_on_commit=False) as other:
        theirs = other.get_one(Batch, batch.id)
        other.commit()
        moves.act(db, SYSTEM, batch, "withdraw", "不再办理")
        with pytest.raises(Stale, match="刚刚被别人办理过了"):
            engine.hold(other, theirs)  # type: ignore[arg-type]
        other.rollback()


def test_holding_changes_nothing(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    version = batch.version
    engine.hold(db, batch)
    db.commit()
    assert (batch.version, batch.state) == (version, "draft")
