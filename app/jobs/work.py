"""What is done for each kind of job?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import scope, storage
from app.database import db
from app.errors import AppError, DiskFull, DiskRefused, NotFound
from app.models import Batch, Candidate, Job
from app.roles import Actor
from app.scope import AnySession
from app.services import accounts, application_prints, exports, job_list, package, prints, selection
from app.services.prints import Progress, Taken

Out = IO[bytes]
"""Where a job writes what it makes."""

log = logging.getLogger(__name__)

FAILED = "系统遇到意外问题，没有生成；请稍后重试，仍不行请联系系统管理员"
_DISK = (DiskFull, DiskRefused)


class Unsaid(Exception):
    """Nothing came of a job and nothing could be written about it; to be tried again later."""

    def __init__(self, job_id: int, message: str) -> None:
        super().__init__(message)
        self.job_id, self.message = job_id, message


def do(job_id: int) -> None:
    """Do a waiting job on behalf of who asked for it, and keep what comes of it.

    Progress is written through a session of its own, so that it is seen before the work is done.
    """
    with Session(db.engine) as notes:
        job = _begin(notes, job_id)
        if job is None:
            return
        kind, detail, record_id, actor_id = job.kind, job.detail, job.record_id, job.actor_id
        try:
            actor = _actor(actor_id)
            with scope.acting(db.session, actor), _room() as out:
                filename = _KINDS[kind](
                    db.session,
                    actor,
                    detail,
                    record_id,
                    out,
                    lambda done, total: job_list.advance(notes, job_id, done, total),
                )
                job_list.finish(notes, job_id, filename, out)
            return
        except AppError as refusal:
            message = refusal.message
        except Exception as error:
            log.exception("job %s failed", job_id)
            trouble = storage.trouble_of(error)
            message = trouble.message if trouble else FAILED
        db.session.rollback()
        notes.rollback()
    close(job_id, message)


def _begin(notes: Session, job_id: int) -> Job | None:
    try:
        return job_list.begin(notes, job_id)
    except _DISK as refusal:
        raise Unsaid(job_id, refusal.message) from refusal


def close(job_id: int, message: str) -> None:
    """Say why nothing came of a job; raises Unsaid where the disk does not even take that."""
    with Session(db.engine) as notes:
        try:
            job_list.fail(notes, job_id, message)
        except _DISK as refusal:
            raise Unsaid(job_id, message) from refusal


def _room() -> IO[bytes]:
    """A nameless file beside the queue: a system's own folder for them may lie in its memory."""
    return TemporaryFile(dir=Path(current_app.config["JOBS_FILE"]).parent)


def _actor(actor_id: int) -> Actor:
    user = accounts.user_by_id(db.session, actor_id)
    if user is None or not user.active:
        raise NotFound("要求生成的帐号已停用")
    return accounts.actor_of(user, "job")


def _package(
    session: AnySession, actor: Actor, stage: str, key: int, out: Out, progress: Progress
) -> str:
    return package.make(session, actor, _batch(session, key), stage, out, progress)


def _paper(
    session: AnySession, actor: Actor, detail: str, key: int, out: Out, progress: Progress
) -> str:
    kind, _, form = detail.partition(".")
    batch = _batch(session, key)
    return _written(prints.take(session, actor, batch, kind, form, progress=progress), out)


def _batch(session: AnySession, batch_id: int) -> Batch:
    batch: Batch | None = session.scalar(select(Batch).where(Batch.id == batch_id))
    if batch is None:
        raise NotFound("批次已被删除，或不在您的管辖范围内")
    return batch


def _applications(
    session: AnySession, actor: Actor, form: str, key: int, out: Out, progress: Progress
) -> str:
    keys = selection.keys_of(session, actor, Candidate, key)
    return _written(application_prints.take(session, actor, keys, form, progress), out)


def _written(taken: Taken, out: Out) -> str:
    out.write(taken.content)
    return taken.filename


def _export(
    session: AnySession, actor: Actor, detail: str, key: int, out: Out, progress: Progress
) -> str:
    read: exports.Reader = current_app.extensions["export_reader"]
    return exports.make(session, actor, read, detail, key, out, progress)


_KINDS: dict[str, Callable[[AnySession, Actor, str, int, Out, Progress], str]] = {
    "package": _package,
    "paper": _paper,
    "applications": _applications,
    "export": _export,
}
