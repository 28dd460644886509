"""How is shown what follows an examination: publicity, objections, complaints, inspections?"""

from __future__ import annotations

from app.models import Complaint, Inspection, Objection, Publicity
from app.views.base import EntityView
from app.views.interface import EntityInterface


class ObjectionView(EntityView):
    datamodel = EntityInterface(Objection)


class PublicityView(EntityView):
    datamodel = EntityInterface(Publicity)
    related_views = (ObjectionView,)


class InspectionView(EntityView):
    datamodel = EntityInterface(Inspection)


class ComplaintView(EntityView):
    datamodel = EntityInterface(Complaint)
