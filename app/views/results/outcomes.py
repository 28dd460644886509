"""How are publicity, objections, complaints and inspections shown?"""

from __future__ import annotations

from typing import Any

from app.core.views.addresses import page_url
from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.models import Complaint, Inspection, Objection, Publicity, PublishedResult
from app.services import publicities
from app.services.supervision import supervision


class ObjectionView(EntityView):
    """公示异议."""

    datamodel = EntityInterface(Objection)
    facts = ("publicity", "raised_on")


class PublishedResultView(EntityView):
    """公示名单."""

    datamodel = EntityInterface(PublishedResult)
    description = "公示开始时记下，此后不再改动；结果改了的，再次公示。"
    facts = ("publicity", "level", "result")


class PublicityView(EntityView):
    """结果公示."""

    datamodel = EntityInterface(Publicity)
    related_views = (PublishedResultView, ObjectionView)
    facts = ("batch", "opens_on", "closes_on", "closed_on")

    def record_buttons(self, item: Any) -> list[dict[str, Any]]:
        url = page_url("PublicityPrintView.page", pk=item.id)
        found = [{"label": "打印公示", "url": url, "icon": "print", "new_window": True}]
        latest = publicities.publicity_of(self.datamodel.session, item.batch)
        if latest is None or latest.id != item.id:
            return found
        where = {"pk": item.batch_id, "kind": "publicity-notice"}
        files = [
            (f"公示 {label}", page_url("BatchView.form", **where, format=form))
            for form, label in (("pdf", "PDF"), ("docx", "Word"))
        ]
        return [
            *found,
            *({"label": label, "url": url, "icon": "download"} for label, url in files if url),
        ]


class InspectionView(EntityView):
    """督导检查."""

    datamodel = EntityInterface(Inspection)
    facts = ("batch", "kind", "centre", "inspected_on", "rectify_by")

    def notices(self, item: Any) -> list[dict[str, Any]]:
        overdue = supervision.overdue_problems(item)
        return [{"colour": "red", "text": one.message} for one in overdue]


class ComplaintView(EntityView):
    """投诉举报."""

    datamodel = EntityInterface(Complaint)
    facts = ("body", "batch", "received_on")
