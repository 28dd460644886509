"""How are a record's state, its progress and its moves shown?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.core.declarations.behaviour import find_procedure
from app.core.declarations.procedure import Procedure, State
from app.core.tables import Step
from app.core.workflow.moves import Offer

Context = dict[str, Any]

#: A line of fewer states says no more than the badge.
SHORTEST_LINE = 3

#: Colours of final states, at which a record may remain.
AT_REST = frozenset({"green", "grey"})


def table_for(item: Any) -> Procedure | None:
    """Return the procedure of a record; None if its table has none."""
    return find_procedure(type(item).__name__)


def standing(item: Any) -> Context:
    """Return the record's state with its label, colour and meaning."""
    procedure = table_for(item)
    if procedure is None:
        return {}
    state = procedure.state(item.state)
    return {"state": state.label, "colour": state.colour, "meaning": state.meaning}


def button(offer: Offer, url: str) -> Context:
    """Return a move as a button of a record page."""
    move = offer.move
    return {
        "name": move.name,
        "label": move.label,
        "url": url,
        "confirm": move.confirm.replace(" {n} ", "这 1 "),
        "note": move.note,
        "danger": move.danger,
        "primary": move.primary,
        "rare": move.rare,
        "disabled": not offer.allowed,
        "why": offer.why,
    }


def main_line(procedure: Procedure) -> list[State]:
    """Return the states that a record passes if nothing is returned, stopped or corrected."""
    found = [procedure.state(procedure.first)]
    while (following := _next(procedure, found[-1].name)) and following not in {
        s.name for s in found
    }:
        found.append(procedure.state(following))
    return found


def _next(procedure: Procedure, state: str) -> str:
    moves = [move for move in procedure.moves_from(state) if not (move.danger or move.rare)]
    ordered = sorted(moves, key=lambda move: not move.primary)
    states = {one.name: one for one in procedure.states}
    targets = [states[move.target] for move in ordered if move.target in states]
    if states[state].colour == "green":
        targets = [target for target in targets if target.colour in AT_REST]
    return targets[0].name if targets else ""


def line_of_states(item: Any, steps: Sequence[Step]) -> list[Context]:
    """Return the main line with the states done, the present one and those to come."""
    procedure = table_for(item)
    if procedure is None or len(line := main_line(procedure)) < SHORTEST_LINE:
        return []
    names = [state.name for state in line]
    here, label = _place(procedure, names, item.state, steps)
    moved = [step for step in steps if step.target != step.source]
    days = {step.target: step.at.strftime("%m-%d") for step in moved}
    days[names[here]] = days.get(item.state, "")
    found = []
    for at, state in enumerate(line):
        standing_here = "done" if at < here else "current" if at == here else "todo"
        if at == here and label:
            standing_here = "stopped"
        last = at == here == len(line) - 1 and not label
        found.append(
            {
                "label": label if at == here and label else state.label,
                "standing": "done" if last else standing_here,
                "at": days.get(state.name, "") if at <= here else "",
            }
        )
    return found


def _place(
    procedure: Procedure, names: list[str], state: str, steps: Sequence[Step]
) -> tuple[int, str]:
    """Return the record's position on the line, and its state's label if it left the line."""
    if state in names:
        return names.index(state), ""
    label = procedure.state(state).label
    onward = _next(procedure, state)
    if onward in names:
        return max(names.index(onward) - 1, 0), label
    reached = [step.target for step in steps if step.target in names]
    return (names.index(reached[-1]) if reached else 0), label
