"""How is a batch shown, with its dates, its official tables and what would send it back?"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import send_file, url_for
from flask_appbuilder import expose, has_access, permission_name

from app import clock
from app.models import Batch, Candidate
from app.services import deadlines, filing, official, supervision
from app.services.record import frozen_reason
from app.views.base import EntityView
from app.views.import_pages import import_buttons
from app.views.interface import EntityInterface
from app.views.results_tabs import results_tab, retakes_tab
from app.views.screens.certificates import ArchiveFileView, CertificateSegmentView, CertificateView
from app.views.screens.exams import ExamPaperView, ExamSessionView
from app.views.screens.materials import MaterialView
from app.views.screens.outcomes import ComplaintView, InspectionView, PublicityView
from app.views.screens.people import CandidateView, ScoreView

Context = dict[str, Any]

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BatchView(EntityView):
    """认定批次."""

    datamodel = EntityInterface(Batch)
    facts = ("exam_date", "body", "enterprise", "city_centre", "centre")
    related_views = (
        CandidateView,
        ExamSessionView,
        ExamPaperView,
        MaterialView,
        InspectionView,
        ScoreView,
        PublicityView,
        ComplaintView,
        CertificateSegmentView,
        CertificateView,
        ArchiveFileView,
    )

    def head(self, item: Any) -> Context:
        head = super().head(item)
        found = deadlines.pressing(self.datamodel.session, [item], clock.today()).get(item.id)
        if found is not None:
            text = f"{found.deadline.label}：{found.standing.text}"
            head["deadline"] = {"text": text, "due": found.deadline.due, "colour": found.colour}
        return head

    def notices(self, item: Any) -> list[Context]:
        if item.state not in supervision.WATCHED:
            return []
        lacking = supervision.batch_problems(self.datamodel.session, item)
        return [{"colour": "orange", "text": one.message} for one in lacking]

    def record_buttons(self, item: Any) -> list[Context]:
        return import_buttons(item)

    def more_tabs(self, item: Any) -> list[tuple[str, str, Any]]:
        return [
            ("dates", "办理期限", self._dates),
            ("check", "报送前检查", self._check),
            ("forms", "备案表格", self._forms),
            ("results", "结果汇总", self._results),
            ("retakes", "补考衔接", self._retakes),
        ]

    def _results(self, item: Any) -> Context:
        return results_tab(self.datamodel.session, item)

    def _retakes(self, item: Any) -> Context:
        return retakes_tab(self.datamodel.session, item, frozen_reason(Candidate(batch=item)))

    def _dates(self, item: Any) -> Context:
        fields = [
            {
                "label": one.deadline.label,
                "text": one.text,
                "colour": one.colour,
                "wide": True,
            }
            for one in deadlines.of_batch(self.datamodel.session, item)
        ]
        return {"groups": [{"title": "办理期限", "fields": fields}]}

    def _check(self, item: Any) -> Context:
        problems = filing.problems(self.datamodel.session, item)
        rows = [
            {"pk": at, "cells": [{"text": one.message}, {"text": one.clause}]}
            for at, one in enumerate(problems)
        ]
        columns = [{"name": "message", "label": "问题"}, {"name": "clause", "label": "依据"}]
        empty = {"title": "没有发现会被退回的问题"}
        return {"table": {"columns": columns, "rows": rows, "empty": empty}}

    def _forms(self, item: Any) -> Context:
        rows = [
            {"pk": kind, "cells": [self._form_link(item, kind, title)]}
            for kind, title in official.KINDS
        ]
        return {"table": {"columns": [{"name": "title", "label": "表格"}], "rows": rows}}

    def _form_link(self, item: Any, kind: str, title: str) -> Context:
        why = official.why_not(self.datamodel.actor, kind)
        if why:
            return {"text": title, "title": why}
        return {"text": title, "url": url_for(f"{self.endpoint}.form", pk=item.id, kind=kind)}

    @expose("/form/<pk>/<kind>")
    @has_access
    @permission_name("export")
    def form(self, pk: str, kind: str) -> Any:
        item = self.wanted(pk)
        made = official.table(self.datamodel.session, self.datamodel.actor, item, kind)
        file = BytesIO(made.content)
        return send_file(file, WORKBOOK, as_attachment=True, download_name=made.filename)
