"""May this row be added, changed or deleted, and is it sound? Then do it, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import RelationshipDirection
from sqlalchemy.orm.exc import StaleDataError

from app import clock, scope
from app.errors import AppError, NotFound, NotPermitted, Problem, RulesBroken, Stale, WrongState
from app.models import ArchiveFile, Batch, Entity
from app.models.field import Field, describe
from app.roles import AREAS, Actor, may_delete, may_write
from app.scope import AnySession
from app.services import checks, preparation
from app.services.duplicates import conflict, unique_keys
from app.workflow import engine
from app.workflow.tables import open_states, own_states, state_label, table_of


def may_add(actor: Actor, model: type[Entity]) -> bool:
    """Whether the actor's role adds rows of ``model`` on a form at all."""
    return model.__name__ not in ISSUED and may_write(actor, model.__area__)


#: Tables that the procedure fills by itself: nobody adds, edits or deletes their rows by hand.
ISSUED = frozenset({"Certificate", "CertificateSegment", "CertificateCounter"})


def may_edit(session: AnySession, actor: Actor, item: Entity) -> str:
    """Empty when the actor may change the row now, else the reason in Chinese."""
    return _refusal(actor, item, allowed=may_write(actor, item.__area__))


def may_remove(session: AnySession, actor: Actor, item: Entity) -> str:
    """Empty when the actor may delete the row now, else the reason in Chinese."""
    return _refusal(actor, item, allowed=may_delete(actor, item.__area__)) or _kept(item)


def _kept(item: Entity) -> str:
    """Why the archive still keeps this: nothing of it is thrown away before its time."""
    if not isinstance(item, ArchiveFile) or item.batch.state != "archived":
        return ""
    if item.keep_until < clock.today():
        return ""
    return f"“{item.title}”已归档，保管期限至 {item.keep_until}，期满前不能删除"


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
    allowed, batch = open_states(name), batch_of(item)
    if batch is None or batch.state is None:  # a batch that is still to be added
        return ""
    if allowed is not None and batch.state not in allowed:
        here = state_label("Batch", batch.state)
        return f"批次 {batch.no} 现在是“{here}”，{label}不能再改；确需更正请先由市中心退回"
    return ""


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
    if not may_add(actor, type(item)):
        raise NotPermitted(_refusal(actor, item, allowed=False))
    with session.no_autoflush:
        preparation.before_adding(session, actor, item)
        _check_open(item)
        _check(session, item)
        _hold_batch(session, item)
    session.add(item)
    _flush(session, item)
    _check_visible(session, item)
    _check_owner(session, actor, item)
    table = table_of(type(item).__name__)
    if table is not None:
        engine.born(session, table, [item], actor)


def edit(session: AnySession, actor: Actor, item: Entity) -> None:
    """Keep the changes made to ``item``; raises as ``add``, and Stale if somebody was faster."""
    with _whole(session):
        with session.no_autoflush:
            _check_editable(session, actor, item)
            preparation.before_saving(session, actor, item)
            _check(session, item)
            _hold_batch(session, item)
        _flush(session, item)
        _check_visible(session, item)
        _check_owner(session, actor, item)
        session.commit()


def _check_editable(session: AnySession, actor: Actor, item: Entity) -> None:
    reason = may_edit(session, actor, item)
    if reason:
        open_to_role = may_write(actor, item.__area__) and scope.owns(actor, item)
        raise (WrongState if open_to_role else NotPermitted)(reason)
    _check_stored(session, actor, item)


def remove(session: AnySession, actor: Actor, item: Entity) -> None:
    """Delete a row that nothing refers to; raises NotPermitted, WrongState, RulesBroken, Stale."""
    reason = may_remove(session, actor, item)
    if reason:
        open_to_role = may_delete(actor, item.__area__) and scope.owns(actor, item)
        raise (WrongState if open_to_role else NotPermitted)(reason)
    label, title = describe(type(item)).label, str(item)
    try:
        with _whole(session):
            _hold_batch(session, item)
        session.delete(item)
        session.commit()
    except StaleDataError as error:
        session.rollback()
        raise Stale(f"{label}“{title}”刚刚被别人改过或删除，请刷新后核对") from error
    except IntegrityError as error:
        session.rollback()
        message = f"{label}“{title}”已被其他记录引用，不能删除；不再使用的请停用"
        raise RulesBroken([Problem("in_use", message)]) from error


def _check_open(item: Entity) -> None:
    reason = frozen_reason(item)
    if reason:
        raise WrongState(reason)


def _hold_batch(session: AnySession, item: Entity) -> None:
    """Let nobody send the batch in between this check and this change."""
    batch = batch_of(item)
    bound = batch is not item and open_states(type(item).__name__) is not None
    if bound and batch is not None and batch.id is not None:
        engine.hold(session, batch)


def _check(session: AnySession, item: Entity) -> None:
    problems = [*_missing(item), *_unstorable(item), *checks.problems_of(session, item)]
    broken = [problem for problem in problems if problem.severity == "error"]
    if broken:
        raise RulesBroken(broken)


def _missing(item: Entity) -> list[Problem]:
    found = []
    for field in describe(type(item)).fields:
        if field.required and _is_empty(item, field):
            message = f"“{field.label}”必须填写"
            found.append(Problem("required", message, field=field.name))
    return found


def _unstorable(item: Entity) -> list[Problem]:
    """Texts that no database keeps whole: longer than their column, or not of real characters."""
    found = []
    columns = inspect(type(item)).columns
    for field in describe(type(item)).fields:
        text = getattr(item, field.name)
        if not isinstance(text, str) or field.name not in columns:
            continue
        size = getattr(columns[field.name].type, "length", None)
        if size is not None and len(text) > size:
            message = f"“{field.label}”有{len(text)}个字，最多{size}个字，请缩短"
            found.append(Problem("too_long", message, field=field.name))
        elif any(one == "\0" or "\ud800" <= one <= "\udfff" for one in text):
            message = f"“{field.label}”里有无法保存的字符，请重新输入"
            found.append(Problem("bad_characters", message, field=field.name))
    return found


def _is_empty(item: Entity, field: Field) -> bool:
    if field.relation and getattr(item, f"{field.name}_id", None) is not None:
        return False
    return getattr(item, field.name, None) in (None, "")


def _flush(session: AnySession, item: Entity) -> None:
    keys = unique_keys(item)
    try:
        session.flush()
    except StaleDataError as error:
        session.rollback()
        raise Stale("这条记录刚刚被别人保存过，请刷新后核对再保存") from error
    except IntegrityError as error:
        session.rollback()
        raise RulesBroken([conflict(session, type(item), item.id, keys)]) from error


def _check_stored(session: AnySession, actor: Actor, item: Entity) -> None:
    """What the row was before this edit decides too: nobody takes over or moves a row by editing.

    A row stays with its batch, candidate and publicity for good.
    """
    model = type(item)
    relations = [
        one
        for one in inspect(model).relationships
        if one.direction is RelationshipDirection.MANYTOONE
    ]
    keys = [next(iter(one.local_columns)) for one in relations]
    stored = session.execute(select(*keys).where(model.id == item.id)).one_or_none()
    if stored is None:
        raise NotFound("这条记录已被删除，或不在您的管辖范围内")
    for relation, before in zip(relations, stored, strict=True):
        after = getattr(item, relation.key)
        changed = before is not None and (after is None or after.id != before)
        if changed and relation.key in settled(model):
            label = describe(model).field(relation.key).label
            message = f"“{label}”建立后不能更换；登记错了的请删除后重新登记"
            raise RulesBroken([Problem("parent_changed", message, field=relation.key)])
    owned = {key.name: before for key, before in zip(keys, stored, strict=True)}
    for relation, before in zip(relations, stored, strict=True):
        if relation.key in scope.parents_that_own(model):
            owned[relation.key] = session.get(relation.mapper.class_, before) if before else None
    if not scope.owned_before(actor, model, owned):
        raise NotPermitted(f"这条{describe(model).label}由其他机构或中心登记，不归您维护")


#: Relations that place a row for good.
_PARENTS = frozenset({"batch", "candidate", "publicity"})


def settled(model: type[Entity]) -> frozenset[str]:
    """The relations of a row that stay as they were when it was added.

    A batch stays with its body: number, approving centre and roster go by it.
    """
    return _PARENTS | {"body"} if model is Batch else _PARENTS


def _check_owner(session: AnySession, actor: Actor, item: Entity) -> None:
    if not scope.owns(actor, item):
        session.rollback()
        message = f"您只能登记归本机构或本中心的{describe(type(item)).label}，请核对所属"
        raise RulesBroken([Problem("not_owned", message)])


def _check_visible(session: AnySession, item: Entity) -> None:
    model = type(item)
    if session.scalar(select(model.id).where(model.id == item.id)) is None:
        session.rollback()
        message = "保存后这条记录将不在您的管辖范围内，请核对所属机构、中心或批次"
        raise RulesBroken([Problem("out_of_scope", message)])
