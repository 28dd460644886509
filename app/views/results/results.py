"""How are the results of a year's batches shown, and retakes registered?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core import clock
from app.core.database import db
from app.core.declarations.behaviour import state_label
from app.core.errors import NotFound
from app.core.outside import whole
from app.core.security import current_actor
from app.core.views.addresses import record_url, view_of
from app.core.views.interface import EntityInterface
from app.core.views.lists.condition_names import check_names
from app.models import Batch
from app.roles import EVERYONE
from app.services.results import outcome_counts, retakes
from app.views.results.results_tabs import counts_table, figure_columns, figures


class ResultsView(BaseView):
    """结果统计: head counts and pass rates of the batches of a year."""

    route_base = "/results"
    class_permission_name = "Results"
    open_to = EVERYONE

    @expose("/")
    @has_access
    def list(self) -> str:
        """Show counts by batch, and by occupation, work type and level."""
        check_names(request.args, {"year", "occupation"})
        known = outcome_counts.years(db.session)
        year = _year(request.args.get("year", ""), known)
        occupation = request.args.get("occupation", "").replace("\0", "").strip()[:60]
        batches = outcome_counts.of_batches(db.session, year, occupation)
        groups = outcome_counts.of_year(db.session, year, occupation)
        return self.render_template(
            "results/year.html",
            title="结果统计",
            breadcrumbs=[("结果统计", None)],
            year=year,
            years=known or [year],
            occupation=occupation,
            listed=outcome_counts.LISTED,
            groups=counts_table(db.session, groups),
            batches=_batches(batches),
        )


def _year(text: str, known: Any) -> int:
    return whole(text, 1900, 2999) or (known[0] if known else clock.today().year)


def _batches(counts: Any) -> dict[str, Any]:
    columns = [
        {"name": "no", "label": "批次编号"},
        {"name": "name", "label": "批次名称"},
        {"name": "exam_date", "label": "认定日期"},
        {"name": "state", "label": "状态"},
        *figure_columns(),
    ]
    view = view_of(Batch)
    rows = [
        {
            "pk": one.batch_id,
            "url": f"{view.route_base}/show/{one.batch_id}?tab=results" if view else "",
            "cells": [
                {"text": one.no},
                {"text": one.name},
                {"text": str(one.exam_date)},
                {"text": state_label("Batch", one.state)},
                *figures(one.count),
            ],
        }
        for one in counts
    ]
    return {"columns": columns, "rows": rows, "empty": {"title": "这一年还没有成绩"}}


class RetakeView(BaseView):
    """补考衔接: registers retakes, by POST only."""

    route_base = "/retakes"
    class_permission_name = "Candidate"
    default_view = "link"

    @expose("/batch/<pk>", methods=["POST"])
    @has_access
    @permission_name("edit")
    def link(self, pk: str) -> Any:
        """Register as retakes all candidates of the batch with an earlier result to link."""
        batch = EntityInterface(Batch).one(pk)
        if batch is None:
            raise NotFound("没有这个批次，或不在您的管辖范围内")
        offered = [one.candidate.id for one in retakes.offers(db.session, batch)]
        number = retakes.link(db.session, current_actor(), batch, offered)
        flash(f"已登记 {number} 人补考，已合格的科目沿用前次成绩", "success")
        return redirect(f"{record_url(batch)}?tab=retakes")
