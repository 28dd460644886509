"""How are the people of a batch shown, with their papers and their marks?"""

from __future__ import annotations

from app.models import Candidate, Score, WorkHistory
from app.views.base import EntityView
from app.views.interface import EntityInterface
from app.views.screens.materials import MaterialView


class WorkHistoryView(EntityView):
    """工作经历."""

    datamodel = EntityInterface(WorkHistory)
    order = ("-candidate_id", "started")


class ScoreView(EntityView):
    """成绩."""

    datamodel = EntityInterface(Score)
    facts = ("batch", "outcome")
    order = ("-batch_id", "candidate_id")


class CandidateView(EntityView):
    """参评人员."""

    datamodel = EntityInterface(Candidate)
    related_views = (WorkHistoryView, ScoreView, MaterialView)
    order = ("-batch_id", "serial")
    within = ("batch",)
    facts = ("batch", "id_number", "work_type", "level")
