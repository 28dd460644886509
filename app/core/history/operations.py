"""Which bulk operation do changes belong to, and what is it called?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from app.core import audit, clock
from app.core.declarations.base import Entity
from app.core.errors import WrongState
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Change, Operation

#: The Chinese name of an operation, by the first word of its key.
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
    """An operation as shown in the history; ``undone_by`` names the one that undid it, if any."""

    name: str
    title: str
    kind: str
    undone_by: str = ""


class Begun:
    """An operation in progress; the caller sets ``count`` to the number of rows written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0


@contextmanager
def operation(
    session: AnySession, actor: Actor, model: type[Entity], source: str, *, undoes: str = ""
) -> Iterator[Begun]:
    """Record the changes made inside the block as one operation.

    ``source`` is a key of ``TITLES``, optionally followed by a colon and a detail, as in
    ``import:名册.xlsx``. The block sets ``count`` to the number of rows written; with 0 no
    operation is stored. ``undoes`` names the operation that this one undoes: raises WrongState if
    it was already undone.
    """
    kind, _, detail = source.partition(":")
    begun = Begun(f"{kind}:{secrets.token_hex(6)}")
    if undoes:
        _claim(session, undoes, begun.name)
    with audit.naming(session, begun.name):
        yield begun
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


def _claim(session: AnySession, name: str, by: str) -> None:
    """Claim the operation for one undo; a second one waits for the lock here and is refused."""
    open_still = (Operation.name == name, Operation.undone_by == "")
    claim = update(Operation).where(*open_still).values(undone_by=by)
    if session.connection().execute(claim).rowcount == 1:
        return
    _write_down(session, name)
    if session.connection().execute(claim).rowcount != 1:
        raise WrongState(taken_back(session, name) or "这次操作刚刚被别人撤销，请刷新后再看")


def _write_down(session: AnySession, name: str) -> None:
    """Store a row for an operation that only exists as lines, so that it can be claimed."""
    lines = select(Change).where(Change.operation == name)
    first = session.scalar(lines.order_by(Change.id).limit(1))
    there = session.scalar(select(Operation.id).where(Operation.name == name))
    if first is None or there is not None:
        return
    rows = select(func.sum(Change.lines))
    rows = rows.where(Change.operation == name, Change.record_id != 0)
    known = _from_lines(session, {name})[name]
    made = {
        "name": name,
        "kind": known.kind,
        "detail": known.title.partition(" ")[2],
        "entity": first.entity,
        "count": session.scalar(rows) or 0,
        "undoes": "",
        "undone_by": "",
        "actor_id": first.actor_id,
        "actor_name": first.actor_name,
        "at": first.at,
    }
    try:
        with session.begin_nested():
            session.execute(insert(Operation), [made])
    except IntegrityError:
        return  # another transaction has stored it at the same moment


def taken_back(session: AnySession, name: str) -> str:
    """Return by whom and when the operation was undone, in Chinese; empty if it was not."""
    by = aliased(Operation)
    asked = select(by).join(Operation, Operation.undone_by == by.name).where(Operation.name == name)
    row = session.scalar(asked.execution_options(populate_existing=True))
    if row is None:
        return ""
    done = TITLES["redo" if row.kind == "redo" else "undo"]
    return (
        f"这次操作已由{row.actor_name}于 {row.at:%Y-%m-%d %H:%M} {done}，没有再{done}一次；"
        f"要改回来，请打开“{title_of(row)}”那次操作办理"
    )


def named(session: AnySession, names: Iterable[str]) -> dict[str, Named]:
    """Return the operations with these names, in at most two statements."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    rows = session.scalars(select(Operation).where(Operation.name.in_(wanted)))
    found = {row.name: Named(row.name, title_of(row), row.kind, row.undone_by) for row in rows}
    return found | _from_lines(session, wanted - set(found))


def title_of(row: Operation) -> str:
    """Return the operation's title: what was done, and to which file or how many rows."""
    title = TITLES.get(row.kind, row.kind)
    return f"{title} {row.detail or f'{row.count} 条'}"


def _from_lines(session: AnySession, names: set[str]) -> dict[str, Named]:
    """Derive operations without a row from their lines; imports write their title into one."""
    if not names:
        return {}
    titled = (
        select(Change.operation, func.max(Change.title).label("title"))
        .where(Change.operation.in_(names), Change.record_id == 0)
        .group_by(Change.operation)
    )
    titles = {row.operation: row.title for row in session.execute(titled)}
    return {
        name: Named(name, titles.get(name) or TITLES[kind], kind)
        for name in names
        if (kind := name.partition(":")[0]) in TITLES
    }
