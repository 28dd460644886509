"""How is a move made, so that the state changes and a step records it?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import insert, select, update

from app.core import clock, scope
from app.core.declarations.base import Entity
from app.core.declarations.procedure import BACK, STAY, Move, Procedure
from app.core.errors import NotPermitted, RulesBroken, Stale, WrongState
from app.core.roles import TITLES, Actor, Power, granted
from app.core.scope import AnySession
from app.core.tables import Step
from app.core.workflow.note import note_problems
from app.core.workflow.order import check_order
from app.core.workflow.taking_back import check_untouched


def check_state(procedure: Procedure, record: Any, move: Move) -> None:
    """Raise WrongState unless ``move`` leaves the record's present state."""
    if record.state not in move.sources:
        here = procedure.state(record.state).label
        sources = "、".join(procedure.state(name).label for name in move.sources)
        raise WrongState(
            f"{procedure.label} {record} 现在是“{here}”，只有“{sources}”时才能{move.label}"
        )


def check_person(
    session: AnySession, procedure: Procedure, record: Any, move: Move, actor: Actor
) -> None:
    """Raise NotPermitted unless the actor's role, place and earlier steps allow ``move``."""
    # The system itself (seed, migrations) has no role and passes every check.
    if actor.all_rows:
        return
    if not move.roles:
        raise NotPermitted(f"“{move.label}”不单独办理，由相关的申请批准后自动产生")
    if not actor.has(*move.roles):
        raise NotPermitted(f"您的角色不能办理“{move.label}”，请由{_titles(move)}办理")
    stands_in = granted(Power.SEE_ALL) & move.roles & actor.roles
    if move.at and not stands_in and not scope.stands_at(actor, move.at, record):
        raise NotPermitted(f"“{move.label}”由另一个中心办理，不归您所在的中心")
    # Four eyes: who sent a record in must not be the one who decides on it.
    own = move.apart and moves_by(session, procedure, record, move.apart).get(actor.id)
    if own:
        labels = "、".join(f"“{procedure.move(name).label}”" for name in move.apart if name in own)
        raise NotPermitted(f"{labels}是您办理的，“{move.label}”必须由另一个人办理")


def _titles(move: Move) -> str:
    return "、".join(title for role, title in TITLES.items() if role in move.roles)


def moves_by(
    session: AnySession, procedure: Procedure, record: Any, moves: Collection[str]
) -> dict[int | None, set[str]]:
    """Return who ever made which of ``moves`` on the record, by actor id; takes one statement."""
    found: dict[int | None, set[str]] = {}
    made = select(Step.actor_id, Step.move).where(
        Step.entity == procedure.entity, Step.record_id == record.id, Step.move.in_(moves)
    )
    for actor_id, name in session.execute(made):
        found.setdefault(actor_id, set()).add(name)
    return found


def last_note(session: AnySession, record: Any) -> str:
    """Return the note of the record's last step; empty if it has none."""
    steps = select(Step.note).where(
        Step.entity == type(record).__name__, Step.record_id == record.id
    )
    return session.scalar(steps.order_by(Step.id.desc()).limit(1)) or ""


def check_note(move: Move, note: str) -> None:
    """Raise RulesBroken if ``move`` requires a note and ``note`` is blank."""
    problems = note_problems(move.label, note, required=move.note == "required")
    if problems:
        raise RulesBroken(problems)


def check_allowed(
    session: AnySession, procedure: Procedure, record: Any, move: Move, actor: Actor
) -> None:
    """Raise WrongState or NotPermitted unless the actor may make ``move`` on the record now.

    Actors who can see beyond their own place may only move records that they own, unless the
    move names its place in ``at``.
    """
    check_state(procedure, record, move)
    check_person(session, procedure, record, move, actor)
    check_untouched(session, procedure, record, move)
    if not (move.at or actor.only_place or scope.owns(actor, record)):
        raise NotPermitted(f"{procedure.label} {record} 归其他机构或中心，“{move.label}”不归您办理")


def check(
    session: AnySession, procedure: Procedure, record: Any, move: Move, actor: Actor, note: str
) -> None:
    """Check everything about a move except its rules: state, person and note.

    Raises WrongState, NotPermitted or RulesBroken (note missing).
    """
    check_allowed(session, procedure, record, move, actor)
    check_note(move, note)


def hold(session: AnySession, record: Any) -> None:
    """Lock the record in its state until the transaction ends; raise Stale if it has left it.

    While it is locked no one else can move it or change the rows that hang on it, so what was
    checked stays true. An update that changes nothing is the one lock that both databases share.
    """
    model: type[Any] = type(record)
    held = session.connection().execute(
        update(model)
        .where(model.id == record.id, model.state == record.state)
        .values(version=model.version)
    )
    if held.rowcount != 1:
        raise Stale(f"{record} 刚刚被别人办理过了，请刷新后再看")


def make(
    session: AnySession, procedure: Procedure, record: Any, move: Move, actor: Actor, note: str = ""
) -> Step:
    """Make one move that follows from an act on another record: ``check``, then ``take``."""
    check(session, procedure, record, move, actor, note)
    return take(session, procedure, record, move, actor, note)


def take(
    session: AnySession, procedure: Procedure, record: Any, move: Move, actor: Actor, note: str = ""
) -> Step:
    """Make a move that ``check`` has accepted, and record it as a step.

    Raises RulesBroken (clock set back) or Stale (somebody was faster).
    """
    source = record.state
    target = _target(record, move)
    # Before anything is written: with a clock set back, this step would stand before earlier ones.
    check_order(session, procedure.entity, [record.id])
    _assign(session, procedure, record, source, target)
    made = Step(**_row(procedure, record, move.name, source, target, actor, note))
    session.add(made)
    return made


def _target(record: Any, move: Move) -> str:
    if move.target == STAY:
        state: str = record.state
        return state
    return record.suspended_from if move.target == BACK else move.target


def _assign(
    session: AnySession, procedure: Procedure, record: Any, source: str, target: str
) -> None:
    session.flush()
    model: type[Any] = type(record)
    values: dict[str, Any] = {"state": target, "version": model.version + 1}
    # A state that can be left towards BACK must remember where the record came from.
    if any(move.target == BACK for move in procedure.moves_from(target)):
        values["suspended_from"] = source
    changed = session.connection().execute(
        # Of two people who act at once, only one still finds the state that both have read.
        update(model).where(model.id == record.id, model.state == source).values(**values)
    )
    if changed.rowcount != 1:
        raise Stale(f"{record} 刚刚被别人办理过了，请刷新后再看")
    session.refresh(record)


def born(
    session: AnySession, procedure: Procedure, records: Sequence[Entity], actor: Actor
) -> None:
    """Record the first step of new, already flushed records; takes one statement."""
    if not records:
        return
    rows = [_row(procedure, record, "create", "", procedure.first, actor) for record in records]
    session.execute(insert(Step), rows)


def take_many(
    session: AnySession,
    procedure: Procedure,
    records: Sequence[Any],
    move: Move,
    actor: Actor,
    note: str = "",
) -> None:
    """Make the same move on many records as part of one act; takes three statements.

    The act must have checked person and rules; the state of each record is checked here.
    """
    if not records:
        return
    for record in records:
        check_state(procedure, record, move)
    session.flush()
    check_order(session, procedure.entity, [record.id for record in records])
    model: type[Any] = type(records[0])
    ids = [record.id for record in records]
    changed = session.connection().execute(
        update(model)
        .where(model.id.in_(ids), model.state.in_(move.sources))
        .values(state=move.target, version=model.version + 1)
    )
    if changed.rowcount != len(ids):
        raise Stale(f"{procedure.label}刚刚被别人办理过了，请刷新后再看")
    rows = [
        _row(procedure, record, move.name, record.state, move.target, actor, note)
        for record in records
    ]
    session.execute(insert(Step), rows)
    for record in records:
        session.expire(record, ["state", "version"])


def _row(
    procedure: Procedure,
    record: Any,
    move: str,
    source: str,
    target: str,
    actor: Actor,
    note: str = "",
) -> dict[str, Any]:
    return {
        "entity": procedure.entity,
        "record_id": record.id,
        "move": move,
        "source": source,
        "target": target,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "at": clock.now(),
        "note": note.strip(),
    }
