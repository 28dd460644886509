"""May these rows be saved as they stand now?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core import scope
from app.core.declarations.base import Entity
from app.core.errors import AppError, NotPermitted, Problem, RulesBroken, WrongState
from app.core.records import (
    belonging,
    checks,
    duplicates,
    editable,
    guarded,
    prefetch,
    preparation,
)
from app.core.records.completeness import completeness_problems
from app.core.records.read_once import reading
from app.core.roles import Actor, may_write
from app.core.scope import AnySession


@dataclass(frozen=True)
class Kept:
    """The outcome for rows of one table: errors of those refused, warnings of the others."""

    refused: Mapping[Entity, AppError]
    warned: Mapping[Entity, Sequence[Problem]]


def judge(session: AnySession, actor: Actor, items: Sequence[Entity]) -> Kept:
    """Judge whether these rows of one table may be written.

    Only reads, so that no lock is held meanwhile. A refused row is reset to its stored values, or
    removed from the session if it is new.
    """
    refused: dict[Entity, AppError] = {}
    warned: dict[Entity, Sequence[Problem]] = {}
    with session.no_autoflush, reading(session):
        stored = belonging.stored_values(session, items)
        for item in items:
            try:
                warned[item] = _judge(session, actor, item, stored)
            except AppError as refusal:
                refused[item] = refusal
        taken = duplicates.taken(session, [one for one in items if one not in refused])
        refused |= {item: RulesBroken([problem]) for item, problem in taken.items()}
        placed = [item for item in items if item not in refused]
        refused |= belonging.misplaced(session, actor, placed)
        for item in refused:
            leave(session, item)
    return Kept(refused, warned)


def _judge(
    session: AnySession, actor: Actor, item: Entity, stored: Mapping[int, Mapping[str, Any]]
) -> list[Problem]:
    """Return the warnings about one row; raise the error that forbids writing it."""
    if prefetch.is_stored(item):
        _check_editable(session, actor, item)
        belonging.check_stored(session, actor, item, stored.get(item.id))
        preparation.before_saving(session, actor, item)
    else:
        if not editable.may_add(actor, type(item)):
            raise NotPermitted(editable.refusal(actor, item, allowed=False))
        # Before anything is filled in: what the table itself fills in is nobody's input.
        guarded.check_new(actor, item)
        preparation.before_adding(session, actor, item)
        _check_open(item)
    return _check(session, item)


def _check_editable(session: AnySession, actor: Actor, item: Entity) -> None:
    reason = editable.may_edit(session, actor, item)
    if reason:
        open_to_role = may_write(actor, item.__area__) and scope.owns(actor, item)
        raise (WrongState if open_to_role else NotPermitted)(reason)


def _check_open(item: Entity) -> None:
    reason = editable.frozen_reason(item)
    if reason:
        raise WrongState(reason)


def leave(session: AnySession, item: Entity) -> None:
    """Take a refused row out of what will be written."""
    if prefetch.is_stored(item):
        session.expire(item)
    elif item in session:
        session.expunge(item)


def _check(session: AnySession, item: Entity) -> list[Problem]:
    later = preparation.numbered_later(item)
    problems = [*completeness_problems(item, later), *checks.problems_of(session, item, later)]
    broken = [problem for problem in problems if problem.severity == "error"]
    if broken:
        raise RulesBroken(broken)
    return problems
