"""May what was sent in be taken back to edit, because nobody has acted on it?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core.declarations.procedure import Move, Procedure
from app.core.errors import WrongState
from app.core.scope import AnySession
from app.core.tables import Step


def check_untouched(session: AnySession, procedure: Procedure, record: Any, move: Move) -> None:
    """Raise WrongState unless what ``move`` takes back can be taken back: once, and in time.

    It cannot once another move was made since, and not a second time before one was. Takes one
    statement, none for other moves.
    """
    if not move.takes_back:
        return
    made = select(Step.move, Step.source, Step.target).where(
        Step.entity == procedure.entity, Step.record_id == record.id
    )
    newest_first = session.execute(made.order_by(Step.id.desc())).all()
    name = f"{procedure.label} {record}"
    last = newest_first[0].move if newest_first else ""
    if last not in move.takes_back:
        labels = {one.name: one.label for one in procedure.moves}
        raise WrongState(f"{name} 已经办理过“{labels.get(last, last)}”，不能再{move.label}")
    for step in newest_first:
        if step.move == move.name:
            raise WrongState(f"{name} 已经{move.label}过一次，不能再次{move.label}")
        # A move that keeps the state, such as a permission, gives no second time.
        if step.move not in move.takes_back and step.source != step.target:
            return
