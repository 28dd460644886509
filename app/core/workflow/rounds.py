"""How often was a record sent back, with which points, and how were they answered?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.declarations.procedure import Move, Procedure
from app.core.errors import Problem, WrongState
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import Change, ReturnPoint, Step
from app.core.transaction import transaction
from app.core.workflow import engine
from app.core.workflow.answer_rules import answer_problems, unchanged_problems
from app.core.workflow.changed_rows import ChangedRow, Since, changed_rows

#: The number that a person writes before a point.
_NUMBERED = re.compile(r"^(?:[（(]\d{1,2}[)）]|\d{1,2}[、.．)）](?!\d))\s*")


@dataclass(frozen=True)
class Round:
    """One return: its points, and the step with which the record came again, if it did.

    ``move`` answers it; ``number`` counts what was sent in, so that the first return begins the
    second round. ``last`` is False once the record was sent back again or accepted.
    """

    move: Move
    number: int
    returned: Step
    points: tuple[ReturnPoint, ...]
    sent: Step | None
    last: bool

    def answered(self) -> dict[int, str]:
        """Return the answers given so far by the serial of their point."""
        return {one.serial: one.answer for one in self.points if one.answer.strip()}

    def changes(self, session: AnySession, record: Any) -> list[ChangedRow]:
        """Return what was changed since the return; of interest for the last round."""
        since = Since(self.points[0].change_id, self.returned.at)
        return changed_rows(session, record, self.move.sources, since)


def lines_in(note: str) -> list[str]:
    """Return the lines of a note without blank ones and without the numbers written before them."""
    found = [_NUMBERED.sub("", line.strip()) for line in note.splitlines()]
    return [line for line in found if line]


def rounds_of(
    session: AnySession, procedure: Procedure, record: Any, steps: Sequence[Step] | None = None
) -> list[Round]:
    """Return all rounds of a record after its first, oldest first, in at most two statements.

    ``steps`` are all of the record, oldest first, where they were read already.
    """
    answering = [move for move in procedure.moves if move.answers]
    if not answering:
        return []
    if steps is None:
        of_record = (Step.entity == procedure.entity, Step.record_id == record.id)
        steps = session.scalars(select(Step).where(*of_record).order_by(Step.id)).all()
    names = {name for move in answering for name in move.answers}
    ids = [step.id for step in steps if step.move in names]
    if not ids:
        return []
    rows = session.scalars(
        select(ReturnPoint).where(ReturnPoint.step_id.in_(ids)).order_by(ReturnPoint.serial)
    ).all()
    found = [one for move in answering for one in _rounds(procedure, move, steps, rows)]
    return sorted(found, key=lambda one: one.returned.id)


def _rounds(
    procedure: Procedure, move: Move, steps: Sequence[Step], rows: Sequence[ReturnPoint]
) -> list[Round]:
    places = [place for place, step in enumerate(steps) if step.move in move.answers]
    found = []
    for at, place in enumerate(places):
        is_last = at == len(places) - 1
        after = steps[place + 1 : None if is_last else places[at + 1]]
        found.append(
            Round(
                move,
                at + 2,
                steps[place],
                _points(steps[place], rows),
                next((step for step in reversed(after) if step.move == move.name), None),
                is_last and not any(_accepts(procedure, move, step) for step in after),
            )
        )
    return found


def _points(returned: Step, rows: Sequence[ReturnPoint]) -> tuple[ReturnPoint, ...]:
    found = tuple(row for row in rows if row.step_id == returned.id)
    # Returned before there were points: the whole note is one.
    return found or (ReturnPoint(step_id=returned.id, serial=1, text=returned.note, answer=""),)


def _accepts(procedure: Procedure, move: Move, step: Step) -> bool:
    """Return whether ``step`` took the record on from where ``move`` had brought it."""
    made = next((one for one in procedure.moves if one.name == step.move), None)
    back = made is not None and (made.takes_back or made.rare)
    return step.source == move.target and step.source != step.target and not back


def raise_points(session: AnySession, procedure: Procedure, made: Step) -> None:
    """Write down the points of a step that sends a record back; does nothing for other steps."""
    if not any(made.move in move.answers for move in procedure.moves):
        return
    session.flush()
    last = session.scalar(select(func.max(Change.id))) or 0
    session.add_all(
        ReturnPoint(step_id=made.id, serial=serial, text=text, answer="", change_id=last)
        for serial, text in enumerate(lines_in(made.note), start=1)
    )


@dataclass(frozen=True)
class Answering:
    """What a move says to the last return: its note as kept, the answers, and what is wrong."""

    note: str
    round: Round | None = None
    answers: Mapping[int, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def keep(self, session: AnySession, actor: Actor) -> None:
        """Keep the answers beside their points."""
        if self.round is not None:
            _write(session, actor, self.round, self.answers)


def answering(
    session: AnySession,
    procedure: Procedure,
    record: Any,
    move: Move,
    note: str,
    *,
    together: bool = False,
) -> Answering:
    """Return how ``move`` answers the last return, if it has one to answer.

    The lines of the note answer the points that have no answer yet, one each; what is left says
    why nothing was changed. Of a note for many records together, everything does.
    """
    if not move.answers:
        return Answering(note)
    rounds = [one for one in rounds_of(session, procedure, record) if one.move == move]
    if not rounds or not rounds[-1].last:
        return Answering(note)
    last = rounds[-1]
    given, lines = last.answered(), lines_in(note)
    open_points = [one.serial for one in last.points if one.serial not in given]
    new = {} if together else dict(zip(open_points, lines, strict=False))
    reason = "\n".join(lines[len(new) :])
    answers = given | new
    problems = (
        *answer_problems({one.serial: one.text for one in last.points}, answers),
        *unchanged_problems(len(last.changes(session, record)), reason),
    )
    return Answering(_as_kept(answers, reason), last, answers, problems)


def _as_kept(answers: Mapping[int, str], reason: str) -> str:
    """Return the note of the step, which keeps every answer as it was sent."""
    said = [f"{serial}. {answers[serial]}" for serial in sorted(answers)]
    return "\n".join([*said, reason] if reason else said)


def answer(
    session: AnySession, actor: Actor, procedure: Procedure, record: Any, texts: Mapping[int, str]
) -> None:
    """Keep answers to the points of the record's last return, before it is sent in again.

    Raises WrongState if it has none to answer now, NotPermitted for whoever may not send it in.
    """
    found = [one for one in rounds_of(session, procedure, record) if can_be_answered(one, record)]
    if not found:
        raise WrongState(f"{procedure.label} {record} 现在没有要答复的退回意见")
    with transaction(session, actor):
        engine.check_allowed(session, procedure, record, found[-1].move, actor)
        engine.hold(session, record)
        _write(session, actor, found[-1], texts)


def can_be_answered(one: Round, record: Any) -> bool:
    """Return whether the round waits for its answers."""
    return one.last and record.state in one.move.sources


def _write(session: AnySession, actor: Actor, one: Round, texts: Mapping[int, str]) -> None:
    for point in one.points:
        text = texts.get(point.serial, point.answer).strip()
        if text != point.answer:
            point.answer, point.answered_by, point.answered_at = text, actor.name, clock.now()
            session.add(point)
