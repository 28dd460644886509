"""Which long work did a person ask for, how far is it, and where is what came of it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import IO

from sqlalchemy import delete, insert, select, update

from app import clock
from app.errors import NotFound, Problem, RulesBroken
from app.models import Job, JobPart
from app.roles import Actor
from app.scope import AnySession

#: For how many days what was made can be fetched.
KEPT_DAYS = 7
#: Bytes of a file that are read, kept and sent at a time.
PART = 4 * 2**20
#: So many at a time for one person: each is a whole package in memory.
MOST_WAITING = 5
OPEN = ("waiting", "running")
STOPPED = "服务中途停止，没有做完，请重新生成"


def ask(
    session: AnySession, actor: Actor, kind: str, detail: str, record_id: int, title: str
) -> Job:
    """Note that this is to be made for the actor; commits. RulesBroken when too much waits."""
    _sweep(session)
    open_ones = [one for one in of_actor(session, actor) if one.state in OPEN]
    same = (kind, detail, record_id)
    for one in open_ones:
        if (one.kind, one.detail, one.record_id) == same:
            return one
    if len(open_ones) >= MOST_WAITING:
        message = f"您已有{len(open_ones)}项正在生成，请等其中一项完成后再生成"
        raise RulesBroken([Problem("too_many_jobs", message)])
    made = Job(
        kind=kind,
        detail=detail,
        record_id=record_id,
        title=title,
        actor_id=actor.id or 0,
        asked_at=clock.now(),
    )
    session.add(made)
    session.commit()
    return made


def of_actor(session: AnySession, actor: Actor) -> Sequence[Job]:
    """What this person asked for, the newest first; without the files."""
    return session.scalars(
        select(Job).where(Job.actor_id == (actor.id or 0)).order_by(Job.id.desc())
    ).all()


def find(session: AnySession, actor: Actor, job_id: int) -> Job:
    """One of this person's own; NotFound for anybody else's."""
    mine = select(Job).where(Job.id == job_id, Job.actor_id == (actor.id or 0))
    job: Job | None = session.scalar(mine)
    if job is None:
        raise NotFound("没有这项生成任务，或已过期")
    return job


def begin(session: AnySession, job_id: int) -> Job | None:
    """Take a waiting job to work on it; None when somebody else has. Commits."""
    waiting = update(Job).where(Job.id == job_id, Job.state == "waiting").values(state="running")
    taken = session.connection().execute(waiting)
    session.commit()
    return session.get(Job, job_id, populate_existing=True) if taken.rowcount else None


def advance(session: AnySession, job_id: int, done: int, total: int) -> None:
    """Write down how far a job is; commits."""
    session.execute(update(Job).where(Job.id == job_id).values(done=done, total=total))
    session.commit()


def finish(session: AnySession, job_id: int, filename: str, file: IO[bytes]) -> None:
    """Keep what was made, from the file's beginning; commits, part by part."""
    size = file.seek(0)
    for number, content in enumerate(iter(lambda: file.read(PART), b"")):
        session.execute(insert(JobPart).values(job_id=job_id, number=number, content=content))
        session.commit()
        size += len(content)
    session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(state="done", filename=filename, size=size, ended_at=clock.now())
    )
    session.commit()


def parts_of(session: AnySession, job_id: int) -> Iterator[bytes]:
    """What a job made, in stretches of a few megabytes."""
    of_job = JobPart.job_id == job_id
    numbers = select(JobPart.number).where(of_job).order_by(JobPart.number)
    for number in session.scalars(numbers).all():
        yield session.scalars(select(JobPart.content).where(of_job, JobPart.number == number)).one()


def fail(session: AnySession, job_id: int, message: str) -> None:
    """Say why nothing came of it, and drop what was kept of it; commits."""
    session.execute(delete(JobPart).where(JobPart.job_id == job_id))
    session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(state="failed", message=message, ended_at=clock.now())
    )
    session.commit()


def left_over(session: AnySession) -> list[int]:
    """After a restart: what was being made has failed; what waits is to be made. Commits."""
    cut_off = select(Job.id).where(Job.state == "running")
    session.execute(delete(JobPart).where(JobPart.job_id.in_(cut_off)))
    session.execute(
        update(Job)
        .where(Job.state == "running")
        .values(state="failed", message=STOPPED, ended_at=clock.now())
    )
    session.commit()
    return list(session.scalars(select(Job.id).where(Job.state == "waiting").order_by(Job.id)))


def _sweep(session: AnySession) -> None:
    old = clock.now() - timedelta(days=KEPT_DAYS)
    gone = (Job.asked_at < old, Job.state.not_in(OPEN))
    session.execute(delete(JobPart).where(JobPart.job_id.in_(select(Job.id).where(*gone))))
    session.execute(delete(Job).where(*gone))
