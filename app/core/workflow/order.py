"""Is a record's next step later than its last one, even if a clock was set back?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.core import clock
from app.core.errors import RulesBroken
from app.core.scope import AnySession
from app.core.tables import Step
from app.core.workflow.step_order import order_problems


def check_order(session: AnySession, entity: str, ids: Sequence[int]) -> None:
    """Raise RulesBroken if one of these records has a step later than now.

    Takes one statement, however many records.
    """
    latest = session.scalar(
        select(func.max(Step.at)).where(Step.entity == entity, Step.record_id.in_(ids))
    )
    problems = order_problems(latest, clock.now(), by_day=clock.is_set())
    if problems:
        raise RulesBroken(problems)
