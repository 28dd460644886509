"""Through which states does a record move, by whom, what is asked before and what follows?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from app.core.declarations.reach import By
from app.core.errors import Problem, WrongState

if TYPE_CHECKING:
    from app.core.roles import Actor
    from app.core.scope import AnySession

Colour = Literal["grey", "blue", "orange", "teal", "green", "red"]
Note = Literal["none", "optional", "required"]

#: The objections to a move on this record today; warnings are among them.
Asks = Callable[["AnySession", Any], list[Problem]]
#: What follows from a move that has been made, in its transaction.
Follows = Callable[["AnySession", "Actor", Any], None]

#: A move whose target is the state that the record was suspended from.
BACK = "*"

#: A move that decides something about the record and leaves its state as it is.
STAY = "="


@dataclass(frozen=True)
class State:
    """A state with its Chinese name, its colour by meaning, and what it means in one line.

    ``remedy`` says what can still be done about rows that the record, standing here, has closed.
    """

    name: str
    label: str
    colour: Colour
    meaning: str = ""
    waiting: bool = False
    remedy: str = ""


@dataclass(frozen=True)
class Move:
    """A step that some roles may take from some states.

    ``at`` names the place at which the actor must stand, for moves that belong to one particular
    place of the record's; who sees all places may always stand in. ``apart`` names a
    move that the actor must never have made on this record: the reviewer is never the submitter,
    not even of a version that was returned and sent in again by a colleague. Without ``roles`` the
    step is nobody's own act: it follows from a step of another record, as a certificate is made
    void by its change. ``asks`` finds what objects to the move, ``follows`` does what it entails
    beyond the change of state.
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
    at: By | None = None
    asks: Asks | None = None
    follows: Follows | None = None


@dataclass(frozen=True)
class Procedure:
    """The procedure of one entity: its states in order, and its moves.

    ``short`` is what its records are called in passing, ``reviewer`` who is asked to send one back.
    ``told`` is False where a record's steps say nothing that those of another record do not.
    """

    entity: str
    label: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    short: str = ""
    reviewer: str = ""
    told: bool = True

    @property
    def first(self) -> str:
        """The state in which a record is born."""
        return self.states[0].name

    def state(self, name: str) -> State:
        """The state called ``name``; KeyError if the procedure has none."""
        for state in self.states:
            if state.name == name:
                return state
        raise KeyError(f"{self.entity}.{name}")

    def move(self, name: str) -> Move:
        """The move called ``name``; WrongState (in words) if the procedure has none."""
        for move in self.moves:
            if move.name == name:
                return move
        known = "、".join(f"{move.name}（{move.label}）" for move in self.moves)
        raise WrongState(f"“{self.label}”没有名为 {name} 的操作，可用的有：{known}")

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves that leave ``state``."""
        return tuple(move for move in self.moves if state in move.sources)
