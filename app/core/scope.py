"""Which rows does the session's actor see, whatever the statement?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, event, false, not_, or_, select, true
from sqlalchemy.orm import (
    ORMExecuteState,
    QueryableAttribute,
    Session,
    scoped_session,
    with_loader_criteria,
)
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.selectable import CTE, FromClause, Join, Subquery
from sqlalchemy.sql.visitors import iterate

from app.core.declarations.base import Entity, entities, entity_named
from app.core.declarations.reach import (
    AnyOf,
    By,
    ByParent,
    Everyone,
    Linked,
    NotYet,
    OpenWhenNull,
    Tie,
    Via,
)
from app.core.roles import Actor, Place

AnySession = Session | scoped_session[Session]

_NO_ACTOR = Actor(id=None, username="", name="")


def bind(session: AnySession, actor: Actor | None) -> None:
    """Make ``session`` act for ``actor``; without one it sees reference data only."""
    session.info["actor"] = actor or _NO_ACTOR


def actor_of(session: AnySession) -> Actor:
    """Return the actor that the session acts for."""
    actor: Actor = session.info.get("actor", _NO_ACTOR)
    return actor


@contextmanager
def acting(session: AnySession, actor: Actor) -> Iterator[None]:
    """Act for ``actor`` inside the block; afterwards the previous actor is restored."""
    before = session.info.get("actor")
    bind(session, actor)
    try:
        yield
    finally:
        bind(session, before)


def criteria(model: type[Entity], actor: Actor, columns: Any = None) -> ColumnElement[bool] | None:
    """Return the condition for rows of ``model`` that ``actor`` sees; None if all are seen.

    ``columns`` replaces the table's columns by the values of a row that is not yet written.
    """
    if actor.sees_all:
        return None
    return _condition(model, columns, actor.place) if columns else _conditions(actor.place)[model]


def _condition(
    model: type[Entity], columns: Any, place: Place | None
) -> ColumnElement[bool] | None:
    if any(isinstance(tie, Everyone) for tie in model.__reach__):
        return None
    if place is None:
        return false()
    found = [_of_tie(tie, model, columns, place) for tie in model.__reach__]
    return or_(false(), *[one for one in found if one is not None])


def _of_tie(
    tie: Tie, model: type[Entity], columns: Any, place: Place
) -> ColumnElement[bool] | None:
    match tie:
        case By(column):
            if tie.kind != place.kind:
                return None
            return cast(ColumnElement[bool], _column(columns, column) == place.key)
        case AnyOf():
            return true() if tie.kind == place.kind else None
        case OpenWhenNull(column):
            return cast(ColumnElement[bool], _column(columns, column).is_(None))
        case Via(relation):
            target = model.__mapper__.relationships[relation].mapper.class_
            seen = _seen_ids(target, "id", place)
            return None if seen is None else _column(columns, f"{relation}_id").in_(seen)
        case NotYet(parent, values):
            inner = _of_tie(parent, model, columns, place)
            unknown = and_(*[_column(columns, name) == value for name, value in values])
            return None if inner is None else and_(inner, not_(unknown))
        case Linked(name, column):
            seen = _seen_ids(entity_named(name), column, place)
            return None if seen is None else _column(columns, "id").in_(seen)
        case _:
            return None


def owns(actor: Actor, item: Entity) -> bool:
    """Return whether the actor's place is one that may change the row (``__owner__``)."""
    if actor.sees_all or not item.__owner__:
        return True
    return any(_owns_by(tie, actor, item) for tie in item.__owner__)


def owned_before(actor: Actor, model: type[Entity], before: Mapping[str, Any]) -> bool:
    """Do what ``owns`` does for the stored row: ``before`` has its keys and their rows."""
    if actor.sees_all or not model.__owner__:
        return True
    return any(_owns_by(tie, actor, SimpleNamespace(**before)) for tie in model.__owner__)


def stands_at(actor: Actor, tie: By, item: Any) -> bool:
    """Return whether the actor belongs to the place that the row names."""
    key = actor.key_at(tie.kind)
    return key is not None and bool(_column(item, tie.column) == key)


def parents_that_own(model: type[Entity]) -> frozenset[str]:
    """Return the relations whose rows decide who owns a row of ``model``."""
    return frozenset(tie.relation for tie in model.__owner__ if isinstance(tie, Via | ByParent))


def _owns_by(tie: Tie, actor: Actor, item: Any) -> bool:
    match tie:
        case By():
            return stands_at(actor, tie, item)
        case Via(relation):
            parent = getattr(item, relation)
            return parent is not None and owns(actor, parent)
        case ByParent(relation, by):
            parent = getattr(item, relation)
            return parent is not None and _owns_by(by, actor, parent)
        case _:
            return False


def _column(columns: Any, name: str) -> Any:
    return getattr(columns, name)


def _seen_ids(model: type[Entity], column: str, place: Place) -> Select[Any] | None:
    # The alias correlates with nothing: otherwise SQLAlchemy would tie the inner table to an outer
    # one of the same name, and the condition would filter nothing.
    table = model.__table__.alias()
    condition = _condition(model, table.c, place)
    chosen = select(table.c[column]).where(table.c[column].is_not(None))
    if condition is not None:
        chosen = chosen.where(and_(condition))
    return chosen.correlate(None)


@lru_cache(maxsize=1024)  # building them costs more than most pages' own statements
def _conditions(place: Place | None) -> Mapping[type[Entity], ColumnElement[bool] | None]:
    """Return the condition of every table for a place; they depend on nothing else."""
    return {model: _condition(model, model, place) for model in entities()}


@lru_cache(maxsize=1024)
def _limits_of(place: Place | None) -> tuple[ExecutableOption, ...]:
    return tuple(
        with_loader_criteria(model, condition, include_aliases=True)
        for model, condition in _conditions(place).items()
        if condition is not None
    )


def _limit(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_insert or state.execution_options.get("unscoped"):
        return
    actor = actor_of(state.session)
    limits = () if actor.sees_all else _limits_of(actor.place)
    if limits:
        if not state.is_orm_statement:
            _refuse_unlimited(state)
            return
        if state.is_update and isinstance(state.parameters, list):
            # SQLAlchemy updates by the given keys alone here and applies no criteria.
            raise TypeError("an update by a list of keys knows no scope: change the rows instead")
        if not state.is_relationship_load:
            _refuse_unbounded_joins(state)
        state.statement = state.statement.options(*limits)


def _refuse_unlimited(state: ORMExecuteState) -> None:
    """Refuse a select of plain tables: SQLAlchemy applies loader criteria to entities only."""
    touched = {one for one in iterate(cast(Any, state.statement)) if isinstance(one, Table)}
    names = ", ".join(sorted(table.name for table in touched & _bounded_tables()))
    if names:
        raise TypeError(
            f"this select of {names} would escape the actor's scope: "
            "name the entity with .select_from(…), or say unscoped=True and why"
        )


def _refuse_unbounded_joins(state: ORMExecuteState) -> None:
    """Refuse a join whose target SQLAlchemy would not restrict.

    For an alias joined by an expression it puts the condition on the table itself, which fails or,
    if that table is also in the statement, restricts the wrong rows. A bare table and the right
    side of a ready ``join(…)`` get no condition at all.
    """
    for part in iterate(cast(Any, state.statement)):
        found = [one[0] for one in getattr(part, "_setup_joins", ()) if _is_unbound(*one[:2])]
        found += [part.right] if isinstance(part, Join) else []
        for target in found:
            if _bounded_tables() & {one for one in iterate(target) if isinstance(one, Table)}:
                raise TypeError(
                    f"this join of {target.description} would escape the actor's scope: name the "
                    "relation (.join(Model.relation.of_type(alias))), select from both with "
                    ".where(…), or say unscoped=True and why"
                )


def _is_unbound(target: Any, onclause: Any) -> bool:
    if not isinstance(target, FromClause) or isinstance(target, Subquery | CTE):
        return False  # a relation, or a subquery that is restricted by itself
    entity: Any = getattr(target, "_annotations", {}).get("parententity")
    if entity is None:
        return True
    return entity.is_aliased_class and not isinstance(onclause, QueryableAttribute)


@lru_cache(maxsize=1)
def _bounded_tables() -> frozenset[Table]:
    return frozenset(
        cast(Table, model.__table__)
        for model in entities()
        if not any(isinstance(tie, Everyone) for tie in model.__reach__)
    )


def install(session: AnySession) -> None:
    """Apply the actor's scope to every ORM statement of ``session``, once per session maker."""
    target = session.session_factory if isinstance(session, scoped_session) else session
    if not event.contains(target, "do_orm_execute", _limit):
        event.listen(target, "do_orm_execute", _limit)
