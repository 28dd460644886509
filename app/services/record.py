"""May this row be added, changed or deleted, and is it sound? Then do it, whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session
from sqlalchemy.orm.exc import StaleDataError

from app import audit, scope
from app.errors import AppError, NotFound, NotPermitted, Problem, RulesBroken, Stale, WrongState
from app.models import Batch, Entity, PlanPassRule
from app.models.field import describe
from app.roles import AREAS, Actor, may_delete, may_write
from app.scope import AnySession
from app.services import checks, code_uses, duplicates, keeping, prefetch, preparation, references
from app.services.completeness import completeness_problems
from app.services.reading import read_once, reading
from app.workflow import engine
from app.workflow.tables import TABLES, open_states, own_states, state_label, table_of


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
    return _refusal(actor, item, allowed=may_write(actor, item.__area__))


def may_remove(session: AnySession, actor: Actor, item: Entity) -> str:
    """Empty when the actor may delete the row now, else the reason in Chinese."""
    refused = _refusal(actor, item, allowed=may_delete(actor, item.__area__))
    if refused and not (may_delete(actor, item.__area__) and scope.owns(actor, item)):
        return refused
    # Until when it must be kept tells more than that its batch is closed.
    kept = keeping.reason(session, item, batch_of(item))
    return kept or refused or code_uses.in_use(session, item)


def _refusal(actor: Actor, item: Entity, *, allowed: bool) -> str:
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


def add(session: AnySession, actor: Actor, item: Entity) -> None:
    """Add a sound row; numbers and defaults are filled in, the first state is set.

    Raises NotPermitted, WrongState (its batch is closed to it), RulesBroken with fields.
    """
    with _whole(session):
        put(session, actor, item)
        session.commit()


@contextmanager
def _whole(session: AnySession) -> Iterator[None]:
    """Undo what a refused act has begun, so that no part of it slips in with a later commit."""
    try:
        yield
    except AppError:
        session.rollback()
        raise


def put(session: AnySession, actor: Actor, item: Entity) -> None:
    """``add`` without the commit, for acts that consist of several rows."""
    kept = keep(session, actor, [item])
    if item in kept.refused:
        raise kept.refused[item]


def edit(session: AnySession, actor: Actor, item: Entity) -> None:
    """Keep the changes made to ``item``; raises as ``add``, and Stale if somebody was faster."""
    with _whole(session):
        put(session, actor, item)
        session.commit()


def remove(session: AnySession, actor: Actor, item: Entity) -> None:
    """Delete a row that nothing refers to; raises NotPermitted, WrongState, RulesBroken, Stale.

    What goes with it, such as the lines of a candidate's work history, is one operation with it.
    """
    with _whole(session):
        audit.begin_operation(session, f"delete:{secrets.token_hex(6)}")
        try:
            refused = discard(session, actor, [item])
        finally:
            audit.begin_operation(session, "")
        if item in refused:
            raise refused[item]
        session.commit()


def discard(session: AnySession, actor: Actor, items: Sequence[Entity]) -> dict[Entity, AppError]:
    """Delete those rows of one table that nothing speaks against; the reason for each other.

    Not committed. A fixed number of statements is asked, however many rows. Raises Stale or
    RulesBroken when somebody else wrote in the same moment: then nothing of it is left.
    """
    if not items:
        return {}
    model = type(items[0])
    named: Any = model
    label = describe(model).label
    held = references.referred(session, model, [item.id for item in items])
    refused: dict[Entity, AppError] = {}
    for item in items:
        reason = may_remove(session, actor, item)
        if reason:
            open_to_role = may_delete(actor, item.__area__) and scope.owns(actor, item)
            refused[item] = (WrongState if open_to_role else NotPermitted)(reason)
        elif item.id in held:
            message = (
                f"{label}“{item}”已被其他记录引用，不能删除（引用它的有{held[item.id]}）；"
                "不再使用的请停用"
            )
            refused[item] = RulesBroken([Problem("in_use", message)])
    gone = [item for item in items if item not in refused]
    hold_batches(session, gone)
    prefetch.read_lists(session, gone, prefetch.lists_of(named))
    _delete(session, gone)
    return refused


def _delete(session: AnySession, items: Sequence[Entity]) -> None:
    named = "、".join(f"“{item}”" for item in items[:3])
    label = describe(type(items[0])).label if items else ""
    try:
        for item in items:
            session.delete(item)
        session.flush()
    except StaleDataError as error:
        _undo(session)
        raise Stale(f"{label}{named}刚刚被别人改过或删除，请刷新后核对") from error
    except IntegrityError as error:
        _undo(session)
        message = f"{label}{named}已被其他记录引用，不能删除；不再使用的请停用"
        raise RulesBroken([Problem("in_use", message)]) from error


@dataclass(frozen=True)
class Kept:
    """What became of rows of one table: why some were refused, what should be minded of others."""

    refused: Mapping[Entity, AppError]
    warned: Mapping[Entity, Sequence[Problem]]


def keep(session: AnySession, actor: Actor, items: Sequence[Entity]) -> Kept:
    """Write the new and changed rows of one table that nothing speaks against; not committed.

    Every refusal is that of one row, which keeps what it was stored with. The number of statements
    does not grow with the rows, as long as what they refer to has been read. Raises Stale or
    RulesBroken when somebody else wrote in the same moment: then nothing of it is left.
    """
    refused: dict[Entity, AppError] = {}
    warned: dict[Entity, Sequence[Problem]] = {}
    with session.no_autoflush, reading(session):
        stored = _stored_keys(session, items)
        for item in items:
            try:
                warned[item] = _judge(session, actor, item, stored)
            except AppError as refusal:
                refused[item] = refusal
        taken = duplicates.taken(session, [one for one in items if one not in refused])
        refused |= {item: RulesBroken([problem]) for item, problem in taken.items()}
        sound = [item for item in items if item not in refused]
        hold_batches(session, sound)
        for item in refused:
            _leave(session, item)
    _write(session, actor, sound)
    refused |= misplaced(session, actor, sound)
    return Kept(refused, warned)


def _judge(
    session: AnySession, actor: Actor, item: Entity, stored: Mapping[int, Mapping[str, Any]]
) -> list[Problem]:
    """The warnings about a row; raises what speaks against it."""
    if prefetch.is_stored(item):
        _check_editable(session, actor, item)
        _check_stored(session, actor, item, stored.get(item.id))
        preparation.before_saving(session, actor, item)
    else:
        if not may_add(actor, type(item)):
            raise NotPermitted(_refusal(actor, item, allowed=False))
        preparation.before_adding(session, actor, item)
        _check_open(item)
    return _check(session, item)


def _check_editable(session: AnySession, actor: Actor, item: Entity) -> None:
    reason = may_edit(session, actor, item)
    if reason:
        open_to_role = may_write(actor, item.__area__) and scope.owns(actor, item)
        raise (WrongState if open_to_role else NotPermitted)(reason)


def _check_open(item: Entity) -> None:
    reason = frozen_reason(item)
    if reason:
        raise WrongState(reason)


def hold_batches(session: AnySession, items: Iterable[Entity]) -> None:
    """Let nobody send a batch in between this check and this change."""
    held: dict[int, Batch] = {}
    for item in items:
        batch = batch_of(item)
        bound = batch is not item and open_states(type(item).__name__) is not None
        if bound and batch is not None and batch.id is not None:
            held[batch.id] = batch
    for _, batch in sorted(held.items()):
        engine.hold(session, batch)


def _leave(session: AnySession, item: Entity) -> None:
    """Let a refused row take no part in what is written."""
    if prefetch.is_stored(item):
        session.expire(item)
    elif item in session:
        session.expunge(item)


def _check(session: AnySession, item: Entity) -> list[Problem]:
    problems = [*completeness_problems(item), *checks.problems_of(session, item)]
    broken = [problem for problem in problems if problem.severity == "error"]
    if broken:
        raise RulesBroken(broken)
    return problems


def _write(session: AnySession, actor: Actor, items: Sequence[Entity]) -> None:
    fresh = [item for item in items if not prefetch.is_stored(item)]
    keys = [(item.id, duplicates.unique_keys(item)) for item in items]
    session.add_all(fresh)
    try:
        session.flush()
    except StaleDataError as error:
        _undo(session)
        raise Stale("这条记录刚刚被别人保存过，请刷新后核对再保存") from error
    except IntegrityError as error:
        _undo(session)
        raise RulesBroken([duplicates.conflict(session, type(items[0]), keys)]) from error
    table = table_of(type(fresh[0]).__name__) if fresh else None
    if table is not None:
        engine.born(session, table, fresh, actor)


def _undo(session: AnySession) -> None:
    own = session() if isinstance(session, scoped_session) else session
    (own.get_nested_transaction() or own).rollback()


def _stored_keys(session: AnySession, items: Sequence[Entity]) -> dict[int, Mapping[str, Any]]:
    """What the stored ones of these rows referred to before this edit: id → key column → key."""
    known = [item.id for item in items if prefetch.is_stored(item)]
    if not known:
        return {}
    model: Any = type(items[0])
    columns = [next(iter(one.local_columns)) for one, _ in prefetch.many_to_one(model)]
    found: dict[int, Mapping[str, Any]] = {}
    for some in prefetch.chunks(known):
        asked = select(model.id, *columns).where(model.id.in_(some))
        for key, *before in session.execute(asked):
            found[key] = dict(zip([one.name for one in columns], before, strict=True))
    return found


def _check_stored(
    session: AnySession, actor: Actor, item: Entity, stored: Mapping[str, Any] | None
) -> None:
    """What the row was before this edit decides too: nobody takes over or moves a row by editing.

    A row stays with its batch, candidate and publicity for good.
    """
    model: Any = type(item)
    if stored is None:
        raise NotFound("这条记录已被删除，或不在您的管辖范围内")
    owned = dict(stored)
    deciding = scope.parents_that_own(model)
    for relation, key in prefetch.many_to_one(model):
        before = stored[key]
        if before is not None and relation.key in settled(model):
            _check_settled(item, relation.key, before)
        if relation.key in deciding:
            owned[relation.key] = _parent(session, relation.mapper.class_, before)
    if not scope.owned_before(actor, model, owned):
        raise NotPermitted(f"这条{describe(model).label}由其他机构或中心登记，不归您维护")


def _check_settled(item: Entity, name: str, before: int) -> None:
    after = getattr(item, name)
    if after is None or after.id != before:
        label = describe(type(item)).field(name).label
        message = f"“{label}”建立后不能更换；登记错了的请删除后重新登记"
        raise RulesBroken([Problem("parent_changed", message, field=name)])


@read_once
def _parent(session: AnySession, model: type[Any], key: int | None) -> Any:
    return session.get(model, key) if key else None


#: Relations that place a row for good.
_PARENTS = frozenset({"batch", "candidate", "publicity"})


def settled(model: type[Entity]) -> frozenset[str]:
    """The relations of a row that stay as they were when it was added.

    A batch stays with its body: number, approving centre and roster go by it.
    """
    return _PARENTS | {"body"} if model is Batch else _PARENTS


def misplaced(session: AnySession, actor: Actor, items: Sequence[Entity]) -> dict[Entity, AppError]:
    """The written rows that the actor may not have where they now stand."""
    hidden = _out_of_sight(session, items)
    label = describe(type(items[0])).label if items else ""
    unseen = "保存后这条记录将不在您的管辖范围内，请核对所属机构、中心或批次"
    foreign = f"您只能登记归本机构或本中心的{label}，请核对所属"
    found: dict[Entity, AppError] = {}
    for item in items:
        if item in hidden:
            found[item] = RulesBroken([Problem("out_of_scope", unseen)])
        elif not scope.owns(actor, item):
            found[item] = RulesBroken([Problem("not_owned", foreign)])
    return found


def _out_of_sight(session: AnySession, items: Sequence[Entity]) -> set[Entity]:
    if not items or scope.actor_of(session).sees_all:
        return set()
    model = type(items[0])
    seen: set[int] = set()
    for some in prefetch.chunks(item.id for item in items):
        seen.update(session.scalars(select(model.id).where(model.id.in_(some))))
    return {item for item in items if item.id not in seen}
