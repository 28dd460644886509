"""How are evaluation bodies shown, with their scope, their sites and the people who judge?"""

from __future__ import annotations

from app.models import Assessor, Body, BodyScope, Site, Supervisor
from app.views.base import EntityView
from app.views.interface import EntityInterface
from app.views.screens.batches import BatchView
from app.views.screens.enterprises import CommissionView, PlanView
from app.views.screens.exams import PrintingAgreementView
from app.views.screens.outcomes import ComplaintView, InspectionView


class BodyScopeView(EntityView):
    """备案范围."""

    datamodel = EntityInterface(BodyScope)
    order = ("body_id", "occupation_id")


class SiteView(EntityView):
    """考点."""

    datamodel = EntityInterface(Site)


class AssessorView(EntityView):
    """考评员."""

    datamodel = EntityInterface(Assessor)


class SupervisorView(EntityView):
    """督导员."""

    datamodel = EntityInterface(Supervisor)
    related_views = (InspectionView,)


class BodyView(EntityView):
    """评价机构."""

    datamodel = EntityInterface(Body)
    facts = ("kind", "centre", "region", "valid_to")
    related_views = (
        BodyScopeView,
        SiteView,
        AssessorView,
        PrintingAgreementView,
        CommissionView,
        PlanView,
        BatchView,
        ComplaintView,
    )
