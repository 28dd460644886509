"""May this row be added, changed or deleted by this person, as it and its batch stand now?"""

from __future__ import annotations

from typing import Any

from app.core import scope
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.records import code_uses
from app.core.roles import AREAS, Actor, may_delete, may_write
from app.core.scope import AnySession
from app.models import Batch, PlanPassRule
from app.services.archive import keeping
from app.workflow.tables import TABLES, open_states, own_states, state_label


def may_add(actor: Actor, model: type[Entity]) -> bool:
    """Whether the actor's role adds rows of ``model`` on a form at all."""
    return model.__name__ not in ISSUED and may_write(actor, model.__area__)


#: Tables that the procedure fills by itself: nobody adds, edits or deletes their rows by hand.
ISSUED = frozenset(
    {
        "Certificate",
        "CertificateSegment",
        "CertificateCounter",
        "SpotCheckDraw",
        "SpotCheckEntry",
    }
)


def may_edit(session: AnySession, actor: Actor, item: Entity) -> str:
    """Empty when the actor may change the row now, else the reason in Chinese."""
    return refusal(actor, item, allowed=may_write(actor, item.__area__))


def may_remove(session: AnySession, actor: Actor, item: Entity) -> str:
    """Empty when the actor may delete the row now, else the reason in Chinese."""
    refused = refusal(actor, item, allowed=may_delete(actor, item.__area__))
    if refused and not (may_delete(actor, item.__area__) and scope.owns(actor, item)):
        return refused
    # Until when it must be kept tells more than that its batch is closed.
    kept = keeping.reason(session, item, batch_of(item))
    return kept or refused or code_uses.in_use(session, item)


def refusal(actor: Actor, item: Entity, *, allowed: bool) -> str:
    """Why the row is closed to the actor, whose role is ``allowed`` the act; empty when open."""
    label = describe(type(item)).label
    if type(item).__name__ in ISSUED:
        return f"{label}由系统按程序产生，不能手工增删改"
    if not allowed:
        return f"您的角色不能维护“{AREAS[item.__area__].title}”类的数据"
    if not scope.owns(actor, item):
        return f"这条{label}由其他机构或中心登记，不归您维护"
    return frozen_reason(item)


def frozen_reason(item: Entity) -> str:
    """Why the row's own state, or its batch's, closes it to changes; empty when it is open."""
    name, label = type(item).__name__, describe(type(item)).label
    own = own_states(name)
    state = getattr(item, "state", None)
    if own is not None and state is not None and state not in own:
        return f"{label}现在是“{state_label(name, state)}”，不能再改"
    if isinstance(item, PlanPassRule) and item.plan is not None and frozen_reason(item.plan):
        here = state_label("Plan", item.plan.state)
        return f"认定计划 {item.plan.no} 现在是“{here}”，公布的合格规则不能再改"
    allowed, batch = open_states(name), batch_of(item)
    if batch is None or batch.state is None:  # a batch that is still to be added
        return ""
    if allowed is not None and batch.state not in allowed:
        here = state_label("Batch", batch.state)
        return f"批次 {batch.no} 现在是“{here}”，{label}不能再改；{_way_out(batch, allowed)}"
    return ""


def _way_out(batch: Batch, allowed: frozenset[str]) -> str:
    """What can still be done about a row that its batch has closed."""
    moves = TABLES["Batch"].moves
    back = [one for one in moves if batch.state in one.sources and one.target in allowed]
    if batch.state == "suspended":
        return "请待中心恢复办理"
    if back:
        return f"确需更正，请先由评价所在地市中心“{back[0].label}”"
    if batch.state == "withdrawn":
        return "撤回的批次不再办理，请新建批次"
    if batch.state in CERTIFIED:
        return "证书上的内容有误，请在“证书变更”中申请更正"
    return "批次已过可以退回的步骤，有误请与评价所在地市中心联系"


#: From here on what is wrong shows on a certificate, which is changed by an application.
CERTIFIED = frozenset({"registered", "certified", "archived"})


def batch_of(item: Any) -> Batch | None:
    """The batch that a row hangs on, directly or through its candidate or publicity."""
    if isinstance(item, Batch):
        return item
    for through in ("batch", "candidate", "publicity"):
        parent = getattr(item, through, None)
        if parent is not None:
            return parent if isinstance(parent, Batch) else batch_of(parent)
    return None
