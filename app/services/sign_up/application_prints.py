"""How are the application forms of candidates selected in a list printed?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core.errors import AppError, NotFound
from app.core.jobs.job_kinds import Progress
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Batch, Candidate
from app.services.documents import documents
from app.services.documents.documents import Taken


def batch_of(session: AnySession, keys: Sequence[int]) -> Batch:
    """Return the batch of these candidates.

    Raises NotFound where none is in scope, AppError where they belong to several batches.
    """
    found = session.scalars(
        select(Batch)
        .where(Batch.id.in_(select(Candidate.batch_id).where(Candidate.id.in_(keys)).distinct()))
        .limit(2)
    ).all()
    if not found:
        raise NotFound("所选人员已不在您的管辖范围内，没有可打印的")
    if len(found) > 1:
        raise AppError("所选人员属于不同的批次，请先按认定批次筛选，再选择打印")
    return found[0]


def take(
    session: AnySession,
    actor: Actor,
    keys: Sequence[int],
    form: str,
    progress: Progress = lambda done, total: None,
) -> Taken:
    """Return 附件1 of these candidates of one batch in roster order, and audit who took it.

    Raises NotFound, NotPermitted, AppError where they belong to several batches.
    """
    documents.check_format(documents.kind_named("application"), form)
    batch = batch_of(session, keys)
    return documents.take(session, actor, batch, "application", form, frozenset(keys), progress)
