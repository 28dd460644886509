"""How do the tests of jobs ask for one, hold it and look at it?"""

from __future__ import annotations

from app.core import scope
from app.core.jobs import job_list, job_run
from app.core.roles import SYSTEM, Actor
from app.core.scope import AnySession
from app.core.tables import Job
from app.models import Batch


def asked(session: AnySession, actor: Actor, batch: Batch, stage: str = "filing") -> Job:
    """The wish of the actor for a package of the batch."""
    with scope.acting(session, SYSTEM):
        key, no = batch.id, batch.no
    return job_list.ask(session, actor, "package", stage, key, f"{no} 备案材料")


def held(session: AnySession, job: Job, owner: str = "one", lease: int = 60) -> job_run.Hold:
    """The hold of a server called ``owner`` on a job that waits."""
    found = job_run.begin(session, job.id, owner, lease)
    assert found is not None
    return found


def now(session: AnySession, job: Job) -> Job:
    """The job as it stands in the database."""
    session.expire_all()
    found = session.get(Job, job.id)
    assert found is not None
    return found
