"""Which documents of a batch take so long that they are made in the background?"""

from __future__ import annotations

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.jobs.job_kinds import JobKind, Out, Progress
from app.core.lists import selection
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Batch, Candidate
from app.services.documents import documents, package
from app.services.documents.documents import Taken
from app.services.sign_up import application_prints


def _package(
    session: AnySession, actor: Actor, stage: str, key: int, out: Out, progress: Progress
) -> str:
    return package.make(session, actor, _batch(session, key), stage, out, progress)


def _document(
    session: AnySession, actor: Actor, detail: str, key: int, out: Out, progress: Progress
) -> str:
    kind, _, form = detail.partition(".")
    batch = _batch(session, key)
    return _written(documents.take(session, actor, batch, kind, form, progress=progress), out)


def _batch(session: AnySession, batch_id: int) -> Batch:
    batch: Batch | None = session.scalar(select(Batch).where(Batch.id == batch_id))
    if batch is None:
        raise NotFound("批次已被删除，或不在您的管辖范围内")
    return batch


def _applications(
    session: AnySession, actor: Actor, detail: str, _key: int, out: Out, progress: Progress
) -> str:
    form, _, chosen = detail.partition(".")
    keys = selection.keys_of(session, actor, Candidate, int(chosen))
    return _written(application_prints.take(session, actor, keys, form, progress), out)


def _written(taken: Taken, out: Out) -> str:
    out.write(taken.content)
    return taken.filename


def _no_package(actor: Actor, _stage: str) -> str:
    return package.why_not(actor)


def _no_document(actor: Actor, detail: str) -> str:
    name = detail.partition(".")[0]
    if name not in documents.KINDS:
        return "gone"
    return documents.why_not(actor, documents.kind_named(name))


KINDS = (
    JobKind("package", _package, Batch, _no_package),
    JobKind("paper", _document, Batch, _no_document),
    JobKind("applications", _applications, Batch),
)
