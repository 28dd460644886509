"""How are draws of spot checks shown, made and verified?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core.errors import RulesBroken
from app.core.views.accounts.account_forms import put_problems
from app.core.views.addresses import may
from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.models import SpotCheckDraw, SpotCheckEntry
from app.services.supervision import spot_checks
from app.views.supervision.draw_form import DrawForm

Context = dict[str, Any]


class SpotCheckEntryView(EntityView):
    """抽查候选批次."""

    datamodel = EntityInterface(SpotCheckEntry)
    order = ("rank",)


class SpotCheckDrawView(EntityView):
    """抽查抽取."""

    datamodel = EntityInterface(SpotCheckDraw)
    related_views = (SpotCheckEntryView,)
    facts = ("drawn_on", "first_day", "last_day", "wanted", "population", "seed")
    description = "按举报和责令整改加权，随机抽取要抽查的批次；种子入档，任何人都可以重算。"

    def list_buttons(self, listing: Any) -> list[Context]:
        buttons: list[Context] = super().list_buttons(listing)
        if not may("can_draw", self):
            return buttons
        url = url_for("SpotCheckDrawView.draw")
        return [{"label": "抽取", "url": url, "primary": True, "icon": "add"}, *buttons]

    def record_buttons(self, item: Any) -> list[Context]:
        url = url_for("SpotCheckDrawView.verify", pk=item.id)
        return [{"label": "重算核对", "url": url, "icon": "check"}]

    @expose("/draw", methods=["GET", "POST"])
    @has_access
    def draw(self) -> Any:
        """Show the form of a draw, or make the draw and redirect to it."""
        form, left = DrawForm(), []
        if form.validate_on_submit():
            try:
                made = spot_checks.make(self.datamodel.session, self.datamodel.actor, form.wish())
            except RulesBroken as refusal:
                left = put_problems(form, refusal.problems)
            else:
                flash(f"已抽取 {made.wanted} 个批次并安排抽查，实施前只有省中心看得见", "success")
                return redirect(url_for("SpotCheckDrawView.show", pk=made.id))
        return self.render_template(
            "entity/form.html",
            title="抽取抽查批次",
            breadcrumbs=[(self.list_title, self.list_url), ("抽取", None)],
            form=form,
            problems=left,
            submit_label="抽取",
            cancel_url=self.list_url,
        )

    @expose("/<pk>/verify")
    @has_access
    @permission_name("show")
    def verify(self, pk: str) -> Any:
        """Recompute a draw from its seed and report whether its record agrees."""
        item = self.wanted(pk)
        problems = spot_checks.verify(self.datamodel.session, item)
        for one in problems:
            flash(one.message, "danger")
        if not problems:
            flash("重算的名次、签号和抽中批次与登记的完全一致", "success")
        return redirect(url_for("SpotCheckDrawView.show", pk=item.id))
