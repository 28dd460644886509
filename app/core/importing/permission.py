"""May this person bring this kind of sheet into this batch now?"""

from __future__ import annotations

from sqlalchemy import select

from app.core.declarations.base import Entity
from app.core.declarations.behaviour import state_label
from app.core.declarations.links import target_of
from app.core.declarations.opening import OpenWhile, openings_of
from app.core.errors import AppError, NotFound, NotPermitted, WrongState
from app.core.importing.forms import KINDS, LABELS, MODELS, form_of
from app.core.roles import AREAS, Actor, may_write
from app.core.scope import AnySession
from app.models import Batch


def check_open(session: AnySession, actor: Actor, batch: Batch, kind: str) -> None:
    """Raise unless the actor may import this kind into the batch, and the batch takes it now."""
    form_of(kind)
    model = MODELS[kind]
    if session.scalar(select(Batch.id).where(Batch.id == batch.id)) is None:
        raise NotFound("没有这个批次，或不在您的管辖范围内")
    if not may_write(actor, model.__area__):
        raise NotPermitted(f"您的角色不能导入“{AREAS[model.__area__].title}”类的数据")
    allowed = _open_states(model)
    if allowed is not None and batch.state not in allowed:
        here = state_label("Batch", batch.state)
        states = "、".join(sorted(state_label("Batch", state) for state in allowed))
        raise WrongState(
            f"批次 {batch.no} 现在是“{here}”，不能导入{LABELS[kind]}；只有“{states}”时可以导入"
        )


def _open_states(model: type[Entity]) -> tuple[str, ...] | None:
    """In which states of its batch a row is open; None where the batch does not close it."""
    for one in openings_of(model):
        if isinstance(one, OpenWhile) and target_of(model, one.links) is Batch:
            return one.states
    return None


def open_kinds(session: AnySession, actor: Actor, batch: Batch) -> tuple[str, ...]:
    """The kinds of sheet that the actor may import into the batch in its present state."""
    found = []
    for kind in KINDS:
        try:
            check_open(session, actor, batch, kind)
        except AppError:
            continue
        found.append(kind)
    return tuple(found)
