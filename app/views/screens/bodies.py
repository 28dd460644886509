"""How are evaluation bodies shown, with their scope, their sites and the people who judge?"""

from __future__ import annotations

from app.models import Assessor, Body, BodyScope, Site, Supervisor
from app.views.base import EntityView
from app.views.interface import EntityInterface
from app.views.screens.filing import BatchView, CommissionView, PlanView, PrintingAgreementView
from app.views.screens.outcomes import ComplaintView, InspectionView


class BodyScopeView(EntityView):
    datamodel = EntityInterface(BodyScope)
    order = ("body_id", "occupation_id")


class SiteView(EntityView):
    datamodel = EntityInterface(Site)


class AssessorView(EntityView):
    datamodel = EntityInterface(Assessor)


class SupervisorView(EntityView):
    datamodel = EntityInterface(Supervisor)
    related_views = (InspectionView,)


class BodyView(EntityView):
    datamodel = EntityInterface(Body)
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
