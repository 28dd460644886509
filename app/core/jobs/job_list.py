"""Which jobs did a person ask for, and may their results be downloaded?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import Table, select, update

from app.core import clock, scope
from app.core.errors import NotFound, RulesBroken, WrongState
from app.core.jobs.job_kinds import kind_named, known
from app.core.refusals.changes import TOO_MANY_JOBS
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Job, JobPart
from app.core.tables.user import user_class
from app.core.transaction import transaction

#: How many days a result can be downloaded.
KEPT_DAYS = 7
#: The most open jobs per person, because each occupies a server for a while.
MOST_WAITING = 5
OPEN = ("waiting", "running")
LONGEST_TITLE = 160


def ask(
    session: AnySession, actor: Actor, kind: str, detail: str, record_id: int, title: str
) -> Job:
    """Request a job for the actor; raises RulesBroken if too many are open.

    If the same job is open already, it is returned instead.
    """
    with transaction(session, actor):
        return _asked(session, actor, kind, detail, record_id, title)


def _asked(
    session: AnySession, actor: Actor, kind: str, detail: str, record_id: int, title: str
) -> Job:
    _one_at_a_time(session, actor)
    mine = select(Job).where(Job.actor_id == (actor.id or 0), Job.state.in_(OPEN))
    open_ones = session.scalars(mine.execution_options(populate_existing=True)).all()
    same = (kind, detail, record_id, place_of(actor))
    # Asked for twice, by a double click or a second tab, a job is still one.
    for one in open_ones:
        if (one.kind, one.detail, one.record_id, one.place) == same:
            return one
    if len(open_ones) >= MOST_WAITING:
        raise RulesBroken([TOO_MANY_JOBS.of(count=len(open_ones))])
    made = Job(
        kind=kind,
        detail=detail,
        record_id=record_id,
        title=title[:LONGEST_TITLE],
        actor_id=actor.id or 0,
        place=place_of(actor),
        asked_at=clock.real(),
    )
    session.add(made)
    return made


def _one_at_a_time(session: AnySession, actor: Actor) -> None:
    """Let requests of one person wait for each other, so that they are counted correctly.

    An update of the account that changes nothing locks it on both databases.
    """
    held = cast(Table, user_class().__table__)
    one = update(held).where(held.c.id == (actor.id or 0)).values(active=held.c.active)
    session.connection().execute(one)


def place_of(actor: Actor) -> str:
    """Return a digest of the person's place and roles, which changes if either does."""
    stands = actor.bounds
    return sha256(repr(stands).encode()).hexdigest()


def of_actor(session: AnySession, actor: Actor) -> Sequence[Job]:
    """Return this person's visible jobs, newest first, without the files."""
    mine = select(Job).where(Job.actor_id == (actor.id or 0)).order_by(Job.id.desc())
    return _covered(session, actor, session.scalars(mine).all())


def find(session: AnySession, actor: Actor, job_id: int) -> Job:
    """Return one of this person's own jobs; raises NotFound for others and out of scope."""
    mine = select(Job).where(Job.id == job_id, Job.actor_id == (actor.id or 0))
    found = _covered(session, actor, session.scalars(mine).all())
    if not found:
        raise NotFound("没有这项生成任务，或已过期")
    return found[0]


def cancel(session: AnySession, actor: Actor, job_id: int) -> Job:
    """Cancel one of this person's open jobs; a server working on it notices at its next step.

    Raises NotFound, or WrongState if the job has ended.
    """
    job = find(session, actor, job_id)
    still = update(Job).where(Job.id == job.id, Job.state.in_(OPEN))
    ended = still.values(state="cancelled", ended_at=clock.real(), leased_until=None)
    with transaction(session, actor):
        taken = session.connection().execute(ended)
    session.refresh(job)
    if not taken.rowcount:
        raise WrongState("这项任务已经结束，不用取消；可以在“生成任务”里查看结果")
    return job


def parts_of(session: AnySession, job_id: int) -> Iterator[bytes]:
    """Yield the file that a job made, in portions of a few megabytes."""
    attempt = session.scalar(select(Job.attempt).where(Job.id == job_id))
    made = (JobPart.job_id == job_id, JobPart.attempt == attempt)
    numbers = select(JobPart.number).where(*made).order_by(JobPart.number)
    for number in session.scalars(numbers).all():
        yield session.scalars(select(JobPart.content).where(*made, JobPart.number == number)).one()


def _covered(session: AnySession, actor: Actor, found: Sequence[Job]) -> list[Job]:
    """Return the jobs requested from the person's present place whose record is in scope."""
    here = ("", place_of(actor))  # jobs from before places were stored have an empty one
    stayed = [one for one in found if one.place in here and _allowed(actor, one)]
    keys: dict[Any, set[int]] = {}
    for one in stayed:
        keys.setdefault(kind_named(one.kind).model, set()).add(one.record_id)
    with scope.acting(session, actor):
        seen = {
            model: set(session.scalars(select(model.id).where(model.id.in_(wanted))).all())
            for model, wanted in keys.items()
            if model is not None
        }
    return [
        one
        for one in stayed
        if (model := kind_named(one.kind).model) is None or one.record_id in seen[model]
    ]


def _allowed(actor: Actor, job: Job) -> bool:
    """Return whether the product still has such jobs, and this person may have the result."""
    return known(job.kind) and not kind_named(job.kind).why_not(actor, job.detail)
