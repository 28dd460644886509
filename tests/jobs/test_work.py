"""Is long work done for who asked for it, with its progress, and told when it fails?"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import jobs
from app.core.errors import NotFound, RulesBroken
from app.core.jobs import job_list, job_run
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.security.visitor import NO_ACTOR
from app.core.tables import Job
from app.models import Batch
from app.roles import BODY_CLERK
from app.services.documents import package
from app.services.documents.documents import Taken
from tests import factories
from tests.jobs.asking import asked, held, now
from tests.security.people import signed_in


def test_a_package_is_made_and_kept(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    job = asked(session, clerk, batch)
    session.commit()
    jobs.put(job.id)
    made = now(session, job)
    assert (made.state, made.message) == ("done", "")
    assert made.done == made.total > 0
    with ZipFile(BytesIO(b"".join(job_list.parts_of(session, job.id)))) as archive:
        assert "目录.html" in archive.namelist()


def test_a_large_file_is_kept_and_sent_in_parts(
    app: Flask, session: AnySession, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_run, "PART", 5000)
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

    hold = held(session, asked(session, clerk, batch))
    with pytest.raises(OSError, match="no more"):
        job_run.finish(session, hold, "甲.zip", Torn(b"x" * (job_run.PART + 1)))
    assert len([*job_list.parts_of(session, hold.job_id)]) == 1
    job_run.fail(session, hold, "没有做成")
    assert [*job_list.parts_of(session, hold.job_id)] == []


def test_what_is_refused_says_why(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor
) -> None:
    other = factories.batch(session, factories.body(session, "OTHER"))
    job = asked(session, clerk, other)
    jobs.put(job.id)
    failed = now(session, job)
    assert failed.state == "failed"
    assert "不在您的管辖范围内" in failed.message
    assert [*job_list.parts_of(session, job.id)] == []


def test_a_fault_is_reported_without_its_details(
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
    failed = now(session, job)
    assert failed.state == "failed"
    assert "130203" not in failed.message


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
        job_list.find(session, NO_ACTOR, job.id)


def test_the_worker_takes_what_waits_in_turn(
    app: Flask, session: AnySession, batch: Batch, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    seen = threading.Event()

    def note(hold: job_run.Hold, _stopping: threading.Event) -> None:
        done.append(hold.job_id)
        if len(done) == 3:
            seen.set()

    monkeypatch.setattr("app.core.jobs.work.do", note)
    first = asked(session, clerk, batch)
    worker = jobs.Worker(app, 60, at_once=False)
    worker.put(first.id)
    others = [asked(session, clerk, batch, stage) for stage in ("results", "archive")]
    for job in others:
        worker.put(job.id)
    assert seen.wait(20)
    assert done == [first.id, *(one.id for one in others)]
    worker.stop(20)
    assert not any(one.is_alive() for one in worker.threads)


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
