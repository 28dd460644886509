"""How are those shown who ask for an evaluation, with their commissions and plans?"""

from __future__ import annotations

from app.models import Commission, Enterprise, Plan, PlanPassRule
from app.views.base import EntityView
from app.views.interface import EntityInterface
from app.views.screens.batches import BatchView


class PlanPassRuleView(EntityView):
    """合格规则."""

    datamodel = EntityInterface(PlanPassRule)
    within = ("plan",)
    facts = ("plan", "occupation", "level")
    description = "没有登记的计划按理论、实操（二级/技师及以上另有综合评审）各满60分合格。"


class PlanView(EntityView):
    """认定计划."""

    datamodel = EntityInterface(Plan)
    related_views = (PlanPassRuleView, BatchView)
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
