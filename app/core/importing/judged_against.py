"""What was a sheet judged against, and has anything of it changed since?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import func, inspect, select

from app.core import clock
from app.core.declarations.base import Entity, entities
from app.core.declarations.field import describe
from app.core.importing.entities import ROWS, model_of
from app.core.importing.heading_memory import place_of, place_of_rows, recall
from app.core.records import prefetch
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Change, ImportRun, Step
from app.models import Batch, Candidate, ExamSession, Score
from app.services.reference.terms import terms

#: Raised when kept judgements are written, or come about, in another way.
EDITION = 1
_OF_BATCH: tuple[type[Any], ...] = (Candidate, ExamSession, Score)

Marks = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Basis:
    """What a judgement stands on: a digest, and how far the history had come when it began."""

    digest: str
    changes: int
    steps: int


def marks_of(session: AnySession, batch: Batch) -> Marks:
    """How the rows of the batch stand: no change to any of them leaves this as it was.

    A saved row counts its version up, and a key is never given twice.
    """
    found: list[tuple[Any, ...]] = [(batch.id, batch.version, batch.state)]
    for model in _OF_BATCH:
        asked = select(func.count(model.id), func.sum(model.version), func.max(model.id))
        row = session.execute(asked.where(model.batch_id == batch.id)).one()
        found.append(tuple(None if one is None else int(one) for one in row))
    return tuple(found)


def basis_of(session: AnySession, actor: Actor, run: ImportRun, batch: Batch | None) -> Basis:
    """What a judgement of the upload stands on at this moment."""
    official = batch if run.kind != ROWS else None
    place = place_of_rows(actor, model_of(run.entity))
    if official is not None:
        place = place_of(official, run.kind)
    told: Mapping[str, Any] = {
        "edition": EDITION,
        "file": [run.kind, run.entity, run.digest, run.filename],
        "headings": [run.mapping, recall(session, place)],
        "parents": run.parents,
        "actor": [*actor.bounds, actor.all_rows],
        "day": f"{clock.today()}",
        "terms": asdict(terms()),
        "rows": None if official is None else marks_of(session, official),
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return Basis(
        sha256(text.encode()).hexdigest(),
        session.scalar(select(func.max(Change.id))) or 0,
        session.scalar(select(func.max(Step.id))) or 0,
    )


def still_stands(session: AnySession, run: ImportRun, then: Basis, now: Basis) -> bool:
    """Whether a judgement made ``then`` would come out the same ``now``.

    Rows of the batch are in the digest; of all else the history tells what has changed.
    """
    if then.digest != now.digest:
        return False
    names = _looked_at(run)
    changed = select(Change.id).where(
        Change.id > then.changes, Change.record_id != 0, Change.entity.in_(names)
    )
    stepped = select(Step.id).where(Step.id > then.steps, Step.entity.in_(names))
    return not any(session.scalar(asked.limit(1)) for asked in (changed, stepped))


def _looked_at(run: ImportRun) -> set[str]:
    """Tables by which rows are judged: all but the business of batches; for rows of any table that
    table and what it refers to.
    """
    found: set[Any] = {
        model
        for model in entities()
        if model is not Batch and "batch" not in inspect(model).relationships
    }
    if run.kind == ROWS:
        found |= _referred(model_of(run.entity))
    return {describe(model).name for model in found}


def _referred(model: type[Entity]) -> set[Any]:
    found: set[Any] = set()
    asked: list[Any] = [model]
    while asked:
        one = asked.pop()
        if one not in found:
            found.add(one)
            asked += [relation.mapper.class_ for relation, _ in prefetch.many_to_one(one)]
    return found
