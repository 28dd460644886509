"""What is kept of a file when another one takes its place, or when its row is deleted?

Nothing is asked of those who save: whatever way a row is written, its former file is set aside in
the same transaction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, inspect, literal, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.declarations.base import Attached, Entity
from app.core.declarations.field import describe
from app.core.scope import actor_of
from app.core.tables import FileVersion, Step


def keep_replaced(session: Session, one: Entity) -> None:
    """Set the stored file of a changed row aside if the row is about to get another one."""
    if isinstance(one, Attached) and "content" in inspect(one).committed_state:
        _keep(session, one, one.replaced_for)


def keep_deleted(session: Session, one: Entity) -> None:
    """Set the file of a row that is about to be deleted aside, if it was examined."""
    if isinstance(one, Attached) and is_examined(session, one):
        gone = (row for row in _parents(one) if row in session.deleted)
        with_whom = next((f"随{describe(type(row)).label}“{row}”" for row in gone), "")
        _keep(session, one, f"{with_whom}删除")


def is_examined(session: Any, one: Any) -> bool:
    """Return whether a step of the record was taken since the row came to it.

    Whatever file the row has by now, one of its files may then have been looked at.
    """
    entity, key = holder_of(one)
    after = () if one.created_at is None else (Step.at >= one.created_at,)
    taken = select(Step.id).where(Step.entity == entity, Step.record_id == key, *after)
    return session.scalar(taken.where(Step.move != "create").limit(1)) is not None


def holder_of(one: Any) -> tuple[str, int | None]:
    """Return table and key of the record with which the row's file is examined."""
    if not one.__file_of__:
        return type(one).__name__, one.id
    relation = inspect(type(one)).relationships[one.__file_of__]
    key = next(iter(relation.local_columns)).key
    return relation.mapper.class_.__name__, getattr(one, key)


def _since(one: Any) -> Any:
    """Return an expression for the moment since when the stored file has stood in the row."""
    model = type(one)
    put = select(func.max(FileVersion.until)).where(
        FileVersion.entity == model.__name__, FileVersion.record_id == one.id
    )
    made = select(model.__table__.c.created_at).where(model.__table__.c.id == one.id)
    return func.coalesce(put.scalar_subquery(), made.scalar_subquery())


def _keep(session: Session, one: Any, reason: str) -> None:
    """Copy the stored file within the database: it may be large."""
    stored, actor = type(one).__table__.c, actor_of(session)
    values = {
        "entity": literal(type(one).__name__),
        "record_id": stored.id,
        "holder_id": literal(holder_of(one)[1]),
        "about": literal(_about(one), FileVersion.about.type),
        **{name: stored[name] for name in ("filename", "size", "digest", "content")},
        "since": _since(one),
        "until": literal(clock.now()),
        "actor_id": literal(actor.id),
        "actor_name": literal(actor.name[:80]),
        "reason": literal(reason[:200]),
    }
    there = select(*values.values()).where(stored.id == one.id, func.length(stored.content) > 0)
    session.connection().execute(insert(FileVersion).from_select([*values], there))


def _about(one: Any) -> dict[str, Any]:
    """Return what the row said of the file: its related rows by title, its codes as they are."""
    fields = [field for field in describe(type(one)).fields if field.relation or field.codes]
    values = {field.name: getattr(one, field.name) for field in fields}
    return {name: str(value) for name, value in values.items() if value is not None}


def _parents(one: Any) -> list[Any]:
    links = [link for link in inspect(type(one)).relationships if not link.uselist]
    return [row for link in links if (row := getattr(one, link.key)) is not None]
