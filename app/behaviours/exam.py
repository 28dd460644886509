"""How do the sessions of an exam behave?"""

from __future__ import annotations

from app.behaviours.work_types import work_type_problems
from app.core.declarations.behaviour import Behaviour, Behaviours, Counted
from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import ExamSession


def _session(session: AnySession, item: ExamSession) -> list[Problem]:
    found = work_type_problems(item.work_type, item.occupation.id)
    for name, start, end in (
        ("theory_end", item.theory_start, item.theory_end),
        ("practical_end", item.practical_start, item.practical_end),
    ):
        if start is not None and end is not None and end <= start:
            message = "结束时间须晚于开始时间，请核对"
            found.append(Problem("times_reversed", message, field=name))
    if item.headcount <= 0:
        found.append(Problem("headcount", "人数须大于 0", field="headcount"))
    return found


BEHAVIOURS: Behaviours = {
    ExamSession: Behaviour(check=_session, numbering=Counted("batch")),
}
