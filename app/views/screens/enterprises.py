"""How are those shown who ask for an evaluation, with their commissions and plans?"""

from __future__ import annotations

from app.models import Commission, Enterprise, Plan
from app.views.base import EntityView
from app.views.interface import EntityInterface
from app.views.screens.batches import BatchView


class PlanView(EntityView):
    """认定计划."""

    datamodel = EntityInterface(Plan)
    related_views = (BatchView,)
    within = ("body",)
    facts = ("body", "enterprise", "year")


class CommissionView(EntityView):
    """委托评价."""

    datamodel = EntityInterface(Commission)
    related_views = (BatchView,)
    within = ("body",)
    facts = ("enterprise", "body", "centre", "valid_to")


class EnterpriseView(EntityView):
    """企业."""

    datamodel = EntityInterface(Enterprise)
    related_views = (CommissionView, PlanView, BatchView)
    facts = ("credit_code", "region", "city_centre")
