"""Where does an upload wait between preview and acceptance, and what has become of it?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, select, true, update

from app import clock
from app.errors import NotFound, WrongState
from app.models import Batch, Entity, ImportRun
from app.roles import Actor
from app.scope import AnySession, actor_of
from app.services.importing.accept import write
from app.services.importing.entities import ROWS, model_of
from app.services.importing.forms import MODELS
from app.services.importing.gate import check_open
from app.services.importing.lines import Parents
from app.services.importing.memory import Place, learn, place_of, place_of_rows
from app.services.importing.preview import preview
from app.services.importing.refused import refused_workbook
from app.services.importing.result import Counts, Imported, Preview
from app.services.importing.rows import check_rows_open, preview_rows, related_parents, write_rows

#: So long an upload waits for its acceptance.
LIFE = timedelta(days=7)
_SHOWN_RUNS = 20
_OVER = {"accepted": "已经导入", "discarded": "已经放弃", "withdrawn": "已经撤回"}


def stage(
    session: AnySession, actor: Actor, batch: Batch, kind: str, data: bytes, filename: str
) -> ImportRun:
    """Keep an upload for its preview; raises as ``preview`` for a file that has none.

    An earlier upload of the same kind that this user left waiting in the batch is given up.
    """
    shown = preview(session, actor, batch, kind, data, filename)
    run = ImportRun(batch_id=batch.id, kind=kind, entity=MODELS[kind].__name__)
    return _keep(session, actor, run, shown, data, filename)


def stage_rows(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    parents: Parents,
    data: bytes,
    filename: str,
) -> ImportRun:
    """As ``stage``, for rows of any table; ``parents`` are what all of them hang on."""
    shown = preview_rows(session, actor, model, parents, data, filename)
    batch = next((one for one in parents.values() if isinstance(one, Batch)), None)
    run = ImportRun(
        batch_id=batch.id if batch is not None else None,
        kind=ROWS,
        entity=model.__name__,
        parents={name: one.id for name, one in parents.items()},
    )
    return _keep(session, actor, run, shown, data, filename)


def _keep(
    session: AnySession, actor: Actor, run: ImportRun, shown: Preview, data: bytes, filename: str
) -> ImportRun:
    session.execute(
        update(ImportRun)
        .where(
            ImportRun.batch_id == run.batch_id,
            ImportRun.kind == run.kind,
            ImportRun.entity == run.entity,
            ImportRun.state == "staged",
            ImportRun.actor_id == actor.id,
        )
        .values(state="discarded", content=b"")
    )
    run.filename, run.content = filename[-200:], data
    run.digest = hashlib.sha256(data).hexdigest()
    run.mapping, run.state, run.counts = {}, "staged", asdict(shown.counts)
    run.actor_id, run.actor_name, run.at = actor.id, actor.name, clock.now()
    run.body_id, run.centre_id = actor.body_id, actor.centre_id
    session.add(run)
    session.commit()
    return run


def given_up(now: datetime) -> Update:
    """The statement that gives up whatever has waited for too long; the files are not kept."""
    old = (ImportRun.state == "staged", ImportRun.at < now - LIFE)
    return update(ImportRun).where(*old).values(state="discarded", content=b"")


def find_run(session: AnySession, run_id: int) -> tuple[ImportRun, Batch | None]:
    """The upload and its batch, if it has one; NotFound where either is out of the actor's sight.

    Rows without a batch are the affair of the body or the centre that sent them in.
    """
    run = session.scalar(select(ImportRun).where(ImportRun.id == run_id))
    if run is None:
        raise NotFound(_MISSING)
    if run.batch_id is not None:
        batch = session.scalar(select(Batch).where(Batch.id == run.batch_id))
        if batch is None:
            raise NotFound(_MISSING)
        return run, batch
    if session.scalar(select(ImportRun.id).where(ImportRun.id == run_id, _ours(session))) is None:
        raise NotFound(_MISSING)
    return run, None


_MISSING = "没有这次导入，或不在您的管辖范围内"


def _ours(session: AnySession) -> ColumnElement[bool]:
    """The uploads of the actor's own body or centre; all of them where the actor sees all."""
    actor = actor_of(session)
    if actor.sees_all:
        return true()
    if actor.body_id is not None:
        return ImportRun.body_id == actor.body_id
    return ImportRun.body_id.is_(None) & (ImportRun.centre_id == (actor.centre_id or 0))


def runs_of(session: AnySession, batch: Batch) -> Sequence[ImportRun]:
    """The latest uploads to a batch, newest first."""
    return _latest(session, ImportRun.batch_id == batch.id)


def runs_of_rows(session: AnySession, model: type[Entity]) -> Sequence[ImportRun]:
    """The latest uploads of rows of a table from the actor's own body or centre, newest first."""
    return _latest(
        session, ImportRun.entity == model.__name__, ImportRun.kind == ROWS, _ours(session)
    )


def _latest(session: AnySession, *where: ColumnElement[bool]) -> Sequence[ImportRun]:
    asked = select(ImportRun).where(*where).order_by(ImportRun.id.desc()).limit(_SHOWN_RUNS)
    return session.scalars(asked).all()


def preview_run(session: AnySession, actor: Actor, run: ImportRun) -> Preview:
    """What accepting the upload would do now; raises as ``preview``, WrongState once it is over."""
    batch = _waiting(session, run)
    if batch is not None and run.kind != ROWS:
        return preview(session, actor, batch, run.kind, run.content, run.filename, run.mapping)
    return preview_rows(session, actor, *_rows_of(session, run))


def _rows_of(session: AnySession, run: ImportRun) -> tuple[Any, ...]:
    """What an upload of rows is read as: table, what the rows hang on, file, name, headings."""
    model, keys = model_of(run.entity), run.parents or {}
    parents = related_parents(session, model, keys)
    if len(parents) != len(keys):
        raise NotFound("这次导入所属的记录已被删除，或不在您的管辖范围内，请重新上传文件")
    return model, parents, run.content, run.filename, run.mapping


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
        learn(session, _place(session, actor, run), run.mapping)
    session.commit()


def _place(session: AnySession, actor: Actor, run: ImportRun) -> Place:
    batch = _waiting(session, run)
    if batch is not None and run.kind != ROWS:
        return place_of(batch, run.kind)
    return place_of_rows(actor, model_of(run.entity))


def accept_run(session: AnySession, actor: Actor, run: ImportRun) -> Preview:
    """Write the upload's rows and close it; raises as ``accept``, WrongState once it is over.

    Of the file only the refused rows are kept, to be corrected.
    """
    done = _write(session, actor, run, _waiting(session, run, hold=True))
    shown = done.shown
    run.state, run.operation = "accepted", done.operation
    run.counts = asdict(shown.counts)
    run.accepted_at = clock.now()
    run.content = refused_workbook(shown) if shown.counts.refused else b""
    session.commit()
    return shown


def _write(session: AnySession, actor: Actor, run: ImportRun, batch: Batch | None) -> Imported:
    if batch is not None and run.kind != ROWS:
        return write(session, actor, batch, run.kind, run.content, run.filename, run.mapping)
    return write_rows(session, actor, *_rows_of(session, run))


def discard_run(session: AnySession, actor: Actor, run: ImportRun) -> None:
    """Give the upload up; its file is not kept."""
    batch = _waiting(session, run, hold=True)
    if batch is not None and run.kind != ROWS:
        check_open(session, actor, batch, run.kind)
    else:
        check_rows_open(actor, model_of(run.entity))
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


def hold_run(session: AnySession, run: ImportRun) -> None:
    """Let nobody else close or withdraw the upload meanwhile."""
    # A write locks on both databases; a select for update is nothing to SQLite.
    wanted = ImportRun.id == run.id
    session.execute(update(ImportRun).where(wanted).values(state=ImportRun.state))
    session.scalar(select(ImportRun).where(wanted).execution_options(populate_existing=True))


def _waiting(session: AnySession, run: ImportRun, *, hold: bool = False) -> Batch | None:
    """The batch of an upload that still waits; with ``hold`` nobody else can close it meanwhile."""
    if hold:
        hold_run(session, run)
    batch = find_run(session, run.id)[1]
    if run.state != "staged":
        raise WrongState(f"“{run.filename}”这次上传{_OVER[run.state]}，请重新上传文件")
    return batch
