"""How are enterprises shown, with their commissions and plans?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder import expose, has_access, permission_name

from app.core.views.addresses import may
from app.core.views.base import EntityView
from app.core.views.downloads import sends_file, shown
from app.core.views.interface import EntityInterface
from app.models import Commission, Enterprise, Plan, PlanPassRule
from app.services.commissions import letters
from app.views.documents.printing import printed
from app.views.filing.batches import BatchView


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

    def record_buttons(self, item: Any) -> list[dict[str, Any]]:
        if not may("can_export", self):
            return []
        why = letters.why_not(item)
        base, shut = f"{self.route_base}/letter/{item.id}", {"disabled": bool(why), "why": why}
        return [
            {"label": "委托函预览", "url": base, "icon": "print", **shut},
            *(
                {"label": f"委托函 {label}", "url": f"{base}/{form}", "icon": "download", **shut}
                for form, label in letters.FORMATS
            ),
        ]

    @expose("/letter/<pk>")
    @has_access
    @permission_name("export")
    def letter(self, pk: str) -> Any:
        """Show the letter as printed."""
        item = self.wanted(pk)
        base, here = f"{self.route_base}/letter/{item.id}", f"{self.route_base}/show/{item.id}"
        return self.render_template(
            "batches/preview.html",
            title=f"委托函 {item.letter_no}",
            breadcrumbs=[(self.list_title, self.list_url), (str(item), here), ("委托函", None)],
            image=f"{base}/png",
            page=1,
            pages=[],
            total=letters.pages(item),
            formats=[{"label": label, "url": f"{base}/{form}"} for form, label in letters.FORMATS],
        )

    @expose("/letter/<pk>/<form>")
    @has_access
    @permission_name("export")
    @sends_file
    def letter_file(self, pk: str, form: str) -> Any:
        item = self.wanted(pk)
        if form == "png":
            return shown(letters.image(item), "image/png")
        return printed(letters.take(self.datamodel.session, item, form))


class EnterpriseView(EntityView):
    """企业."""

    datamodel = EntityInterface(Enterprise)
    related_views = (CommissionView, PlanView, BatchView)
    facts = ("credit_code", "region", "city_centre")
