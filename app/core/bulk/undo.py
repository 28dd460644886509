"""Can an act over many rows be undone as a whole, and whose later changes prevent it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.core.bulk import restoring, row_changes, row_edit
from app.core.bulk.row_edit import RowEdit
from app.core.declarations.base import Entity, entities, entity_named
from app.core.errors import NotFound, Problem, RulesBroken, Stale
from app.core.history import changed_since, earlier_values, operations, trail
from app.core.records import belonging, editable, prefetch, record
from app.core.refusals.changes import NOT_FOUND, NOT_PERMITTED, PARENT_GONE, REFUSED, STEP, UNDONE
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Change, Operation
from app.core.tables.packed import Line
from app.core.transaction import transaction


@dataclass(frozen=True)
class Undone:
    """The operation that undid another one, and the number of rows that it changed."""

    operation: str
    title: str
    count: int


@dataclass
class _Row:
    """What an operation did to one row, all its lines taken together."""

    model: type[Entity]
    key: int
    title: str = ""
    last: int = 0
    added: bool = False
    version: int | None = None
    deleted: Line | None = None
    before: dict[str, Any] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        """Include a further line about the row."""
        self.title, self.last = line.title or self.title, line.id
        if line.kind == "edit":
            for name, (before, _) in line.fields.items():
                self.before.setdefault(name, before)
        elif line.kind == "delete":
            self.deleted = line
        else:
            self.added = True


def undo(session: AnySession, actor: Actor, name: str) -> Undone:
    """Undo the operation called ``name`` completely, as an operation that can be undone itself.

    Raises as ``take_back``; if somebody saved at the same moment, the error names them.
    """
    with who_was_faster(session, name), transaction(session, actor):
        return take_back(session, actor, name)


@contextmanager
def who_was_faster(session: AnySession, name: str) -> Iterator[None]:
    """Turn Stale into an error that names who changed the rows; wraps the transaction."""
    try:
        yield
    except Stale:
        problems = _changed_since(session, _rows_of(session, name), name) if name else []
        if not problems:
            raise
        raise RulesBroken(problems) from None


def take_back(session: AnySession, actor: Actor, name: str) -> Undone:
    """Do what ``undo`` does, within the caller's transaction.

    The rights, owners, states and rules of each row apply as to any change. Raises NotFound,
    WrongState if it was already undone, and RulesBroken with one problem per row that was
    changed since (naming by whom), is now closed or is in use.
    """
    named = operations.named(session, [name])
    rows = _rows_of(session, name)
    if name not in named or not rows:
        raise NotFound("没有这次操作，或其中没有可以撤销的修改")
    return _take_back(session, actor, rows, name, named[name])


def obstacles(session: AnySession, name: str) -> list[Problem]:
    """Return who has since changed which of the rows, in a fixed number of statements."""
    done = operations.taken_back(session, name)
    if done:
        return [UNDONE.saying(done)]
    return _changed_since(session, _rows_of(session, name), name)


def _take_back(
    session: AnySession,
    actor: Actor,
    rows: Sequence[_Row],
    name: str,
    named: operations.Named,
) -> Undone:
    detail = named.title.partition(" ")[2]
    again = named.kind == "undo"
    source = f"redo:{detail}" if again else f"undo:{named.title}"
    with operations.operation(session, actor, rows[0].model, source, undoes=name) as begun:
        # Versions before lines: saves before this show in the lines, later ones in the versions.
        _read_versions(session, rows)
        problems = _changed_since(session, rows, name)
        if problems:
            raise RulesBroken(problems)
        # Backwards: what was written last may refer to what was written first.
        for model in dict.fromkeys(row.model for row in reversed(rows)):
            some = [row for row in rows if row.model is model]
            problems.extend(_restore_values(session, actor, model, some))
            problems.extend(_delete_added(session, actor, model, some))
        if not problems:
            problems.extend(_put_back_deleted(session, actor, rows))
        if problems:
            raise RulesBroken(problems)
        begun.count = len(rows)
    title = f"{operations.TITLES['redo' if again else 'undo']} {detail if again else named.title}"
    return Undone(begun.name, title, begun.count)


def _rows_of(session: AnySession, name: str) -> list[_Row]:
    """Return what the operation did to each row, in its order.

    Rows of other tables that were edited along are left out: their values are derived anyway.
    """
    known = {one.__name__ for one in entities()}
    lines = trail.of_operation(session, name, changed_since.CHANGED)
    found: dict[tuple[str, int], _Row] = {}
    meant = _meant(session, name, lines)
    for line in lines:
        follows = line.kind == "edit" and line.entity != meant
        if line.entity in known and not follows:
            key = (line.entity, line.record_id)
            found.setdefault(key, _Row(entity_named(line.entity), line.record_id)).take(line)
    return list(found.values())


def _meant(session: AnySession, name: str, lines: Sequence[Line]) -> str:
    """Return the name of the table that the operation was about."""
    entity = session.scalar(select(Operation.entity).where(Operation.name == name))
    noted = select(Change.entity).where(Change.operation == name, Change.record_id == 0).limit(1)
    return entity or session.scalar(noted) or (lines[0].entity if lines else "")


def _changed_since(session: AnySession, rows: Sequence[_Row], name: str) -> list[Problem]:
    found: list[Problem] = []
    for model in dict.fromkeys(row.model for row in rows):
        left = {row.key: (row.title, row.last) for row in rows if row.model is model}
        found.extend(changed_since.problems(session, model, left, name))
    return found


def _read_versions(session: AnySession, rows: Sequence[_Row]) -> None:
    """Record the present version of each row that the actor sees."""
    for model in dict.fromkeys(row.model for row in rows):
        same = {row.key: row for row in rows if row.model is model}
        for key, version in prefetch.versions_of(session, model, same).items():
            same[key].version = version


def _restore_values(
    session: AnySession, actor: Actor, model: type[Entity], rows: Sequence[_Row]
) -> list[Problem]:
    wanted = [row for row in rows if row.before and not row.added and row.deleted is None]
    if not wanted:
        return []
    # A state changes by moves alone; restoring one would leave no step behind it.
    if any("state" in row.before for row in wanted):
        return [STEP.of()]
    related = earlier_values.Related(session, model, [row.before for row in wanted])
    edits, problems = [], []
    for row in wanted:
        try:
            edits.append(
                RowEdit(row.key, earlier_values.values_of(model, row.before, related), row.version)
            )
        except LookupError:
            message = f"“{row.title}”原来引用的记录已被删除，或不在您的管辖范围内"
            problems.append(PARENT_GONE.saying(message))
    results = row_changes.apply(session, actor, model, edits)
    return problems + [_of_row(one) for one in results if one.status == "refused"]


def _of_row(result: row_edit.RowResult) -> Problem:
    reasons = "；".join(one.message for one in result.problems)
    return REFUSED.of(title=result.title, reason=reasons)


def _delete_added(
    session: AnySession, actor: Actor, model: type[Entity], rows: Sequence[_Row]
) -> list[Problem]:
    titles = {row.key: row.title for row in rows if row.added}
    items = prefetch.rows_of(session, model, titles)
    # The search for later changes was made against these versions; the rows were read again since.
    if any(items[row.key].version != row.version for row in rows if row.key in items):
        raise Stale("要删除的记录刚刚被别人保存过，没有撤销；请刷新后核对")
    problems = [NOT_FOUND.of(title=title) for key, title in titles.items() if key not in items]
    held = prefetch.read_relations(session, list(items.values()))
    refused = record.discard(session, actor, list(items.values()))
    held.clear()
    return problems + [
        REFUSED.of(title=titles[item.id], reason=refusal.message)
        for item, refusal in refused.items()
    ]


def _put_back_deleted(session: AnySession, actor: Actor, rows: Sequence[_Row]) -> list[Problem]:
    gone = [row for row in rows if row.deleted is not None and not row.added]
    barred = [row for row in gone if not editable.may_add(actor, row.model)]
    if barred:
        message = f"“{barred[0].title}”等 {len(barred)} 条记录不归您的角色登记，不能由您撤销"
        return [NOT_PERMITTED.saying(message)]
    lines = [row.deleted for row in gone if row.deleted is not None]
    # Put back first and judged afterwards: belonging is read from the row itself. A refusal rolls
    # all of it back.
    back = restoring.put_back(session, lines) if lines else []
    problems: list[Problem] = []
    for model in dict.fromkeys(type(one) for one in back):
        refused = belonging.misplaced(session, actor, [one for one in back if type(one) is model])
        problems.extend(
            REFUSED.of(title=one, reason=refusal.message) for one, refusal in refused.items()
        )
    return problems
