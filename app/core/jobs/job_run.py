"""Which server works on a job, for how long, and how does the job end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import IO

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from app.core import clock
from app.core.jobs.job_list import KEPT_DAYS, OPEN
from app.core.scope import AnySession
from app.core.tables import Job, JobPart
from app.core.transaction import transaction

#: The size in bytes of one stored part of a file.
PART = 4 * 2**20
LONGEST_NAME = 200
#: The longest time for which a server holds a job without renewing it.
LONGEST_LEASE = timedelta(hours=1)
#: A job that was interrupted this many times is not tried again.
MOST_ATTEMPTS = 3
STOPPED = "服务几次中途停止，没有做完，请重新生成"


@dataclass(frozen=True)
class Hold:
    """The fact that one server works on a job, for the ``attempt``-th time."""

    job_id: int
    owner: str
    attempt: int


class Lost(Exception):
    """The server no longer holds the job: it was cancelled, taken over or deleted."""


class Incomplete(Exception):
    """Fewer bytes were stored than were made."""


def next_waiting(session: AnySession) -> int | None:
    """Return the id of the job that has waited longest, or None."""
    oldest = select(Job.id).where(Job.state == "waiting").order_by(Job.id).limit(1)
    with transaction(session):
        found: int | None = session.scalar(oldest)
    return found


def begin(session: AnySession, job_id: int, owner: str, lease: int) -> Hold | None:
    """Take a waiting job for ``lease`` seconds; return None if another server has it."""
    # The condition lets one of several servers have the job; the others update no row.
    waiting = update(Job).where(Job.id == job_id, Job.state == "waiting")
    held = waiting.values(
        state="running",
        owner=owner,
        attempt=Job.attempt + 1,
        leased_until=clock.real() + timedelta(seconds=lease),
        done=0,
        total=0,
    )
    mine = select(Job.attempt).where(Job.id == job_id, Job.owner == owner)
    with transaction(session):
        taken = session.connection().execute(held)
        attempt = session.scalar(mine) if taken.rowcount else None
    return None if attempt is None else Hold(job_id, owner, attempt)


def advance(session: AnySession, hold: Hold, done: int, total: int) -> None:
    """Store the progress of a job; raises Lost."""
    with transaction(session):
        _set(session, hold, done=done, total=total)


def renew(session: AnySession, hold: Hold, lease: int) -> None:
    """Hold a job for ``lease`` more seconds; raises Lost."""
    with transaction(session):
        _set(session, hold, leased_until=clock.real() + timedelta(seconds=lease))


def finish(session: AnySession, hold: Hold, filename: str, file: IO[bytes]) -> None:
    """Store the file from its beginning and end the job; each part has its own transaction.

    No part is visible before all are stored. If the job is already done, as after a lost
    connection, nothing happens. Raises Lost, and Incomplete if bytes are missing.
    """
    if _came_through(session, hold):
        return
    _drop(session, JobPart.job_id == hold.job_id, JobPart.attempt == hold.attempt)
    size = file.seek(0)
    for number, content in enumerate(iter(lambda: file.read(PART), b"")):
        part = {"job_id": hold.job_id, "attempt": hold.attempt, "number": number}
        with transaction(session):
            session.execute(insert(JobPart).values(**part, content=content))
        size += len(content)
    if _kept_bytes(session, hold) != size:
        raise Incomplete(f"job {hold.job_id}: kept {_kept_bytes(session, hold)} of {size} bytes")
    ended = {"ended_at": clock.real(), "leased_until": None}
    others = delete(JobPart).where(JobPart.job_id == hold.job_id, JobPart.attempt != hold.attempt)
    with transaction(session):
        _set(session, hold, state="done", filename=filename[:LONGEST_NAME], size=size, **ended)
        session.execute(others)


def fail(session: AnySession, hold: Hold, message: str) -> None:
    """End the job with a message and delete its parts; raises Lost."""
    ended = {"ended_at": clock.real(), "leased_until": None}
    with transaction(session):
        _set(session, hold, state="failed", message=message, **ended)
        session.execute(delete(JobPart).where(JobPart.job_id == hold.job_id))


def put_back(session: AnySession, hold: Hold) -> None:
    """Let another server, or this one after a restart, do the job; raises Lost."""
    with transaction(session):
        _set(session, hold, state="waiting", owner="", leased_until=None, done=0, total=0)
        session.execute(delete(JobPart).where(JobPart.job_id == hold.job_id))


def drop(session: AnySession, hold: Hold) -> None:
    """Delete the parts of a job that was lost meanwhile."""
    _drop(session, JobPart.job_id == hold.job_id, JobPart.attempt == hold.attempt)


def take_over(session: AnySession) -> int:
    """Put back the jobs of servers that died, whose leases have expired; return their number.

    A lease that ends too far in the future was written before the clock was set back.
    """
    now = clock.real()
    expired: ColumnElement[bool] = or_(
        Job.leased_until.is_(None),
        Job.leased_until < now,
        Job.leased_until > now + LONGEST_LEASE,
    )
    held = select(Job.id, Job.owner, Job.attempt).where(Job.state == "running", expired)
    with transaction(session):
        found = session.execute(held).all()
        for job_id, owner, attempt in found:
            _give_up(session, Hold(job_id, owner, attempt), expired)
    return len(found)


def forget(session: AnySession) -> int:
    """Delete expired jobs and orphaned parts; return the number of jobs."""
    old = clock.real() - timedelta(days=KEPT_DAYS)
    gone = (Job.asked_at < old, Job.state.not_in(OPEN))
    _drop(session, JobPart.job_id.in_(select(Job.id).where(*gone)))
    with transaction(session):
        deleted = session.connection().execute(delete(Job).where(*gone)).rowcount
    without = select(Job.id).where(Job.state.not_in(("running", "done")))
    attempt = select(Job.attempt).where(Job.id == JobPart.job_id).scalar_subquery()
    _drop(session, or_(JobPart.job_id.in_(without), JobPart.attempt != attempt))
    return deleted


def _give_up(session: AnySession, hold: Hold, expired: ColumnElement[bool]) -> None:
    still = update(Job).where(*_mine(hold), expired).values(leased_until=None)
    if hold.attempt < MOST_ATTEMPTS:
        ended = still.values(state="waiting", owner="", done=0, total=0)
    else:
        ended = still.values(state="failed", message=STOPPED, ended_at=clock.real())
    session.connection().execute(ended)


def _came_through(session: AnySession, hold: Hold) -> bool:
    mine = (Job.id == hold.job_id, Job.owner == hold.owner, Job.attempt == hold.attempt)
    return session.scalar(select(Job.state).where(*mine)) == "done"


def _kept_bytes(session: AnySession, hold: Hold) -> int:
    mine = (JobPart.job_id == hold.job_id, JobPart.attempt == hold.attempt)
    return session.scalar(select(func.sum(func.length(JobPart.content))).where(*mine)) or 0


def _set(session: AnySession, hold: Hold, **values: object) -> None:
    """Set values of a job that this server still holds; raises Lost if it does not."""
    taken = session.connection().execute(update(Job).where(*_mine(hold)).values(**values))
    if not taken.rowcount:
        raise Lost(f"job {hold.job_id} is no longer held")


def _mine(hold: Hold) -> Sequence[ColumnElement[bool]]:
    return (
        Job.id == hold.job_id,
        Job.state == "running",
        Job.owner == hold.owner,
        Job.attempt == hold.attempt,
    )


def _drop(session: AnySession, *which: ColumnElement[bool]) -> None:
    with transaction(session):
        session.execute(delete(JobPart).where(*which))
