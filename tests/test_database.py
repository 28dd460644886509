"""Do writers of one process take turns, and are others in the way told from what is broken?"""

from __future__ import annotations

import sqlite3
import threading

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoTurn
from sqlalchemy.orm import Session, scoped_session

from app.core.database import WriteQueue, at_once, is_busy
from app.core.tables import NumberCounter
from tests.holding import held_by_others


def test_writers_are_let_in_as_they_came() -> None:
    queue, order = WriteQueue(patience=20, places=8), []
    queue.enter()
    threads = []
    for number in range(4):
        waiting = len(queue._waiting)

        def write(number: int = number) -> None:
            queue.enter()
            order.append(number)
            queue.leave()

        threads.append(threading.Thread(target=write))
        threads[-1].start()
        while len(queue._waiting) == waiting:
            threading.Event().wait(0.005)
    queue.leave()
    for thread in threads:
        thread.join(timeout=20)
    assert order == [0, 1, 2, 3]


def test_a_writer_waits_no_longer_than_its_patience_and_leaves_the_queue() -> None:
    queue = WriteQueue(patience=0.05, places=8)
    queue.enter()
    with pytest.raises(NoTurn):
        queue.enter()
    queue.leave()
    queue.enter()


def test_no_more_wait_than_there_are_places_for_so_that_readers_have_threads() -> None:
    queue = WriteQueue(patience=20, places=0)
    with pytest.raises(NoTurn, match="wait already"):
        queue.enter()


def test_whoever_writes_only_if_nobody_else_does_waits_for_nobody() -> None:
    queue = WriteQueue(patience=20, places=8)
    queue.enter(at_once=True)
    with pytest.raises(NoTurn):
        queue.enter(at_once=True)


def test_writing_at_once_fails_at_once_and_ordinary_writing_waits_again(
    session: scoped_session[Session], database_url: str
) -> None:
    deletion = text("DELETE FROM number_counter")
    with held_by_others(database_url), pytest.raises(OperationalError) as caught, at_once(session):
        session.execute(deletion)
    assert is_busy(caught.value)
    session.rollback()
    if session.get_bind().dialect.name == "sqlite":
        assert session.execute(text("PRAGMA busy_timeout")).scalar() == 40_000
    session.add(NumberCounter(prefix="x", last=1))
    session.commit()


@pytest.mark.parametrize(
    ("code", "busy"),
    [
        (sqlite3.SQLITE_BUSY, True),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, True),
        (sqlite3.SQLITE_LOCKED, True),
        (sqlite3.SQLITE_FULL, False),
        (sqlite3.SQLITE_ERROR, False),
    ],
)
def test_sqlite_says_busy_by_its_code(code: int, busy: bool) -> None:
    refused = sqlite3.OperationalError("refused")
    refused.sqlite_errorcode = code
    assert is_busy(OperationalError("UPDATE", {}, refused)) is busy


@pytest.mark.parametrize(
    ("refused", "busy"),
    [
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.SerializationFailure(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.UndefinedTable(), False),
    ],
)
def test_postgresql_says_busy_by_its_state(refused: Exception, busy: bool) -> None:
    assert is_busy(OperationalError("UPDATE", {}, refused)) is busy
