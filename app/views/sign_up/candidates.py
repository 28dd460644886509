"""How are candidates shown, with their work history and marks?"""

from __future__ import annotations

from typing import Any

from flask import request

from app.core.bulk.grid import MOST
from app.core.views.addresses import page_url
from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.core.views.lists.listing import Listing
from app.models import Candidate, Score, WorkHistory
from app.services.results.score_rows import ScoreRows, candidates_of
from app.views.documents.printing import ApplicationPrinting
from app.views.filing.materials import MaterialView


class WorkHistoryView(EntityView):
    """工作经历."""

    datamodel = EntityInterface(WorkHistory)
    order = ("-candidate_id", "started")


class ScoreView(EntityView):
    """成绩."""

    datamodel = EntityInterface(Score)
    facts = ("batch", "outcome")
    order = ("-batch_id", "candidate_id")
    grid = (
        # Marks side by side, as in the sheets that users paste here.
        "theory", "practical", "review", "outcome", "remark",
        "theory_state", "practical_state", "review_state",
    )  # fmt: skip
    grid_beside = (".serial", ".name", ".id_number", ".work_type", ".level")
    grid_of = "candidate"
    grid_frozen = 2

    def grid_listing(self) -> Listing:
        """Return all candidates, scored or not, for one batch; otherwise the listed scores."""
        listing = super().grid_listing()
        batch = listing.parents.get("batch")
        if batch is None:
            return listing
        args = {"batch": str(batch.id), "page": request.args.get("page", "")}
        people = EntityInterface(Candidate)
        return Listing(people, args, order=("serial", "id"), size=MOST)

    def grid_ids(self, keys: list[int], listing: Listing) -> list[str]:
        if listing.model is Candidate:
            return super().grid_ids(keys, listing)
        return [str(one) for one in candidates_of(self.datamodel.session, keys)]

    def grid_rows(self, names: tuple[str, ...], given: dict[str, Any]) -> ScoreRows:
        return ScoreRows(self.datamodel.session, self.datamodel.actor, Score, names, given)


class CandidateView(ApplicationPrinting, EntityView):
    """参评人员."""

    datamodel = EntityInterface(Candidate)
    related_views = (WorkHistoryView, ScoreView, MaterialView)
    order = ("-batch_id", "serial")
    within = ("batch",)
    facts = ("batch", "id_number", "work_type", "level")

    def record_buttons(self, item: Any) -> list[dict[str, Any]]:
        url = page_url("EligibilityView.ask", candidate=item.id)
        asked = [{"label": "查报考条件", "url": url, "icon": "search"}] if url else []
        return [*asked, *self.application_buttons(item)]

    grid = (
        "serial", "name", "gender", "document_kind", "id_number", "education", "phone",
        "employer", "post", "years", "source", "occupation", "work_type", "level",
        "current_level", "current_certificate", "remark",
    )  # fmt: skip
    grid_frozen = 2
