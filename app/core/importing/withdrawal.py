"""Can an accepted import be withdrawn as a whole, and what prevents it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.core import clock
from app.core.bulk import undo
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import NotPermitted, Problem, RulesBroken, WrongState
from app.core.history import trail
from app.core.importing.entities import model_of
from app.core.importing.upload_list import find_run, hold_run
from app.core.records import editable, prefetch, references
from app.core.refusals.changes import (
    CLOSED,
    IN_USE_SINCE,
    NOT_FOUND,
    NOT_PERMITTED,
    NOTHING_WRITTEN,
)
from app.core.roles import AREAS, Actor, may_delete, may_write
from app.core.scope import AnySession
from app.core.tables import ImportRun
from app.core.transaction import transaction
from app.core.workflow import engine

_SHOWN = 10


@dataclass(frozen=True)
class Standing:
    """Whether an accepted import can be withdrawn now; ``problems`` say what prevents it."""

    problems: tuple[Problem, ...]

    @property
    def possible(self) -> bool:
        """Whether nothing prevents the withdrawal."""
        return not self.problems


def check_run_open(actor: Actor, run: ImportRun) -> None:
    """Raise NotPermitted unless the actor may import into the upload's table."""
    model = model_of(run.entity)
    if not may_write(actor, model.__area__):
        raise NotPermitted(f"您的角色不能导入“{AREAS[model.__area__].title}”类的数据")


def withdrawable(session: AnySession, actor: Actor, run: ImportRun) -> Standing:
    """Return what prevents the withdrawal: rows since changed, in use or closed.

    The number of statements does not grow with the rows.
    """
    check_run_open(actor, run)
    if run.state != "accepted" or not run.operation:
        return Standing((NOTHING_WRITTEN.of(filename=run.filename),))
    found = undo.obstacles(session, run.operation)
    found += _closed(session, actor, model_of(run.entity), run.operation)
    return Standing(tuple(found))


def withdraw_run(session: AnySession, actor: Actor, run: ImportRun) -> undo.Undone:
    """Delete the new rows and restore the changed ones, or change nothing at all.

    The withdrawal is one operation of the history. Raises WrongState if there is nothing to
    withdraw, and RulesBroken with a problem for each row that prevents it.
    """
    try:
        with undo.who_was_faster(session, run.operation), transaction(session, actor):
            return _withdraw(session, actor, run)
    except RulesBroken as refused:
        raise _refusal(tuple(refused.problems)) from refused


def _withdraw(session: AnySession, actor: Actor, run: ImportRun) -> undo.Undone:
    hold_run(session, run)
    parent = find_run(session, run.id)[1]
    if parent is not None:
        # A batch that is being sent in at this moment must not lose its rows.
        engine.hold(session, parent)
    standing = withdrawable(session, actor, run)
    if run.state != "accepted" or not run.operation:
        raise WrongState(standing.problems[0].message)
    if not standing.possible:
        raise RulesBroken(standing.problems)
    run.state, run.withdrawn_at, run.withdrawn_by = "withdrawn", clock.now(), actor.name
    return undo.take_back(session, actor, run.operation)


def _refusal(problems: tuple[Problem, ...]) -> RulesBroken:
    more = f"；另有 {len(problems) - _SHOWN} 条" if len(problems) > _SHOWN else ""
    reasons = "；".join(problem.message for problem in problems[:_SHOWN])
    return RulesBroken(problems, f"不能撤回，没有改动任何数据：{reasons}{more}")


def _closed(
    session: AnySession, actor: Actor, model: type[Entity], operation: str
) -> list[Problem]:
    """Return a problem for each row of the import that may no longer be changed or deleted."""
    lines = [
        line
        for line in trail.of_operation(session, operation, ("add", "edit"))
        if line.entity == model.__name__
    ]
    added = {line.record_id for line in lines if line.kind == "add"}
    titles = {line.record_id: line.title for line in lines}
    # Withdrawing deletes what the import added, so it needs the right to delete.
    if added and not may_delete(actor, model.__area__):
        message = f"新增的{describe(model).label}要删除，您的角色不能删除这类数据，请由管理员撤回"
        return [NOT_PERMITTED.saying(message)]
    rows = prefetch.rows_of(session, model, titles)
    held = prefetch.read_relations(session, list(rows.values()))
    used = references.referred(session, model, sorted(added))
    found = list(_reasons(session, actor, titles, rows, added, used))
    held.clear()
    return found


def _reasons(
    session: AnySession,
    actor: Actor,
    titles: dict[int, str],
    rows: dict[int, Any],
    added: set[int],
    used: dict[int, str],
) -> Iterator[Problem]:
    for key, title in titles.items():
        row = rows.get(key)
        if row is None:
            yield NOT_FOUND.saying(f"“{title}”已被删除，或不在您的管辖范围内")
            continue
        asked = editable.may_remove if key in added else editable.may_edit
        if reason := asked(session, actor, row):
            yield CLOSED.of(title=row, reason=reason)
        elif key in used:
            yield IN_USE_SINCE.of(title=row, uses=used[key])
