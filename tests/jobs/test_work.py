"""Is long work done for who asked for it, with its progress, and told when it fails?"""

from __future__ import annotations

import errno
import threading
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, jobs, scope
from app.errors import DiskFull, NotFound, RulesBroken
from app.models import Batch, Job
from app.roles import BODY_CLERK, SYSTEM, Actor
from app.scope import AnySession
from app.security.visitor import NOBODY
from app.services import accounts, job_list, package
from app.services.prints import Taken
from tests import factories, procedure
from tests.security.people import signed_in, someone


@pytest.fixture
def batch(session: AnySession) -> Batch:
    return procedure.ready_batch(session, number=2)


@pytest.fixture
def clerk(session: AnySession, batch: Batch) -> Actor:
    return accounts.actor_of(someone(BODY_CLERK, body_id=batch.body_id))


def asked(session: AnySession, actor: Actor, batch: Batch, stage: str = "filing") -> Job:
    with scope.acting(session, SYSTEM):
        key, no = batch.id, batch.no
    return job_list.ask(session, actor, "package", stage, key, f"{no} 备案材料")


def state(session: AnySession, job: Job) -> Job:
    session.expire_all()
    found = session.get(Job, job.id)
    assert found is not None
    return found


def test_a_package_is_made_and_kept(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    session.commit()
    jobs.put(job.id)
    made = state(session, job)
    assert (made.state, made.message) == ("done", "")
    assert made.done == made.total > 0
    with ZipFile(BytesIO(b"".join(job_list.parts_of(session, job.id)))) as archive:
        assert "目录.html" in archive.namelist()


def test_a_large_file_is_kept_and_sent_in_parts(
    app: Flask, session: AnySession, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_list, "PART", 5000)
    browser = signed_in(app, BODY_CLERK, body_id=batch.body_id)
    answer = browser.post(f"/jobs/package/{batch.id}/filing")
    fetched = browser.get(f"{answer.location}/file")
    job = session.scalars(select(Job)).one()

    parts = [*job_list.parts_of(session, job.id)]
    assert len(parts) > 3
    assert {len(one) for one in parts[:-1]} == {5000}
    assert fetched.data == b"".join(parts)
    assert fetched.content_length == job.size == len(fetched.data)
    assert job.filename in unquote(fetched.headers["Content-Disposition"])
    with ZipFile(BytesIO(fetched.data)) as archive:
        assert archive.testzip() is None


def test_nothing_is_kept_of_a_file_that_could_not_be_kept_whole(
    session: AnySession, batch: Batch, clerk: Actor
) -> None:
    class Torn(BytesIO):
        """A file whose second part cannot be read."""

        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError("no more to be had")
            return super().read(size)

    job = asked(session, clerk, batch)
    with pytest.raises(OSError, match="no more"):
        job_list.finish(session, job.id, "甲.zip", Torn(b"x" * (job_list.PART + 1)))
    assert len([*job_list.parts_of(session, job.id)]) == 1
    job_list.fail(session, job.id, "没有做成")
    assert [*job_list.parts_of(session, job.id)] == []


def test_what_is_refused_says_why(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    other = factories.batch(session, factories.body(session, "OTHER"))
    job = asked(session, clerk, other)
    jobs.put(job.id)
    failed = state(session, job)
    assert failed.state == "failed"
    assert "不在您的管辖范围内" in failed.message
    assert [*job_list.parts_of(session, job.id)] == []


def test_a_fault_is_told_without_its_details(
    app: Flask,
    session: AnySession,
    batch: Batch,
    clerk: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_args: Any) -> Taken:
        raise ZeroDivisionError("130203199001011237")

    monkeypatch.setattr(package, "make", broken)
    job = asked(session, clerk, batch)
    jobs.put(job.id)
    failed = state(session, job)
    assert failed.state == "failed"
    assert "130203" not in failed.message


def test_a_job_that_a_full_disk_stopped_says_so(
    app: Flask,
    session: AnySession,
    batch: Batch,
    clerk: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: Any) -> Taken:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(package, "make", full)
    job = asked(session, clerk, batch)
    jobs.put(job.id)
    failed = state(session, job)
    assert failed.state == "failed"
    assert "磁盘" in failed.message


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

    monkeypatch.setattr(package, "make", full)
    monkeypatch.setattr(job_list, refused, full)
    job = asked(session, clerk, batch)
    jobs.put(job.id)
    assert state(session, job).state in job_list.OPEN
    monkeypatch.undo()
    app.extensions["jobs"]._work_once()
    told = state(session, job)
    assert (told.state, told.message) == ("failed", "磁盘空间不足")


def test_a_queue_that_cannot_be_written_forgets_no_job(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    monkeypatch.setattr("app.jobs.work.do", done.append)
    worker = jobs.Worker(app, tmp_path / "queue", at_once=True)

    def full(_job_id: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    worker.run = full
    worker.put(7)
    assert done == []
    worker._work_once()
    assert done == [7]


def test_a_damaged_queue_is_laid_aside_and_made_anew(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "queue"
    file.write_bytes(b"garbage" * 1000)
    assert jobs.Worker(app, file, at_once=False).queue.pending_count() == 0
    assert Path(f"{file}.damaged").read_bytes().startswith(b"garbage")


def test_a_job_is_worked_on_once(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    assert job_list.begin(session, job.id) is not None
    assert job_list.begin(session, job.id) is None


def test_the_same_is_not_asked_for_twice_and_not_too_much(
    session: AnySession, batch: Batch, clerk: Actor
) -> None:
    first = asked(session, clerk, batch)
    assert asked(session, clerk, batch).id == first.id
    for number in range(job_list.MOST_WAITING - 1):
        job_list.ask(session, clerk, "package", "filing", 9000 + number, "别的批次")
    with pytest.raises(RulesBroken, match="正在生成"):
        job_list.ask(session, clerk, "package", "filing", 9999, "又一个")


def test_nobody_sees_the_job_of_somebody_else(
    session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    with pytest.raises(NotFound):
        job_list.find(session, NOBODY, job.id)


def test_files_are_kept_for_some_days(session: AnySession, batch: Batch, clerk: Actor) -> None:
    job = asked(session, clerk, batch)
    job_list.fail(session, job.id, "没有做成")
    later = clock.today() + timedelta(days=job_list.KEPT_DAYS + 2)
    with clock.set_to(later):
        asked(session, clerk, batch, "results")
    assert session.scalars(select(Job.detail)).all() == ["results"]


def test_after_a_restart_nothing_is_forgotten(
    session: AnySession, batch: Batch, clerk: Actor
) -> None:
    cut_off, waiting = asked(session, clerk, batch), asked(session, clerk, batch, "results")
    job_list.begin(session, cut_off.id)
    assert job_list.left_over(session) == [waiting.id]
    assert state(session, cut_off).message == job_list.STOPPED


def test_the_thread_works_through_the_queue(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    seen = threading.Event()

    def note(job_id: int) -> None:
        done.append(job_id)
        if len(done) == 3:
            seen.set()

    monkeypatch.setattr("app.jobs.work.do", note)
    worker = jobs.Worker(app, tmp_path / "queue", at_once=False)
    started = time.monotonic()
    for job_id in (1, 2, 3):
        worker.put(job_id)
    assert seen.wait(20), time.monotonic() - started
    assert done == [1, 2, 3]


def test_the_page_leads_from_the_batch_to_the_file(
    app: Flask, session: AnySession, batch: Batch
) -> None:
    browser = signed_in(app, BODY_CLERK, body_id=batch.body_id)
    key = batch.id
    assert "生成备案材料包" in browser.get(f"/batch/show/{key}?tab=forms").text
    answer = browser.post(f"/jobs/package/{key}/filing")
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert "已完成" in page
    fetched = browser.get(f"{answer.location}/file")
    assert fetched.data[:2] == b"PK"
    assert "已完成" in browser.get("/jobs/").text
    stranger = signed_in(app, BODY_CLERK, "stranger", body_id=factories.body(session, "X").id)
    assert stranger.get(answer.location).status_code == 404
    assert stranger.get(f"{answer.location}/file").status_code == 404
    assert stranger.post(f"/jobs/package/{key}/filing").status_code == 404
