"""How is a step taken? Only here is a state assigned, and every step leaves a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import insert, select, update

from app.core import clock
from app.core.declarations.base import Entity
from app.core.errors import NotPermitted, Problem, RulesBroken, Stale, WrongState
from app.core.roles import TITLES, Actor
from app.core.scope import AnySession
from app.core.tables import Step
from app.core.workflow.order import check_order
from app.roles import PROVINCE

Colour = Literal["grey", "blue", "orange", "teal", "green", "red"]
Note = Literal["none", "optional", "required"]

#: A move whose target is the state that the record was suspended from.
BACK = "*"

#: A move that decides something about the record and leaves its state as it is.
STAY = "="


@dataclass(frozen=True)
class State:
    """A state with its Chinese name, its colour by meaning, and what it means in one line."""

    name: str
    label: str
    colour: Colour
    meaning: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class Move:
    """A step that some roles may take from some states.

    ``at`` names the record's centre column that the actor's centre must equal, for moves that
    belong to one particular centre; the province may always stand in for a city. ``apart`` names a
    move that the actor must never have made on this record: the reviewer is never the submitter,
    not even of a version that was returned and sent in again by a colleague. Without ``roles`` the
    step is nobody's own act: it follows from a step of another record, as a certificate is made
    void by its change.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    roles: frozenset[str]
    note: Note = "none"
    confirm: str = ""
    danger: bool = False
    primary: bool = False
    apart: str = ""
    at: str = ""


@dataclass(frozen=True)
class Table:
    """The procedure of one entity: its states in order, and its moves."""

    entity: str
    label: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]

    @property
    def first(self) -> str:
        """The state in which a record is born."""
        return self.states[0].name

    def state(self, name: str) -> State:
        """The state called ``name``; KeyError if the table has none."""
        for state in self.states:
            if state.name == name:
                return state
        raise KeyError(f"{self.entity}.{name}")

    def move(self, name: str) -> Move:
        """The move called ``name``; WrongState (in words) if the table has none."""
        for move in self.moves:
            if move.name == name:
                return move
        known = "、".join(f"{move.name}（{move.label}）" for move in self.moves)
        raise WrongState(f"“{self.label}”没有名为 {name} 的操作，可用的有：{known}")

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves that leave ``state``."""
        return tuple(move for move in self.moves if state in move.sources)


def check_state(table: Table, record: Any, move: Move) -> None:
    """Raise WrongState unless ``move`` leaves the record's present state."""
    if record.state not in move.sources:
        here = table.state(record.state).label
        sources = "、".join(table.state(name).label for name in move.sources)
        raise WrongState(
            f"{table.label} {record} 现在是“{here}”，只有“{sources}”时才能{move.label}"
        )


def check_person(session: AnySession, table: Table, record: Any, move: Move, actor: Actor) -> None:
    """Raise NotPermitted unless the actor's role, centre and earlier part allow ``move``."""
    if actor.all_rows:
        return
    if not move.roles:
        raise NotPermitted(f"“{move.label}”不单独办理，由相关的申请批准后自动产生")
    if not actor.has(*move.roles):
        raise NotPermitted(f"您的角色不能办理“{move.label}”，请由{_titles(move)}办理")
    if move.at and not actor.has(*PROVINCE) and getattr(record, move.at) != actor.key_at("centre"):
        raise NotPermitted(f"“{move.label}”由另一个中心办理，不归您所在的中心")
    if move.apart and _made(session, table, record, move.apart, actor):
        label = table.move(move.apart).label
        raise NotPermitted(f"“{label}”是您办理的，“{move.label}”必须由另一个人办理")


def _titles(move: Move) -> str:
    return "、".join(title for role, title in TITLES.items() if role in move.roles)


def _made(session: AnySession, table: Table, record: Any, move: str, actor: Actor) -> bool:
    return actor.id in actors_of(session, table, record, move)


def actors_of(session: AnySession, table: Table, record: Any, move: str) -> set[int | None]:
    """Everyone who has ever made ``move`` on the record, by id; one statement."""
    return set(
        session.scalars(
            select(Step.actor_id).where(
                Step.entity == table.entity, Step.record_id == record.id, Step.move == move
            )
        )
    )


def last_note(session: AnySession, record: Any) -> str:
    """What was noted with the record's last step; empty without one."""
    steps = select(Step.note).where(
        Step.entity == type(record).__name__, Step.record_id == record.id
    )
    return session.scalar(steps.order_by(Step.id.desc()).limit(1)) or ""


def check_note(move: Move, note: str) -> None:
    """Raise RulesBroken when ``move`` demands a note and there is none."""
    if move.note == "required" and not note.strip():
        raise RulesBroken([Problem("note_missing", f"“{move.label}”必须写明理由", field="note")])


def hold(session: AnySession, record: Any) -> None:
    """Keep the record in its state until the transaction ends, or raise Stale if it has left it.

    What is judged of a record and of the rows that hang on it stays true while it is held: nobody
    else takes a step with it, or changes those rows, in between. One statement; on both databases
    an update that changes nothing is the lock that they share.
    """
    model: type[Any] = type(record)
    held = session.connection().execute(
        update(model)
        .where(model.id == record.id, model.state == record.state)
        .values(version=model.version)
    )
    if held.rowcount != 1:
        raise Stale(f"{record} 刚刚被别人办理过了，请刷新后再看")


def step(
    session: AnySession, table: Table, record: Any, move: Move, actor: Actor, note: str = ""
) -> Step:
    """Take one step: guarded against a race, written down, not committed.

    Raises WrongState, NotPermitted, RulesBroken (note missing, clock set back) or Stale
    (somebody was faster).
    """
    check_state(table, record, move)
    check_person(session, table, record, move, actor)
    check_note(move, note)
    source = record.state
    target = _target(record, move)
    check_order(session, table.entity, [record.id])
    _assign(session, table, record, source, target)
    made = Step(
        entity=table.entity,
        record_id=record.id,
        move=move.name,
        source=source,
        target=target,
        actor_id=actor.id,
        actor_name=actor.name,
        at=clock.now(),
        note=note.strip(),
    )
    session.add(made)
    return made


def _target(record: Any, move: Move) -> str:
    if move.target == STAY:
        state: str = record.state
        return state
    return record.suspended_from if move.target == BACK else move.target


def _assign(session: AnySession, table: Table, record: Any, source: str, target: str) -> None:
    session.flush()
    model: type[Any] = type(record)
    values: dict[str, Any] = {"state": target, "version": model.version + 1}
    if any(move.target == BACK for move in table.moves_from(target)):
        values["suspended_from"] = source
    changed = session.connection().execute(
        update(model).where(model.id == record.id, model.state == source).values(**values)
    )
    if changed.rowcount != 1:
        raise Stale(f"{record} 刚刚被别人办理过了，请刷新后再看")
    session.refresh(record)


def born(session: AnySession, table: Table, records: Sequence[Entity], actor: Actor) -> None:
    """Write the first step of new records, which need their ids; one statement, however many."""
    if not records:
        return
    rows = [
        {
            "entity": table.entity,
            "record_id": record.id,
            "move": "create",
            "source": "",
            "target": table.first,
            "actor_id": actor.id,
            "actor_name": actor.name,
            "at": clock.now(),
            "note": "",
        }
        for record in records
    ]
    session.execute(insert(Step), rows)


def step_many(
    session: AnySession,
    table: Table,
    records: Sequence[Any],
    move: Move,
    actor: Actor,
    note: str = "",
) -> None:
    """The same step for many records that follow from one act: three statements, however many.

    Persons and rules are judged by the act; the state of each record is judged here.
    """
    if not records:
        return
    for record in records:
        check_state(table, record, move)
    session.flush()
    check_order(session, table.entity, [record.id for record in records])
    model: type[Any] = type(records[0])
    ids = [record.id for record in records]
    changed = session.connection().execute(
        update(model)
        .where(model.id.in_(ids), model.state.in_(move.sources))
        .values(state=move.target, version=model.version + 1)
    )
    if changed.rowcount != len(ids):
        raise Stale(f"{table.label}刚刚被别人办理过了，请刷新后再看")
    session.execute(
        insert(Step),
        [_row(table, record, move, actor, note) for record in records],
    )
    for record in records:
        session.expire(record, ["state", "version"])


def _row(table: Table, record: Any, move: Move, actor: Actor, note: str) -> dict[str, Any]:
    return {
        "entity": table.entity,
        "record_id": record.id,
        "move": move.name,
        "source": record.state,
        "target": move.target,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "at": clock.now(),
        "note": note.strip(),
    }
