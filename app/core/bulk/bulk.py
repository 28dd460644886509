"""What would a bulk edit do to the chosen rows, and how is exactly that done once confirmed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, inspect, select

from app.core import clock
from app.core.bulk import row_changes
from app.core.bulk.row_edit import RowEdit, RowResult, Written
from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.declarations.opening import is_issued
from app.core.errors import NotFound, NotPermitted
from app.core.records import belonging, guarded, prefetch
from app.core.roles import Actor, may_write
from app.core.scope import AnySession
from app.core.tables import StagedEdit
from app.core.transaction import transaction

#: How long a preview stays valid; afterwards the rows must be chosen again.
LIFE = timedelta(hours=12)
#: The most rows in one bulk edit: more would block the browser and the database too long.
MOST = 10_000

EXPIRED = "这次批量修改已经办理过或已过期，请回到列表重新选择"


def fields_of(model: type[Entity], actor: Actor | None = None) -> tuple[Field, ...]:
    """Return the fields declared for bulk edits, without those that decide a row's parents.

    With ``actor``, also without those that are for other roles to fill in.
    """
    if is_issued(model):
        return ()
    others = frozenset() if actor is None else guarded.closed(actor, model).keys()
    barred = belonging.settled(model) | others | {"state"} | model.__hidden__
    return tuple(one for one in describe(model).where("bulk") if one.name not in barred)


def may_be_empty(model: type[Entity], field: Field) -> bool:
    """Return whether the field may be cleared: optional, and NULL or "" can be stored."""
    if field.required:
        return False
    column = inspect(model).columns.get(field.name)
    return column is None or column.nullable or getattr(column.default, "arg", None) == ""


def stage(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    keys: Sequence[int],
    asked: Mapping[str, Any],
) -> int:
    """Store a bulk edit for its preview and return its id; expired ones are deleted.

    ``keys`` are the chosen rows, kept with their present versions. ``asked`` is the form's input,
    kept so that the form can be filled in again. Raises NotPermitted if the role may not edit
    these rows, and for no rows or more than ``MOST``.
    """
    label = describe(model).label
    if not may_write(actor, model.__area__) or is_issued(model):
        raise NotPermitted(f"您的角色不能修改{label}")
    if not keys:
        raise NotPermitted(f"没有选中任何{label}，请先在列表中勾选")
    if len(keys) > MOST:
        raise NotPermitted(f"一次最多修改 {MOST} 条，您选了 {len(keys)} 条；请加条件分几次办理")
    versions = prefetch.versions_of(session, model, keys)
    made = StagedEdit(
        entity=model.__name__,
        actor_id=actor.id or 0,
        versions=[[key, versions.get(key, 0)] for key in keys],
        asked=dict(asked),
        made_at=clock.now(),
    )
    with transaction(session, actor):
        session.execute(delete(StagedEdit).where(StagedEdit.made_at < clock.now() - LIFE))
        session.add(made)
    return made.id


def staged(session: AnySession, actor: Actor, model: type[Entity], number: int) -> StagedEdit:
    """Return the actor's stored bulk edit.

    Raises NotFound if it is somebody else's, already confirmed or expired.
    """
    found: StagedEdit | None = session.scalar(
        select(StagedEdit).where(
            StagedEdit.id == number,
            StagedEdit.entity == model.__name__,
            StagedEdit.actor_id == (actor.id or 0),
            StagedEdit.made_at >= clock.now() - LIFE,
        )
    )
    if found is None:
        raise NotFound(EXPIRED)
    return found


def preview(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    kept: StagedEdit,
    values: Mapping[str, Any],
) -> list[RowResult]:
    """Return what the bulk edit would do with each row; writes nothing."""
    return row_changes.judge(session, actor, model, _edits(kept, values))


def confirm(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    kept: StagedEdit,
    values: Mapping[str, Any],
) -> Written:
    """Write the sound rows in one transaction; a bulk edit can be confirmed only once.

    A row that was changed since the preview is refused and reported, not overwritten.
    """
    edits, ticket = _edits(kept, values), _Ticket(session, kept.id)
    with transaction(session, actor):
        done = row_changes.put(
            session, actor, model, edits, source="bulk", only_sound=True, look=ticket
        )
        ticket.take()
    return done


class _Ticket:
    """Consumes the stored edit, so that of two simultaneous confirmations only one succeeds."""

    def __init__(self, session: AnySession, number: int) -> None:
        self._session, self._number, self._taken = session, number, False

    def judged(self, results: list[RowResult]) -> None:
        """Do nothing: others may still write here, and deleting the edit would lock them out."""

    def about_to_write(self) -> None:
        self.take()

    def take(self) -> None:
        """Delete the stored edit, at most once; raises NotFound if another request did."""
        if self._taken:
            return
        gone = delete(StagedEdit).where(StagedEdit.id == self._number)
        if self._session.connection().execute(gone).rowcount != 1:
            raise NotFound(EXPIRED)
        self._taken = True


def _edits(kept: StagedEdit, values: Mapping[str, Any]) -> list[RowEdit]:
    # Version 0 marks a row that was out of scope when chosen; it never matches a stored version.
    return [RowEdit(key, values, version) for key, version in kept.versions]
