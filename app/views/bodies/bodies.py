"""How are evaluation bodies shown, with their scope, sites, assessors and supervisors?"""

from __future__ import annotations

from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.models import Assessor, Body, BodyNumberRule, BodyScope, Site, Supervisor
from app.views.commissions.enterprises import CommissionView, PlanView
from app.views.exam.exams import PrintingAgreementView
from app.views.filing.batches import BatchView
from app.views.results.outcomes import ComplaintView, InspectionView


class BodyScopeView(EntityView):
    """备案范围."""

    datamodel = EntityInterface(BodyScope)
    order = ("body_id", "occupation_id")


class BodyNumberRuleView(EntityView):
    """证书编号规则."""

    datamodel = EntityInterface(BodyNumberRule)
    description = (
        "每条规则从启用日期起适用，到下一条启用的前一天为止；已用来编号的不能改动，另增一条。"
    )
    order = ("body_id", "-since")


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
        BodyNumberRuleView,
        SiteView,
        AssessorView,
        PrintingAgreementView,
        CommissionView,
        PlanView,
        BatchView,
        ComplaintView,
    )
