"""Where does an upload wait between preview and acceptance, and what has become of it?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Literal

from sqlalchemy import select, update

from app import clock
from app.errors import NotFound, WrongState
from app.models import Batch, ImportRun
from app.roles import Actor
from app.scope import AnySession
from app.services.importing.accept import write
from app.services.importing.gate import check_open
from app.services.importing.memory import learn
from app.services.importing.preview import preview
from app.services.importing.refused import refused_workbook
from app.services.importing.result import Counts, Preview

RunState = Literal["staged", "accepted", "discarded"]
_SHOWN_RUNS = 20


def stage(
    session: AnySession, actor: Actor, batch: Batch, kind: str, data: bytes, filename: str
) -> ImportRun:
    """Keep an upload for its preview; raises as ``preview`` for a file that has none.

    An earlier upload of the same kind that this user left waiting in the batch is given up.
    """
    shown = preview(session, actor, batch, kind, data, filename)
    session.execute(
        update(ImportRun)
        .where(
            ImportRun.batch_id == batch.id,
            ImportRun.kind == kind,
            ImportRun.state == "staged",
            ImportRun.actor_id == actor.id,
        )
        .values(state="discarded", content=b"")
    )
    run = ImportRun(
        batch_id=batch.id,
        kind=kind,
        filename=filename[-200:],
        content=data,
        digest=hashlib.sha256(data).hexdigest(),
        mapping={},
        state="staged",
        counts=asdict(shown.counts),
        actor_id=actor.id,
        actor_name=actor.name,
        at=clock.now(),
    )
    session.add(run)
    session.commit()
    return run


def find_run(session: AnySession, run_id: int) -> tuple[ImportRun, Batch]:
    """The upload and its batch; NotFound where either is out of the actor's sight."""
    run = session.scalar(select(ImportRun).where(ImportRun.id == run_id))
    batch = None if run is None else session.scalar(select(Batch).where(Batch.id == run.batch_id))
    if run is None or batch is None:
        raise NotFound("没有这次导入，或不在您的管辖范围内")
    return run, batch


def runs_of(session: AnySession, batch: Batch) -> Sequence[ImportRun]:
    """The latest uploads to a batch, newest first."""
    return session.scalars(
        select(ImportRun)
        .where(ImportRun.batch_id == batch.id)
        .order_by(ImportRun.id.desc())
        .limit(_SHOWN_RUNS)
    ).all()


def preview_run(session: AnySession, actor: Actor, run: ImportRun) -> Preview:
    """What accepting the upload would do now; raises as ``preview``, WrongState once it is over."""
    batch = _waiting(session, run)
    return preview(session, actor, batch, run.kind, run.content, run.filename, run.mapping)


def map_headings(
    session: AnySession,
    actor: Actor,
    run: ImportRun,
    mapping: Mapping[str, str],
    remember: bool = False,  # noqa: FBT001, FBT002 - one tick of the form
) -> None:
    """Assign headings (by text) to fields, "" for one to leave out.

    Only what differs from what was recognised is kept; ``remember`` also keeps it for the next
    sheet of the same enterprise.
    """
    shown = preview_run(session, actor, run)
    known = {heading.key: heading.field for heading in shown.headings}
    texts = {heading.text: heading.key for heading in shown.headings}
    fields = {name for name, _label in shown.fields}
    chosen = {texts.get(text, text): field for text, field in mapping.items()}
    changed = {
        key: field
        for key, field in chosen.items()
        if key in known and known[key] != field and (field in fields or field == "")
    }
    run.mapping = {**run.mapping, **changed}
    if remember:
        learn(session, _waiting(session, run), run.kind, run.mapping)
    session.commit()


def accept_run(session: AnySession, actor: Actor, run: ImportRun) -> Preview:
    """Write the upload's rows and close it; raises as ``accept``, WrongState once it is over.

    Of the file only the refused rows are kept, to be corrected.
    """
    batch = _waiting(session, run, hold=True)
    shown = write(session, actor, batch, run.kind, run.content, run.filename, run.mapping)
    run.state = "accepted"
    run.counts = asdict(shown.counts)
    run.accepted_at = clock.now()
    run.content = refused_workbook(shown) if shown.counts.refused else b""
    session.commit()
    return shown


def discard_run(session: AnySession, actor: Actor, run: ImportRun) -> None:
    """Give the upload up; its file is not kept."""
    batch = _waiting(session, run, hold=True)
    check_open(session, actor, batch, run.kind)
    run.state, run.content = "discarded", b""
    session.commit()


def refused_of_run(session: AnySession, actor: Actor, run: ImportRun) -> bytes:
    """The workbook of the refused rows, before and after acceptance; NotFound if there are none."""
    if run.state == "staged":
        shown = preview_run(session, actor, run)
        if shown.counts.refused:
            return refused_workbook(shown)
    elif run.content:
        return run.content
    raise NotFound("这次导入没有问题行")


def counts_of(run: ImportRun) -> Counts:
    """How many rows the upload added, changed, left and refused, or would."""
    return Counts(**run.counts)


def _waiting(session: AnySession, run: ImportRun, *, hold: bool = False) -> Batch:
    """The batch of an upload that still waits; with ``hold`` nobody else can close it meanwhile."""
    if hold:
        # A write locks on both databases; a select for update is nothing to SQLite.
        wanted = ImportRun.id == run.id
        session.execute(update(ImportRun).where(wanted).values(state=ImportRun.state))
        session.scalar(select(ImportRun).where(wanted).execution_options(populate_existing=True))
    batch = find_run(session, run.id)[1]
    if run.state != "staged":
        done = "已经导入" if run.state == "accepted" else "已经放弃"
        raise WrongState(f"“{run.filename}”这次上传{done}，请重新上传文件")
    return batch
