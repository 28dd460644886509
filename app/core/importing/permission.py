"""May this person bring this kind of sheet into this batch now?"""

from __future__ import annotations

from sqlalchemy import select

from app.core.errors import AppError, NotFound, NotPermitted, WrongState
from app.core.importing.forms import KINDS, LABELS, MODELS, form_of
from app.core.roles import AREAS, Actor, may_write
from app.core.scope import AnySession
from app.models import Batch
from app.workflow.tables import open_states, state_label


def check_open(session: AnySession, actor: Actor, batch: Batch, kind: str) -> None:
    """Raise unless the actor may import this kind into the batch, and the batch takes it now."""
    form_of(kind)
    model = MODELS[kind]
    if session.scalar(select(Batch.id).where(Batch.id == batch.id)) is None:
        raise NotFound("没有这个批次，或不在您的管辖范围内")
    if not may_write(actor, model.__area__):
        raise NotPermitted(f"您的角色不能导入“{AREAS[model.__area__].title}”类的数据")
    allowed = open_states(model.__name__)
    if allowed is not None and batch.state not in allowed:
        here = state_label("Batch", batch.state)
        states = "、".join(sorted(state_label("Batch", state) for state in allowed))
        raise WrongState(
            f"批次 {batch.no} 现在是“{here}”，不能导入{LABELS[kind]}；只有“{states}”时可以导入"
        )


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
