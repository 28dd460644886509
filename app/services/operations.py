"""Which act over many rows do these changes belong to, and what is it called?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select, update

from app import audit, clock
from app.models import Change, Entity, Operation
from app.roles import Actor
from app.scope import AnySession

#: What an act over many rows is called, by the first word of its name.
TITLES = {
    "bulk": "批量修改",
    "grid": "表格修改",
    "import": "导入",
    "undo": "撤销",
    "redo": "重做",
    "restore": "恢复",
    "delete": "删除",
    "order": "调整顺序",
    "calendar-import": "导入放假安排",
}


@dataclass(frozen=True)
class Named:
    """An operation as the history tells of it; ``undone_by`` is what took it back, if anything."""

    name: str
    title: str
    kind: str
    undone_by: str = ""


class Begun:
    """An operation under way; ``name`` is empty until something has been written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0


@contextmanager
def operation(
    session: AnySession, actor: Actor, model: type[Entity], source: str, *, undoes: str = ""
) -> Iterator[Begun]:
    """Link what is changed inside the block as one operation; not committed.

    ``source`` is a word of ``TITLES``, with what else names the act behind a colon:
    ``import:名册.xlsx``. The block says in ``count`` how many rows it has written.
    """
    kind, _, detail = source.partition(":")
    begun = Begun(f"{kind}:{secrets.token_hex(6)}")
    audit.begin_operation(session, begun.name)
    try:
        yield begun
    finally:
        audit.begin_operation(session, "")
    if begun.count:
        made = Operation(
            name=begun.name,
            kind=kind,
            detail=detail[:200],
            entity=model.__name__,
            count=begun.count,
            undoes=undoes,
            undone_by="",
            actor_id=actor.id,
            actor_name=actor.name,
            at=clock.now(),
        )
        session.add(made)
        session.execute(
            update(Operation).where(Operation.name == undoes).values(undone_by=begun.name)
        )


def named(session: AnySession, names: Iterable[str]) -> dict[str, Named]:
    """The operations of these names; two statements, however many."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    rows = session.scalars(select(Operation).where(Operation.name.in_(wanted)))
    found = {row.name: Named(row.name, title_of(row), row.kind, row.undone_by) for row in rows}
    return found | _from_lines(session, wanted - set(found))


def title_of(row: Operation) -> str:
    """What the operation is called: what was done, to which file or to how many rows."""
    title = TITLES.get(row.kind, row.kind)
    return f"{title} {row.detail or f'{row.count} 条'}"


def _from_lines(session: AnySession, names: set[str]) -> dict[str, Named]:
    """Imports name themselves in a line of history of their own."""
    if not names:
        return {}
    told = (
        select(Change.operation, func.max(Change.title).label("title"))
        .where(Change.operation.in_(names), Change.record_id == 0)
        .group_by(Change.operation)
    )
    titles = {row.operation: row.title for row in session.execute(told)}
    return {
        name: Named(name, titles.get(name) or TITLES[kind], kind)
        for name in names
        if (kind := name.partition(":")[0]) in TITLES
    }
