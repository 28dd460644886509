"""How is shown what follows an examination: publicity, objections, complaints, inspections?"""

from __future__ import annotations

from app.models import Complaint, Inspection, Objection, Publicity
from app.views.base import EntityView
from app.views.interface import EntityInterface


class ObjectionView(EntityView):
    """公示异议."""

    datamodel = EntityInterface(Objection)


class PublicityView(EntityView):
    """结果公示."""

    datamodel = EntityInterface(Publicity)
    related_views = (ObjectionView,)


class InspectionView(EntityView):
    """督导检查."""

    datamodel = EntityInterface(Inspection)


class ComplaintView(EntityView):
    """投诉举报."""

    datamodel = EntityInterface(Complaint)
