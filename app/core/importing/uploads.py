"""How is an upload kept between preview and acceptance, and how does it end?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, update

from app.core import clock
from app.core.declarations.base import Entity
from app.core.errors import NotFound, WrongState
from app.core.importing import judgements
from app.core.importing.accept import write
from app.core.importing.any_table import check_rows_open, preview_rows, related_parents, write_rows
from app.core.importing.entities import ROWS, model_of
from app.core.importing.judged_against import Basis, basis_of
from app.core.importing.permission import check_open
from app.core.importing.preview import preview
from app.core.importing.refused import refused_workbook
from app.core.importing.result import Imported, Preview
from app.core.importing.row_values import Parents
from app.core.importing.sheet_kinds import kind_named, parents_of_sheets
from app.core.importing.upload_list import find_run, hold_run
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import ImportRun
from app.core.transaction import transaction

#: How long an upload waits for its acceptance.
LIFE = timedelta(days=7)
_OVER = {"accepted": "已经导入", "discarded": "已经放弃", "withdrawn": "已经撤回"}


def stage(
    session: AnySession, actor: Actor, parent: Any, kind: str, data: bytes, filename: str
) -> ImportRun:
    """Store an upload for its preview; raises as ``preview`` if the file cannot be read.

    An earlier upload of the same kind, by the same user and for the same record, is discarded.
    """
    check_open(session, actor, parent, kind)
    run = ImportRun(kind=kind, entity=kind_named(kind).model.__name__)
    _fill(actor, run, parent, data, filename)
    basis = basis_of(session, actor, run, parent)
    shown = preview(session, actor, parent, kind, data, filename)
    return _keep(session, actor, run, shown, basis)


def stage_rows(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    parents: Parents,
    data: bytes,
    filename: str,
) -> ImportRun:
    """Do what ``stage`` does for rows of any table; all rows belong to ``parents``."""
    check_rows_open(actor, model)
    takers = parents_of_sheets()
    parent = next((one for one in parents.values() if type(one) in takers), None)
    run = ImportRun(
        kind=ROWS,
        entity=model.__name__,
        parents={name: one.id for name, one in parents.items()},
    )
    _fill(actor, run, parent, data, filename)
    basis = basis_of(session, actor, run, parent)
    shown = preview_rows(session, actor, model, parents, data, filename)
    return _keep(session, actor, run, shown, basis)


def _fill(actor: Actor, run: ImportRun, parent: Entity | None, data: bytes, filename: str) -> None:
    if parent is not None:
        run.parent_entity, run.parent_id = type(parent).__name__, parent.id
    run.filename, run.content = filename[-200:], data
    run.digest = hashlib.sha256(data).hexdigest()
    run.mapping, run.state = {}, "staged"
    run.actor_id, run.actor_name, run.at = actor.id, actor.name, clock.now()
    if actor.place is not None:
        run.place_kind, run.place_id = actor.place


def _keep(
    session: AnySession, actor: Actor, run: ImportRun, shown: Preview, basis: Basis
) -> ImportRun:
    run.counts = asdict(shown.counts)
    packed = judgements.pack(shown, basis)
    waiting = update(ImportRun).where(
        ImportRun.parent_entity == run.parent_entity,
        ImportRun.parent_id == run.parent_id,
        ImportRun.kind == run.kind,
        ImportRun.entity == run.entity,
        ImportRun.state == "staged",
        ImportRun.actor_id == actor.id,
    )
    with transaction(session, actor):
        # Only one upload waits per person, record and kind: otherwise an older file could be
        # accepted after a newer one.
        session.execute(waiting.values(state="discarded", content=b""))
        session.add(run)
        session.flush()
        judgements.put(session, run, packed)
    return run


def given_up(now: datetime) -> Update:
    """Return the statement that discards uploads that waited longer than ``LIFE``, with files."""
    old = (ImportRun.state == "staged", ImportRun.at < now - LIFE)
    return update(ImportRun).where(*old).values(state="discarded", content=b"")


def preview_run(session: AnySession, actor: Actor, run: ImportRun) -> Preview:
    """Return what accepting the upload would do now.

    Raises as ``preview``, and WrongState if the upload is no longer waiting.
    """
    parent = _waiting(session, run)
    if parent is not None and run.kind != ROWS:
        return preview(session, actor, parent, run.kind, run.content, run.filename, run.mapping)
    return preview_rows(session, actor, *_rows_of(session, run))


def _rows_of(
    session: AnySession, run: ImportRun
) -> tuple[type[Entity], Parents, bytes, str, dict[str, Any]]:
    """Return the arguments for reading an upload of rows: table, parents, file, name, headings."""
    model, keys = model_of(run.entity), run.parents or {}
    parents = related_parents(session, model, keys)
    if len(parents) != len(keys):
        raise NotFound("这次导入所属的记录已被删除，或不在您的管辖范围内，请重新上传文件")
    return model, parents, run.content, run.filename, run.mapping


def accept_run(session: AnySession, actor: Actor, run: ImportRun) -> Preview:
    """Write the upload's rows and close it.

    Raises as ``accept``, and WrongState if it is no longer waiting. Only the refused rows of the
    file are kept, so that they can be corrected.
    """
    with transaction(session, actor):
        return _accept(session, actor, run)


def _accept(session: AnySession, actor: Actor, run: ImportRun) -> Preview:
    parent, refused = _waiting(session, run), [b""]

    def hold(shown: Preview) -> None:
        if shown.counts.refused:
            refused[0] = refused_workbook(shown)
        # Two people may accept the same upload: the second one finds it no longer waiting.
        _waiting(session, run, hold=True)

    done = _write(session, actor, run, parent, hold)
    shown = done.shown
    if not done.operation:
        hold(shown)
    run.state, run.operation = "accepted", done.operation
    run.counts = asdict(shown.counts)
    run.accepted_at = clock.now()
    # Only the refused rows are still needed; the others stand in their table now.
    run.content = refused[0]
    judgements.forget(session, run)
    return shown


def _write(
    session: AnySession,
    actor: Actor,
    run: ImportRun,
    parent: Any | None,
    hold: Callable[[Preview], None],
) -> Imported:
    file = (run.content, run.filename, run.mapping)
    if parent is not None and run.kind != ROWS:
        return write(session, actor, parent, run.kind, *file, hold=hold)
    return write_rows(session, actor, *_rows_of(session, run), hold=hold)


def check_waiting(session: AnySession, actor: Actor, run: ImportRun) -> Any | None:
    """Return the record of a waiting upload; raises as ``preview_run`` if it cannot go on."""
    parent = _waiting(session, run)
    if parent is not None and run.kind != ROWS:
        check_open(session, actor, parent, run.kind)
    else:
        check_rows_open(actor, model_of(run.entity))
    return parent


def discard_run(session: AnySession, actor: Actor, run: ImportRun) -> None:
    """Discard the upload and its file."""
    with transaction(session, actor):
        hold_run(session, run)
        check_waiting(session, actor, run)
        run.state, run.content = "discarded", b""
        judgements.forget(session, run)


def refused_of_run(session: AnySession, actor: Actor, run: ImportRun) -> bytes:
    """Return the workbook of the refused rows, before or after acceptance.

    Raises NotFound if no row was refused.
    """
    if run.state == "staged":
        shown = preview_run(session, actor, run)
        if shown.counts.refused:
            return refused_workbook(shown)
    elif run.content:
        return run.content
    raise NotFound("这次导入没有问题行")


def _waiting(session: AnySession, run: ImportRun, *, hold: bool = False) -> Any | None:
    """Return the record of a waiting upload; ``hold`` locks the upload first."""
    if hold:
        hold_run(session, run)
    parent = find_run(session, run.id)[1]
    if run.state != "staged":
        raise WrongState(f"“{run.filename}”这次上传{_OVER[run.state]}，请重新上传文件")
    return parent
