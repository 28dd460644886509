"""How do the sessions of an exam behave?"""

from __future__ import annotations

from app.core.declarations.behaviour import Behaviour, Behaviours, Counted
from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import ExamSession
from app.rules.exam.sessions import headcount_problems, times_problems
from app.rules.reference.work_type import belonging_problems


def _session(session: AnySession, item: ExamSession) -> list[Problem]:
    found = belonging_problems(
        item.work_type.name, item.work_type.occupation_id, item.occupation.id
    )
    for name, start, end in (
        ("theory_end", item.theory_start, item.theory_end),
        ("practical_end", item.practical_start, item.practical_end),
    ):
        found += times_problems(start, end, name)
    return found + headcount_problems(item.headcount)


BEHAVIOURS: Behaviours = {
    ExamSession: Behaviour(check=_session, numbering=Counted("batch")),
}
