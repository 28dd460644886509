"""How does a server do a job that it holds, whatever its kind?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event

from flask import current_app
from sqlalchemy.orm import Session

from app.core import practice, scope, storage
from app.core.accounts import acting
from app.core.database import db
from app.core.errors import AppError, NotFound
from app.core.jobs import exports, job_kinds, job_list, job_run
from app.core.jobs.job_kinds import JobKind, Out, Progress
from app.core.jobs.job_run import Hold, Lost
from app.core.jobs.patience import is_away, passes, patiently
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Job
from app.core.transaction import abandon, transaction

log = logging.getLogger(__name__)

FAILED = "系统遇到意外问题，没有生成；请稍后重试，仍不行请联系系统管理员"
MOVED = "您的归属或角色在提出后有变动，没有生成；仍需要的，请重新生成"


class Stopping(Exception):
    """The server is stopping."""


def do(hold: Hold, stopping: Event) -> None:
    """Do a held job on behalf of the person who asked for it, and store the result.

    Interrupted database work is retried. Progress is written through a session of its own, so
    that it is visible before the job is done. Cancelling and stopping are noticed there, too.
    """
    with Session(db.engine) as notes:
        try:
            with practice.days_of(notes):
                _make_and_keep(notes, hold, stopping)
        except Lost:
            _settle(notes, hold, job_run.drop, stopping)
        except Stopping:
            _settle(notes, hold, job_run.put_back, stopping)
        except AppError as refusal:
            _fail(notes, hold, refusal.message, stopping)
        except Exception as error:
            # When the machine stops, the database may go before the server: that is no failure of
            # the job.
            if stopping.is_set() and is_away(error):
                _settle(notes, hold, job_run.put_back, stopping)
                return
            log.exception("job %s failed", hold.job_id)
            trouble = storage.trouble_of(error)
            _fail(notes, hold, trouble.message if trouble else FAILED, stopping)


def _make_and_keep(notes: Session, hold: Hold, stopping: Event) -> None:
    def make() -> tuple[str, Out]:
        return _make(notes, hold, stopping)

    filename, out = patiently(make, notes, db.session, stopping=stopping)
    with out:

        def keep() -> None:
            job_run.finish(notes, hold, filename, out)

        patiently(keep, notes, stopping=stopping)


def _make(notes: Session, hold: Hold, stopping: Event) -> tuple[str, Out]:
    """Make the job's result; return its file name and an unnamed temporary file."""
    with transaction(notes):  # ends before the work begins, which may take long
        job = notes.get(Job, hold.job_id, populate_existing=True)
        if job is None:
            raise Lost(f"job {hold.job_id} is gone")
        kind, detail, record_id, place = job.kind, job.detail, job.record_id, job.place
        actor = _actor(job.actor_id)
    # The rows would be those of the new place, which is not what was asked for.
    if place not in ("", job_list.place_of(actor)):
        raise NotFound(MOVED)
    out = _room()
    try:
        with scope.acting(db.session, actor):
            progress = _progress_writer(notes, hold, stopping)
            return job_kinds.kind_named(kind).make(
                db.session, actor, detail, record_id, out, progress
            ), out
    except BaseException:
        out.close()
        raise


def _progress_writer(notes: Session, hold: Hold, stopping: Event) -> Progress:
    def write_progress(done: int, total: int) -> None:
        if stopping.is_set():
            raise Stopping
        try:
            job_run.advance(notes, hold, done, total)
        except Exception as error:
            # Progress is not essential; the work itself can go on without it.
            if not passes(error):
                raise

    return write_progress


def _fail(notes: Session, hold: Hold, message: str, stopping: Event) -> None:
    def fail(session: Session, held: Hold) -> None:
        job_run.fail(session, held, message)

    _settle(notes, hold, fail, stopping)


def _settle(
    notes: Session, hold: Hold, act: Callable[[Session, Hold], None], stopping: Event
) -> None:
    """End the job in the given way; if the database stays away, its lease will expire instead."""
    # Either session may be in the middle of what failed; a broken one refuses every statement.
    for session in (notes, db.session):
        abandon(session)
    try:
        patiently(lambda: act(notes, hold), notes, stopping=stopping, when=passes)
    except Lost:
        pass
    except Exception as error:
        if not passes(error):
            raise
        log.exception("job %s: its end could not be written down", hold.job_id)


def _room() -> Out:
    """Open a temporary file in the data folder, since /tmp may be in memory."""
    return TemporaryFile(dir=Path(current_app.config["DATA_FOLDER"]))


def _actor(actor_id: int) -> Actor:
    user = acting.user_by_id(db.session, actor_id)
    if user is None or not user.active:
        raise NotFound("要求生成的帐号已停用")
    return acting.actor_of(user, "job")


def _export(
    session: AnySession, actor: Actor, detail: str, key: int, out: Out, progress: Progress
) -> str:
    read: exports.Reader = current_app.extensions["export_reader"]
    return exports.make(session, actor, read, detail, key, out, progress)


job_kinds.declare(JobKind("export", _export))
