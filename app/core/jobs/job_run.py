"""Which server works on a job, for how long may it, and how does the work end?"""

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

#: Bytes of a file that are read and kept at a time.
PART = 4 * 2**20
LONGEST_NAME = 200
#: No server takes a job for longer at a time.
LONGEST_LEASE = timedelta(hours=1)
#: A job that has taken so many servers down with it is not tried again.
MOST_ATTEMPTS = 3
STOPPED = "服务几次中途停止，没有做完，请重新生成"


@dataclass(frozen=True)
class Hold:
    """That one server works on a job, for the ``attempt``-th time that it is worked on."""

    job_id: int
    owner: str
    attempt: int


class Lost(Exception):
    """The job is no longer this server's: cancelled, taken over, or gone."""


class Incomplete(Exception):
    """What was kept is not what was made."""


def next_waiting(session: AnySession) -> int | None:
    """The job that waits longest."""
    oldest = select(Job.id).where(Job.state == "waiting").order_by(Job.id).limit(1)
    with transaction(session):
        found: int | None = session.scalar(oldest)
    return found


def begin(session: AnySession, job_id: int, owner: str, lease: int) -> Hold | None:
    """Take a waiting job for ``lease`` seconds; None when somebody else has."""
    waiting = update(Job).where(Job.id == job_id, Job.state == "waiting")
    held = waiting.values(
        state="running",
        owner=owner,
        attempt=Job.attempt + 1,
        leased_until=clock.now() + timedelta(seconds=lease),
        done=0,
        total=0,
    )
    mine = select(Job.attempt).where(Job.id == job_id, Job.owner == owner)
    with transaction(session):
        taken = session.connection().execute(held)
        attempt = session.scalar(mine) if taken.rowcount else None
    return None if attempt is None else Hold(job_id, owner, attempt)


def advance(session: AnySession, hold: Hold, done: int, total: int) -> None:
    """Write down how far a job is. Raises Lost."""
    with transaction(session):
        _set(session, hold, done=done, total=total)


def renew(session: AnySession, hold: Hold, lease: int) -> None:
    """Hold a job for ``lease`` seconds more. Raises Lost."""
    with transaction(session):
        _set(session, hold, leased_until=clock.now() + timedelta(seconds=lease))


def finish(session: AnySession, hold: Hold, filename: str, file: IO[bytes]) -> None:
    """Keep what was made, from the file's beginning, each part in a transaction of its own.

    Nobody sees a part before all are there. Asked again after a lost connection it says nothing
    where the first time had come through. Raises Lost, and Incomplete where bytes are missing.
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
    ended = {"ended_at": clock.now(), "leased_until": None}
    others = delete(JobPart).where(JobPart.job_id == hold.job_id, JobPart.attempt != hold.attempt)
    with transaction(session):
        _set(session, hold, state="done", filename=filename[:LONGEST_NAME], size=size, **ended)
        session.execute(others)


def fail(session: AnySession, hold: Hold, message: str) -> None:
    """Say why nothing came of it, and drop what was kept of it. Raises Lost."""
    ended = {"ended_at": clock.now(), "leased_until": None}
    with transaction(session):
        _set(session, hold, state="failed", message=message, **ended)
        session.execute(delete(JobPart).where(JobPart.job_id == hold.job_id))


def put_back(session: AnySession, hold: Hold) -> None:
    """Let another server, or this one after its next start, do it. Raises Lost."""
    with transaction(session):
        _set(session, hold, state="waiting", owner="", leased_until=None, done=0, total=0)
        session.execute(delete(JobPart).where(JobPart.job_id == hold.job_id))


def drop(session: AnySession, hold: Hold) -> None:
    """Forget what was kept of a job that was lost meanwhile."""
    _drop(session, JobPart.job_id == hold.job_id, JobPart.attempt == hold.attempt)


def take_over(session: AnySession) -> int:
    """Put back what a server left that died: its lease has expired.

    Says how many there were. A lease that ends further ahead than leases do was written before the
    clock was set back.
    """
    now = clock.now()
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
    """Delete what can no longer be fetched, and parts that belong to nothing.

    Says how many jobs there were.
    """
    old = clock.now() - timedelta(days=KEPT_DAYS)
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
        ended = still.values(state="failed", message=STOPPED, ended_at=clock.now())
    session.connection().execute(ended)


def _came_through(session: AnySession, hold: Hold) -> bool:
    mine = (Job.id == hold.job_id, Job.owner == hold.owner, Job.attempt == hold.attempt)
    return session.scalar(select(Job.state).where(*mine)) == "done"


def _kept_bytes(session: AnySession, hold: Hold) -> int:
    mine = (JobPart.job_id == hold.job_id, JobPart.attempt == hold.attempt)
    return session.scalar(select(func.sum(func.length(JobPart.content))).where(*mine)) or 0


def _set(session: AnySession, hold: Hold, **values: object) -> None:
    """Write values of a job that this server still holds; Lost where it does not."""
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
