"""May this person add, change or delete this row, given its state and that of its parents?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.core import scope
from app.core.declarations.base import Entity
from app.core.declarations.behaviour import behaviour_of, procedure_of
from app.core.declarations.field import describe
from app.core.declarations.links import above, row_at
from app.core.declarations.opening import OpenIn, OpenWhile, is_issued, openings_of
from app.core.declarations.procedure import Procedure
from app.core.errors import Problem
from app.core.roles import AREAS, Actor, may_delete, may_write
from app.core.scope import AnySession


def may_add(actor: Actor, model: type[Entity]) -> bool:
    """Return whether the actor's role may add rows of ``model`` by hand."""
    return not is_issued(model) and may_write(actor, model.__area__)


def may_edit(session: AnySession, actor: Actor, item: Entity) -> str:
    """Return why the actor may not change the row now, in Chinese; empty if they may."""
    return refusal(actor, item, allowed=may_write(actor, item.__area__))


def may_remove(session: AnySession, actor: Actor, item: Entity) -> str:
    """Return why the actor may not delete the row now, in Chinese; empty if they may."""
    refused = refusal(actor, item, allowed=may_delete(actor, item.__area__))
    if refused and not (may_delete(actor, item.__area__) and scope.owns(actor, item)):
        return refused
    # How long the row must be kept is a better answer than that its parent is closed.
    return "；".join(one.message for one in _kept(session, item)) or refused


def _kept(session: AnySession, item: Entity) -> list[Problem]:
    """Return the reasons why the row must be kept, by its own table or one that it hangs on."""
    model: Any = type(item)
    keeps = behaviour_of(model).keeps
    found = [] if keeps is None else keeps(session, item)
    for holder, path in above(model).items():
        below = behaviour_of(holder).keeps_below
        row = None if below is None else row_at(item, path)
        if below is not None and row is not None:
            found = [*found, *below(session, row)]
    return found


def refusal(actor: Actor, item: Entity, *, allowed: bool) -> str:
    """Return why the row is closed to the actor, in Chinese; empty if it is open.

    ``allowed`` says whether the actor's role may do what is asked to rows of this table.
    """
    label = describe(type(item)).label
    if is_issued(type(item)):
        return f"{label}由系统按程序产生，不能手工增删改"
    if not allowed:
        return f"您的角色不能维护“{AREAS[item.__area__].title}”类的数据"
    if not scope.owns(actor, item):
        return f"这条{label}由其他机构或中心登记，不归您维护"
    return frozen_reason(item)


def frozen_reason(item: Entity) -> str:
    """Return why the state of the row or of its parents closes it; empty if it is open."""
    for one in openings_of(type(item)):
        if isinstance(one, OpenIn):
            reason = _closed_itself(item, one)
        elif isinstance(one, OpenWhile):
            reason = _closed_above(item, one)
        else:
            reason = ""
        if reason:
            return reason
    return ""


def _closed_itself(item: Any, opening: OpenIn) -> str:
    procedure = procedure_of(type(item).__name__)
    if item.state is None or item.state in opening.states:
        return ""
    label = describe(type(item)).label
    if procedure.reviewer:
        return _closed_by(item, opening.states, label)
    return f"{label}现在是“{procedure.state(item.state).label}”，不能再改"


def _closed_above(item: Entity, opening: OpenWhile) -> str:
    holder = row_at(item, opening.links)
    # A parent without a state has not been added yet, and so closes nothing.
    if holder is None or holder.state is None or holder.state in opening.states:
        return ""
    return _closed_by(holder, opening.states, opening.called or describe(type(item)).label)


def _closed_by(holder: Any, allowed: Collection[str], label: str) -> str:
    procedure = procedure_of(type(holder).__name__)
    here = procedure.state(holder.state)
    said = f"{procedure.short or procedure.label} {holder} 现在是“{here.label}”，{label}不能再改"
    way_out = here.remedy or _way_back(procedure, here.name, allowed)
    return f"{said}；{way_out}" if way_out else said


def _way_back(procedure: Procedure, state: str, allowed: Collection[str]) -> str:
    """Return how to have the record reopened, in Chinese; empty if it has no reviewer."""
    if not procedure.reviewer:
        return ""
    back = [one for one in procedure.moves_from(state) if one.target in allowed and not one.rare]
    own = [one.label for one in back if one.takes_back]
    asked = [one.label for one in back if not one.takes_back]
    if asked:
        first = f"请先“{own[0]}”，或" if own else "请先"
        return f"确需更正，{first}由{procedure.reviewer}“{asked[0]}”"
    return f"{procedure.short}已过可以退回的步骤，有误请与{procedure.reviewer}联系"


def holders_of(item: Entity) -> list[Any]:
    """Return the other records whose states decide whether the row is open."""
    ways = [one.links for one in openings_of(type(item)) if isinstance(one, OpenWhile)]
    return [row for row in (row_at(item, way) for way in ways) if row is not None]
