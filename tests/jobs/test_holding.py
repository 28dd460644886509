"""Is a job worked on by one server at a time, and never left to nobody?"""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from app.core import clock, jobs
from app.core.errors import DiskFull
from app.core.jobs import job_list, job_run, patience, sweeping, work
from app.core.jobs.job_run import Lost
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Job, JobPart
from app.models import Batch
from app.services.documents import package
from tests.jobs.asking import asked, held, now


def run_out(session: AnySession, job: Job) -> None:
    past = clock.now() - timedelta(seconds=1)
    session.execute(update(Job).where(Job.id == job.id).values(leased_until=past))
    session.commit()


def parts(session: AnySession) -> int:
    return session.scalar(select(func.count()).select_from(JobPart)) or 0


def away() -> OperationalError:
    return OperationalError("SELECT 1", None, Exception("server closed the connection"))


def broken_at_first(times: int, act: Callable[..., Any]) -> Callable[..., Any]:
    """``act``, the first so many calls of which find the database away."""
    left = [None] * times

    def tried(*args: Any) -> Any:
        if left:
            left.pop()
            raise away()
        return act(*args)

    return tried


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        patience.patiently, "__kwdefaults__", {"when": patience.is_away, "waits": (0.0,) * 4}
    )


def test_a_job_is_taken_by_one_server(session: AnySession, batch: Batch, clerk: Actor) -> None:
    job = asked(session, clerk, batch)
    held(session, job)
    assert job_run.begin(session, job.id, "two", 60) is None


def test_the_start_of_a_second_server_takes_nothing_from_the_first(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It used to delete the parts of what was being made, which then ended as half a file."""
    monkeypatch.setattr(job_run, "PART", 10)
    job = asked(session, clerk, batch)
    hold = held(session, job)
    file = BytesIO(b"0123456789" * 5)

    class Slow(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() == 30:
                second = jobs.Worker(app, 60, at_once=False)
                second.beat()
                job_run.forget(session)
            return super().read(size)

    job_run.finish(session, hold, "甲.zip", Slow(file.getvalue()))
    assert (now(session, job).state, now(session, job).size) == ("done", 50)
    assert b"".join(job_list.parts_of(session, job.id)) == file.getvalue()


def test_what_a_dead_server_held_is_done_by_another_and_the_two_never_mix(
    session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_run, "PART", 10)
    job = asked(session, clerk, batch)
    first = held(session, job)
    run_out(session, job)
    assert job_run.take_over(session) == 1
    second = held(session, job, "two")
    assert (first.attempt, second.attempt) == (1, 2)

    with pytest.raises(Lost):  # it was not dead, only slow
        job_run.advance(session, first, 1, 2)
    with pytest.raises(Lost):
        job_run.finish(session, first, "旧.zip", BytesIO(b"old" * 10))
    job_run.finish(session, second, "新.zip", BytesIO(b"new" * 10))
    with pytest.raises(Lost):
        job_run.fail(session, first, "旧的没有做成")
    job_run.drop(session, first)
    done = now(session, job)
    assert (done.state, done.filename) == ("done", "新.zip")
    assert b"".join(job_list.parts_of(session, job.id)) == b"new" * 10
    assert parts(session) == 3


def test_a_server_that_goes_on_keeps_its_job(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    worker = jobs.Worker(app, 60, at_once=False)
    worker.hold = held(session, job, worker.owner)
    run_out(session, job)
    worker.beat()
    assert now(session, job).state == "running"
    worker.hold = None
    run_out(session, job)
    worker.beat()
    assert now(session, job).state == "waiting"


def test_a_job_that_takes_servers_down_is_given_up_with_a_word(
    session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    for _ in range(job_run.MOST_ATTEMPTS):
        held(session, job)
        run_out(session, job)
        job_run.take_over(session)
    failed = now(session, job)
    assert (failed.state, failed.message) == ("failed", job_run.STOPPED)


def test_a_clock_set_back_holds_no_job_for_ever(
    session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    held(session, job)
    ahead = clock.now() + timedelta(days=365)
    session.execute(update(Job).where(Job.id == job.id).values(leased_until=ahead))
    session.commit()
    assert job_run.take_over(session) == 1


def test_bytes_that_are_missing_are_no_file(
    session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_run, "_kept_bytes", lambda *_args: 3)
    job = asked(session, clerk, batch)
    with pytest.raises(job_run.Incomplete):
        job_run.finish(session, held(session, job), "甲.zip", BytesIO(b"1234"))
    assert now(session, job).state == "running"


def test_what_the_database_breaks_off_is_tried_again(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((package, "make"), (job_run, "finish"), (job_run, "advance")):
        monkeypatch.setattr(module, name, broken_at_first(2, getattr(module, name)))
    job = asked(session, clerk, batch)
    jobs.put(job.id)
    assert (now(session, job).state, now(session, job).message) == ("done", "")


def test_a_failure_is_written_down_when_the_database_is_back(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "make", broken_at_first(99, package.make))
    monkeypatch.setattr(job_run, "fail", broken_at_first(3, job_run.fail))
    job = asked(session, clerk, batch)
    jobs.put(job.id)
    assert (now(session, job).state, now(session, job).message) == ("failed", work.FAILED)


def test_a_job_whose_end_could_not_be_written_down_is_taken_up_again(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(package, "make", broken_at_first(99, package.make))
        broken.setattr(job_run, "fail", broken_at_first(99, job_run.fail))
        job = asked(session, clerk, batch)
        jobs.put(job.id)
    assert now(session, job).state == "running"
    run_out(session, job)
    jobs.Worker(app, 60, at_once=False).beat()
    jobs.put(job.id)
    assert now(session, job).state == "done"


def test_what_a_full_disk_stopped_says_so(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(package, "make", full)
    job = asked(session, clerk, batch)
    jobs.put(job.id)
    assert now(session, job).state == "failed"
    assert "磁盘" in now(session, job).message


@pytest.mark.parametrize("refused", ["begin", "fail"])
def test_a_job_waits_for_nobody_when_the_disk_takes_no_word_about_it(
    app: Flask,
    session: AnySession,
    batch: Batch,
    clerk: Actor,
    monkeypatch: pytest.MonkeyPatch,
    refused: str,
) -> None:
    def full(*_args: Any) -> Any:
        raise DiskFull("磁盘空间不足")

    job = asked(session, clerk, batch)
    with monkeypatch.context() as disk:
        disk.setattr(package, "make", full)
        disk.setattr(job_run, refused, full)
        jobs.put(job.id)
    assert now(session, job).state in job_list.OPEN
    run_out(session, job)
    worker = jobs.Worker(app, 60, at_once=False)
    worker.beat()
    assert worker._next()
    assert now(session, job).state == "done"


def test_what_came_through_before_the_connection_broke_is_not_done_twice(
    session: AnySession, batch: Batch, clerk: Actor
) -> None:
    hold = held(session, asked(session, clerk, batch))
    job_run.finish(session, hold, "甲.zip", BytesIO(b"12"))
    job_run.finish(session, hold, "甲.zip", BytesIO(b"12"))
    assert parts(session) == 1


def test_a_stop_puts_the_job_back_and_the_next_server_does_it(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    stopping = Event()
    stopping.set()
    job = asked(session, clerk, batch)
    work.do(held(session, job), stopping)
    assert (now(session, job).state, now(session, job).owner) == ("waiting", "")
    jobs.put(job.id)
    assert now(session, job).state == "done"


def test_files_are_kept_for_some_days_and_swept_by_the_clock(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    old, new = asked(session, clerk, batch), asked(session, clerk, batch, "results")
    for job in (old, new):
        job_run.finish(session, held(session, job), "甲.zip", BytesIO(b"12"))
    long_ago = clock.now() - timedelta(days=job_list.KEPT_DAYS + 1)
    session.execute(update(Job).where(Job.id == old.id).values(asked_at=long_ago))
    session.commit()
    sweeping.sweep(session)
    assert session.scalars(select(Job.detail)).all() == ["results"]
    assert parts(session) == 1
