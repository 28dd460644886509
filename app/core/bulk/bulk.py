"""What would a bulk edit do to the chosen rows, and, once that was looked at, do exactly that."""

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
from app.core.records import belonging, prefetch
from app.core.roles import Actor, may_write
from app.core.scope import AnySession
from app.core.tables import StagedEdit
from app.core.transaction import transaction

#: So long a preview may be looked over; afterwards the rows are chosen anew.
LIFE = timedelta(hours=12)
#: More rows than this in one act would keep the browser, and the database, waiting too long.
MOST = 10_000

EXPIRED = "这次批量修改已经办理过或已过期，请回到列表重新选择"


def fields_of(model: type[Entity]) -> tuple[Field, ...]:
    """The fields that many rows may be given at once: declared so, and not what places a row."""
    if is_issued(model):
        return ()
    barred = belonging.settled(model) | {"state"} | model.__hidden__
    return tuple(one for one in describe(model).where("bulk") if one.name not in barred)


def may_be_empty(model: type[Entity], field: Field) -> bool:
    """Whether rows can do without a value here."""
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
    """Keep which rows, in which version, are to be given what; sweeps what has expired.

    ``asked`` is what was filled in, as it can be filled in again. Raises NotPermitted for a role
    that does not edit these rows, for no rows and for too many.
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
    """The bulk edit under way; NotFound for another person's, a done or an expired one."""
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
    """What would become of each row; writes nothing."""
    return row_changes.judge(session, actor, model, _edits(kept, values))


def confirm(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    kept: StagedEdit,
    values: Mapping[str, Any],
) -> Written:
    """Write the rows that nothing speaks against, in one transaction, once and never again.

    A row that was changed since the preview is refused and reported, not written over.
    """
    edits, ticket = _edits(kept, values), _Ticket(session, kept.id)
    with transaction(session, actor):
        done = row_changes.put(
            session, actor, model, edits, source="bulk", only_sound=True, look=ticket
        )
        ticket.take()
    return done


class _Ticket:
    """The staged edit: of two confirmations at the same moment the second finds none."""

    def __init__(self, session: AnySession, number: int) -> None:
        self._session, self._number, self._taken = session, number, False

    def judged(self, results: list[RowResult]) -> None:
        """Nothing to be told: while the rows are judged others write."""

    def about_to_write(self) -> None:
        self.take()

    def take(self) -> None:
        """Take it away, once; NotFound where somebody else has."""
        if self._taken:
            return
        gone = delete(StagedEdit).where(StagedEdit.id == self._number)
        if self._session.connection().execute(gone).rowcount != 1:
            raise NotFound(EXPIRED)
        self._taken = True


def _edits(kept: StagedEdit, values: Mapping[str, Any]) -> list[RowEdit]:
    # 0 is a row that was out of sight when chosen: nobody has looked at what it is by now.
    return [RowEdit(key, values, version) for key, version in kept.versions]
