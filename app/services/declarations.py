"""What does the certification declare to the core beyond tables, roles and procedures?"""

from __future__ import annotations

from dataclasses import asdict

from app.core.accounts import places
from app.core.declarations import standing
from app.core.importing import judged_against, sheet_kinds
from app.core.jobs import job_kinds
from app.core.records import related
from app.models import Level
from app.services.bodies.account_places import PLACES
from app.services.documents import document_jobs
from app.services.exam.arrangement_sheet import ArrangementSheet
from app.services.filing import deadlines
from app.services.reference import vocabulary
from app.services.reference.terms import terms
from app.services.results.score_sheet import ScoreSheet
from app.services.sign_up.roster_sheet import RosterSheet

#: The official sheets that can be imported, in the order of the menus.
SHEETS = (RosterSheet(), ScoreSheet(), ArrangementSheet())


def declare() -> None:
    """Register the certification's hooks with the core; calling it again changes nothing."""
    related.declare_meaning(Level, vocabulary.levels_meant)
    judged_against.judge_by("terms", lambda: asdict(terms()))
    sheet_kinds.declare_kinds(*SHEETS)
    places.declare(PLACES)
    job_kinds.declare(*document_jobs.KINDS)
    standing.declare(deadlines.of_day)
