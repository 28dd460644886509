"""May this person make this move now, and how is it made on one record or many?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select

from app.core.declarations.base import Entity
from app.core.declarations.behaviour import behaviour_of
from app.core.declarations.field import describe
from app.core.declarations.procedure import Move, Procedure
from app.core.errors import (
    AppError,
    NotFound,
    NotPermitted,
    Problem,
    RulesBroken,
    Unacknowledged,
    WrongState,
)
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Step
from app.core.transaction import transaction
from app.core.workflow import engine, rounds
from app.core.workflow.taking_back import check_untouched

Reason = Literal["", "wrong_state", "not_permitted", "rules_broken"]


@dataclass(frozen=True)
class Offer:
    """A move and whether this person may make it now; ``why`` gives the reason in Chinese.

    Where it is allowed all the same, ``why`` says what must be acknowledged with it.
    """

    move: Move
    allowed: bool
    why: str = ""
    kind: Reason = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The result for one record of an act on many.

    ``asked``: the ``problems`` are cautions, and the move is possible once they are acknowledged.
    """

    record_id: int
    title: str
    message: str
    ok: bool = False
    problems: tuple[Problem, ...] = ()
    asked: bool = False


def procedure_for(model: type[Entity]) -> Procedure:
    """Return the procedure of ``model``; raises NotFound if it has none."""
    procedure = behaviour_of(model).procedure
    if procedure is None:
        raise NotFound(f"“{describe(model).label}”没有办理程序")
    return procedure


def act(
    session: AnySession,
    actor: Actor,
    record: Any,
    move_name: str,
    note: str = "",
    acknowledged: Collection[str] = (),
    *,
    together: bool = False,
) -> Step:
    """Make a move and everything that follows from it, in one transaction.

    ``acknowledged`` are the ids of the cautions that the person has seen and, in the note,
    answered. ``together``: the note is for many records, and so answers no point of a return.
    Raises WrongState, NotPermitted, RulesBroken (with all problems), Unacknowledged (with all
    cautions) or Stale; then nothing is changed.
    """
    procedure = procedure_for(type(record))
    move = procedure.move(move_name)
    # The time line recognises fields that the move sets by this name and folds them into its entry.
    with transaction(session, actor, operation=f"step:{move.name}"):
        engine.check(session, procedure, record, move, actor, note)
        # From here on nobody else can move the record or change what hangs on it: what the rules
        # are about to judge is what will be kept.
        engine.hold(session, record)
        # A move that keeps the state, made since by somebody else, does not stop the lock.
        check_untouched(session, procedure, record, move)
        said = rounds.answering(session, procedure, record, move, note, together=together)
        found = [*said.problems, *problems_with(session, record, move)]
        cautions = _check_rules(found, note, acknowledged)
        made = engine.take(session, procedure, record, move, actor, _noted(said.note, cautions))
        said.keep(session, actor)
        rounds.raise_points(session, procedure, made)
        if move.follows is not None:
            move.follows(session, actor, record)
    return made


def _check_rules(
    found: Sequence[Problem], note: str, acknowledged: Collection[str]
) -> list[Problem]:
    """Return the cautions, all of them acknowledged; raise where the rules forbid the move."""
    broken = [one for one in found if one.severity == "error"]
    if broken:
        raise RulesBroken(broken)
    cautions = [one for one in found if one.severity == "caution"]
    if cautions and not (note.strip() and {one.code for one in cautions} <= set(acknowledged)):
        raise Unacknowledged(cautions)
    return cautions


def _noted(note: str, cautions: Sequence[Problem]) -> str:
    """Return the note as the step keeps it: with what the person knew."""
    if not cautions:
        return note
    return f"{note.strip()}（已知悉：{'；'.join(one.message for one in cautions)}）"


def problems_with(session: AnySession, record: Any, move: Move) -> list[Problem]:
    """Return the problems that the rules find with ``move`` on this record, with warnings."""
    return [] if move.asks is None else move.asks(session, record)


def act_many(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    ids: Sequence[int],
    move_name: str,
    note: str = "",
    acknowledged: Collection[str] = (),
) -> list[Outcome]:
    """Make the move on each record that the actor sees, in one transaction per record."""
    # The ids come from the request: titles are read within the scope, so that the answer names no
    # row that the actor does not see.
    found = session.scalars(select(model).where(model.id.in_(ids))).all()
    seen = {record.id: str(record) for record in found}
    done: list[Outcome] = []
    for record_id in dict.fromkeys(ids):
        if record_id not in seen:
            message = "没有这条记录，或不在您的管辖范围内"
            done.append(Outcome(record_id, f"#{record_id}", message))
            continue
        title = seen[record_id]
        done.append(_act_on(session, actor, model, record_id, title, move_name, note, acknowledged))
    return done


def _act_on(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    record_id: int,
    title: str,
    move_name: str,
    note: str,
    acknowledged: Collection[str],
) -> Outcome:
    # The transaction of the record before this one has ended meanwhile, and somebody may have
    # deleted this one.
    record = session.get(model, record_id)
    if record is None:
        return Outcome(record_id, title, "这条记录刚刚被删除")
    try:
        made = act(session, actor, record, move_name, note, acknowledged, together=True)
    except RulesBroken as refusal:
        problems, asked = tuple(refusal.problems), isinstance(refusal, Unacknowledged)
        return Outcome(record_id, title, refusal.message, problems=problems, asked=asked)
    except AppError as refusal:
        return Outcome(record_id, title, refusal.message)
    label = procedure_for(model).state(made.target).label
    return Outcome(record_id, title, f"已办理，现为“{label}”", ok=True)


def offers(
    session: AnySession, actor: Actor, record: Any, *, everything: bool = False, rules: bool = False
) -> list[Offer]:
    """Return the moves from the record's state, each with whether and why not it is allowed.

    ``everything`` adds the moves from other states. ``rules`` also checks the rules, which takes
    further statements: the command line asks for it, pages do not.
    """
    procedure = procedure_for(type(record))
    # A move without roles only ever follows from a move on another record.
    moves = [move for move in procedure.moves_from(record.state) if move.roles]
    if everything:
        moves = list(procedure.moves)
    return [_offer(session, procedure, actor, record, move, rules=rules) for move in moves]


def _offer(
    session: AnySession, procedure: Procedure, actor: Actor, record: Any, move: Move, *, rules: bool
) -> Offer:
    try:
        engine.check_allowed(session, procedure, record, move, actor)
    except WrongState as refusal:
        return Offer(move, allowed=False, why=refusal.message, kind="wrong_state")
    except NotPermitted as refusal:
        return Offer(move, allowed=False, why=refusal.message, kind="not_permitted")
    try:
        if rules:
            _check_rules(problems_with(session, record, move), "", ())
    except Unacknowledged as asked:
        return Offer(move, allowed=True, why=asked.message, problems=tuple(asked.problems))
    except RulesBroken as refusal:
        problems = tuple(refusal.problems)
        return Offer(
            move, allowed=False, why=refusal.message, kind="rules_broken", problems=problems
        )
    return Offer(move, allowed=True)


def steps_of(session: AnySession, record: Any) -> Sequence[Step]:
    """Return the record's steps, oldest first."""
    return session.scalars(
        select(Step)
        .where(Step.entity == type(record).__name__, Step.record_id == record.id)
        .order_by(Step.id)
    ).all()
