"""How do candidates behave?"""

from __future__ import annotations

from app.core.declarations.behaviour import Behaviour, Behaviours, Counted
from app.core.errors import Problem
from app.core.records.code_lists import code_lists, code_name
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Candidate
from app.rules.reference.identity import birth_date
from app.rules.sign_up.roster import CandidateRow, candidate_problems
from app.services.reference import vocabulary
from app.services.reference.terms import terms
from app.services.results import scoring


def _saving(session: AnySession, actor: Actor, item: Candidate) -> None:
    # The number wins: a birthday typed beside it may be a slip.
    item.birth_date = birth_date(item.id_number) or item.birth_date
    if item.attempt == "new" and item.retake_of_id is not None:
        scoring.sit_again(item)
    # Another level may have another pass rule, so stored marks are judged again.
    if item.level is not None:
        for score in item.scores:
            scoring.judge(session, score)


def _candidate(session: AnySession, item: Candidate) -> list[Problem]:
    approved = vocabulary.approved_scope(session, item.batch.body_id)
    genders = code_lists(session).get("gender", ())
    row = CandidateRow(
        name=item.name,
        gender=code_name(item.gender, genders),
        document_kind=item.document_kind or "01",
        id_number=item.id_number,
        years=item.years,
        occupation=item.occupation.name,
        work_type=item.work_type.name,
        level=item.level.digit,
        current_level=item.current_level.digit if item.current_level else None,
        phone=item.phone or None,
    )
    return candidate_problems(
        row,
        exam_date=item.batch.exam_date,
        levels=vocabulary.levels(session).names,
        approved=approved.items,
        minimum_age=terms().minimum_age,
    )


BEHAVIOURS: Behaviours = {
    Candidate: Behaviour(
        saving=_saving,
        reads=("scores",),
        check=_candidate,
        numbering=Counted("batch"),
    ),
}
