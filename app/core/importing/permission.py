"""May this person import this kind of sheet into this record now?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core.errors import AppError, NotFound, NotPermitted, WrongState
from app.core.importing.sheet_kinds import SheetKind, kind_named, kinds_into
from app.core.roles import AREAS, Actor, may_write
from app.core.scope import AnySession
from app.core.workflow.moves import procedure_for


def check_open(session: AnySession, actor: Actor, parent: Any, kind: str) -> None:
    """Raise an error unless the actor may import this kind into the record in its present state.

    Raises NotFound, NotPermitted or WrongState.
    """
    sheet = kind_named(kind)
    area = sheet.model.__area__
    of = sheet.parent
    if type(parent) is not of or session.scalar(select(of.id).where(of.id == parent.id)) is None:
        raise NotFound(f"没有这个{sheet.parent_label}，或不在您的管辖范围内")
    if not may_write(actor, area):
        raise NotPermitted(f"您的角色不能导入“{AREAS[area].title}”类的数据")
    allowed = sheet.open_states()
    if allowed is not None and parent.state not in allowed:
        raise WrongState(_closed(sheet, parent, allowed))


def _closed(sheet: SheetKind, parent: Any, allowed: frozenset[str]) -> str:
    labels = {state.name: state.label for state in procedure_for(sheet.parent).states}
    here = labels.get(parent.state, parent.state)
    states = "、".join(sorted(labels.get(state, state) for state in allowed))
    return (
        f"{sheet.parent_label} {parent} 现在是“{here}”，不能导入{sheet.label}；"
        f"只有“{states}”时可以导入"
    )


def open_kinds(session: AnySession, actor: Actor, parent: Any) -> tuple[str, ...]:
    """Return the kinds of sheet that the actor may now import into the record."""
    found = []
    for kind in kinds_into(type(parent)):
        try:
            check_open(session, actor, parent, kind.name)
        except AppError:
            continue
        found.append(kind.name)
    return tuple(found)
