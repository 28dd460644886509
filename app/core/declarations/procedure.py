"""Through which states does a record move, by whom, under which conditions, with what effect?"""

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

#: Returns the problems with a move on this record now, including warnings.
Asks = Callable[["AnySession", Any], list[Problem]]
#: Applies what follows from a move that was made, in its transaction.
Follows = Callable[["AnySession", "Actor", Any], None]

#: The target of a move back to the state that the record was suspended from.
BACK = "*"

#: The target of a move that decides something without changing the record's state.
STAY = "="


@dataclass(frozen=True)
class State:
    """A state with its Chinese name, a colour for its kind and its meaning in one line.

    ``remedy`` says what can still be done about rows that are closed by this state.
    """

    name: str
    label: str
    colour: Colour
    meaning: str = ""
    waiting: bool = False
    remedy: str = ""


@dataclass(frozen=True)
class Move:
    """A change of state that some roles may make from some states.

    ``at`` names the place at which the actor must be, for moves reserved to one of the record's
    places; actors who see all places may stand in. ``apart`` names the moves of which the actor
    must never have made any on this record: a reviewer must not have submitted it, not even an
    earlier version that was returned and submitted again by a colleague. Without ``roles`` no one
    makes the move by itself: it follows from a move of another record, as a certificate becomes
    void by its change. ``takes_back`` names the moves that this one undoes: it is possible once,
    while nobody has made another move since. ``rare`` moves stand apart from the usual ones on
    pages, and no one is expected to make them. ``answers`` names the moves that send a record back:
    each line of their note is a point that this move must answer. ``asks`` returns problems with
    the move, ``follows`` applies its further effects.
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
    apart: tuple[str, ...] = ()
    takes_back: tuple[str, ...] = ()
    rare: bool = False
    answers: tuple[str, ...] = ()
    at: By | None = None
    asks: Asks | None = None
    follows: Follows | None = None


@dataclass(frozen=True)
class Procedure:
    """The procedure of one entity: its states in order, and its moves.

    ``short`` is a short name for its records, ``reviewer`` the title of whoever can return one.
    ``reported`` is False if its steps only repeat those of another record.
    """

    entity: str
    label: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    short: str = ""
    reviewer: str = ""
    reported: bool = True

    @property
    def first(self) -> str:
        """The state of a new record."""
        return self.states[0].name

    def state(self, name: str) -> State:
        """Return the state called ``name``; raises KeyError if the procedure has none."""
        for state in self.states:
            if state.name == name:
                return state
        raise KeyError(f"{self.entity}.{name}")

    def move(self, name: str) -> Move:
        """Return the move called ``name``; raises WrongState, which lists those that exist."""
        for move in self.moves:
            if move.name == name:
                return move
        known = "、".join(f"{move.name}（{move.label}）" for move in self.moves)
        raise WrongState(f"“{self.label}”没有名为 {name} 的操作，可用的有：{known}")

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """Return the moves that leave ``state``."""
        return tuple(move for move in self.moves if state in move.sources)
