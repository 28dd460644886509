"""What was a sheet judged against, and has any of it changed since?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.declarations.base import Entity, entities
from app.core.declarations.field import describe
from app.core.importing.entities import ROWS, model_of
from app.core.importing.heading_memory import recall, sender_of, sender_of_rows
from app.core.importing.sheet_kinds import KINDS, SheetKind, parents_of_sheets
from app.core.records import prefetch
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Change, ImportRun, Step

#: Raise this when kept judgements are stored, or rows are judged, in a different way.
EDITION = 1

#: Settings of the installation that judgements depend on, besides what is in the database.
_SETTINGS: dict[str, Callable[[], object]] = {}

Marks = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Basis:
    """What a judgement is based on: a digest, and the last history ids when it began."""

    digest: str
    changes: int
    steps: int


def judge_by(name: str, settings: Callable[[], object]) -> None:
    """Have rows judged again whenever these settings of the installation change."""
    _SETTINGS[name] = settings


def marks_of(session: AnySession, sheet: SheetKind, parent: Any) -> Marks:
    """Return a fingerprint of the record's rows that differs after any change to them.

    It does, because saving a row increases its version and a key is never used twice.
    """
    found: list[tuple[Any, ...]] = [(parent.id, parent.version, getattr(parent, "state", ""))]
    for table in sheet.judged_by:
        model: type[Any] = table
        asked = select(func.count(model.id), func.sum(model.version), func.max(model.id))
        row = session.execute(asked.where(sheet.of_parent(model, parent))).one()
        found.append(tuple(None if one is None else int(one) for one in row))
    return tuple(found)


def basis_of(session: AnySession, actor: Actor, run: ImportRun, parent: Any | None) -> Basis:
    """Return what a judgement of the upload would be based on at this moment."""
    sheet = KINDS.get(run.kind) if parent is not None else None
    sender = sender_of_rows(actor, model_of(run.entity))
    if parent is not None and sheet is not None:
        sender = sender_of(parent, sheet.name)
    basis: Mapping[str, Any] = {
        "edition": [EDITION, sheet.edition if sheet is not None else None],
        "file": [run.kind, run.entity, run.digest, run.filename],
        "headings": [run.mapping, recall(session, sender)],
        "parents": run.parents,
        # What a sheet may refer to depends on what its sender sees.
        "actor": [*actor.bounds, actor.all_rows],
        # Ages, deadlines and validities are judged as of a day.
        "day": f"{clock.today()}",
        "settings": {name: settings() for name, settings in _SETTINGS.items()},
        "rows": None if sheet is None else marks_of(session, sheet, parent),
    }
    text = json.dumps(basis, sort_keys=True, ensure_ascii=False, default=str)
    return Basis(
        sha256(text.encode()).hexdigest(),
        session.scalar(select(func.max(Change.id))) or 0,
        session.scalar(select(func.max(Step.id))) or 0,
    )


def still_stands(session: AnySession, run: ImportRun, then: Basis, now: Basis) -> bool:
    """Return whether a judgement based on ``then`` would come out the same ``now``.

    The digest covers the record's own rows; for all other tables the history shows changes.
    """
    if then.digest != now.digest:
        return False
    names = _looked_at(run)
    changed = select(Change.id).where(
        # Lines without a record only note exports and the like.
        Change.id > then.changes,
        Change.record_id != 0,
        Change.entity.in_(names),
    )
    stepped = select(Step.id).where(Step.id > then.steps, Step.entity.in_(names))
    return not any(session.scalar(asked.limit(1)) for asked in (changed, stepped))


def _looked_at(run: ImportRun) -> set[str]:
    """Return the names of the tables, other than the record's own rows, that affect judgement.

    These are all tables that do not hang on records that take sheets; for rows of any table
    also that table and those that it refers to.
    """
    parents = parents_of_sheets()
    found: set[Any] = {
        model for model in entities() if model not in parents and not parents & _referring(model)
    }
    if run.kind == ROWS:
        found |= _referred(model_of(run.entity))
    return {describe(model).name for model in found}


def _referring(model: Any) -> set[Any]:
    return {relation.mapper.class_ for relation, _ in prefetch.many_to_one(model)}


def _referred(model: type[Entity]) -> set[Any]:
    found: set[Any] = set()
    asked: list[Any] = [model]
    while asked:
        one = asked.pop()
        if one not in found:
            found.add(one)
            asked += _referring(one)
    return found
