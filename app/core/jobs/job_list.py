"""Which long work did a person ask for, how far is it, and may what came of it be fetched?"""

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

#: For how many days what was made can be fetched.
KEPT_DAYS = 7
#: So many at a time for one person: each takes a server its time.
MOST_WAITING = 5
OPEN = ("waiting", "running")
LONGEST_TITLE = 160


def ask(
    session: AnySession, actor: Actor, kind: str, detail: str, record_id: int, title: str
) -> Job:
    """Note that this is to be made for the actor. RulesBroken when too much waits.

    Of two equal wishes at one moment the second gets the first one's job.
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
        asked_at=clock.now(),
    )
    session.add(made)
    return made


def _one_at_a_time(session: AnySession, actor: Actor) -> None:
    """Let the wishes of one person pass one after another: nobody counts what another adds.

    Writing the account's row without changing it makes a second one wait on either database.
    """
    held = cast(Table, user_class().__table__)
    one = update(held).where(held.c.id == (actor.id or 0)).values(active=held.c.active)
    session.connection().execute(one)


def place_of(actor: Actor) -> str:
    """A mark of where the person stands and as what: it changes when somebody is moved."""
    stands = actor.bounds
    return sha256(repr(stands).encode()).hexdigest()


def of_actor(session: AnySession, actor: Actor) -> Sequence[Job]:
    """What this person asked for and may still see, the newest first; without the files."""
    mine = select(Job).where(Job.actor_id == (actor.id or 0)).order_by(Job.id.desc())
    return _covered(session, actor, session.scalars(mine).all())


def find(session: AnySession, actor: Actor, job_id: int) -> Job:
    """One of this person's own; NotFound for anybody else's, and out of the present scope."""
    mine = select(Job).where(Job.id == job_id, Job.actor_id == (actor.id or 0))
    found = _covered(session, actor, session.scalars(mine).all())
    if not found:
        raise NotFound("没有这项生成任务，或已过期")
    return found[0]


def cancel(session: AnySession, actor: Actor, job_id: int) -> Job:
    """Give up one of this person's own that is not made yet.

    A server that works on it notices at its next step. Raises NotFound, WrongState.
    """
    job = find(session, actor, job_id)
    still = update(Job).where(Job.id == job.id, Job.state.in_(OPEN))
    ended = still.values(state="cancelled", ended_at=clock.now(), leased_until=None)
    with transaction(session, actor):
        taken = session.connection().execute(ended)
    session.refresh(job)
    if not taken.rowcount:
        raise WrongState("这项任务已经结束，不用取消；可以在“生成任务”里查看结果")
    return job


def parts_of(session: AnySession, job_id: int) -> Iterator[bytes]:
    """What a job made, in stretches of a few megabytes."""
    attempt = session.scalar(select(Job.attempt).where(Job.id == job_id))
    made = (JobPart.job_id == job_id, JobPart.attempt == attempt)
    numbers = select(JobPart.number).where(*made).order_by(JobPart.number)
    for number in session.scalars(numbers).all():
        yield session.scalars(select(JobPart.content).where(*made, JobPart.number == number)).one()


def _covered(session: AnySession, actor: Actor, found: Sequence[Job]) -> list[Job]:
    """Those whose person stands where it stood, with what they are made of in scope still."""
    here = ("", place_of(actor))  # before places were kept, the record alone tells
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
    """Whether the product still makes such jobs, and for this person."""
    return known(job.kind) and not kind_named(job.kind).why_not(actor, job.detail)
