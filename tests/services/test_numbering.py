"""Do running numbers run: per prefix, without gaps, never twice?"""

from __future__ import annotations

import threading

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core.records.numbering import next_number, next_value
from app.core.tables import NumberCounter

DB = scoped_session[Session]


def test_numbers_run_per_prefix(db: DB) -> None:
    assert [next_number(db, "DEMO-2021") for _ in range(3)] == [
        "DEMO-2021-0001",
        "DEMO-2021-0002",
        "DEMO-2021-0003",
    ]
    assert next_number(db, "DEMO-2022") == "DEMO-2022-0001"


def test_several_at_once_are_consecutive(db: DB) -> None:
    assert next_value(db, "x", 5) == 1
    assert next_value(db, "x", 2) == 6
    assert next_value(db, "x") == 8


def test_the_width_is_a_least_width(db: DB) -> None:
    db.add(NumberCounter(prefix="x", last=9999))
    db.commit()
    assert next_number(db, "x") == "x-10000"
    assert next_number(db, "y", width=2) == "y-01"


def test_a_number_of_an_undone_act_is_given_again(db: DB) -> None:
    assert next_value(db, "x") == 1
    db.commit()
    assert next_value(db, "x") == 2
    db.rollback()
    assert next_value(db, "x") == 2


def test_numbers_taken_at_the_same_time_are_different_and_without_gap(app: Flask, db: DB) -> None:
    start, given = threading.Barrier(4, timeout=30), []

    def take() -> None:
        with app.app_context():
            session = app.extensions["sqlalchemy"].session
            start.wait()
            for _ in range(5):
                given.append(next_value(session, "new"))
                session.commit()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(given) == list(range(1, 21))
    assert db.scalar(select(NumberCounter.last).where(NumberCounter.prefix == "new")) == 20
