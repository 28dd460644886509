"""How is a batch shown, with its deadlines, documents and pre-filing check?"""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core.database import db
from app.core.records.editable import frozen_reason
from app.core.views.addresses import address
from app.core.views.base import EntityView
from app.core.views.downloads import sends_file, sent, shown
from app.core.views.forms.forms import EntityForm
from app.core.views.importing.upload_pages import import_buttons
from app.core.views.interface import EntityInterface
from app.core.views.lists.listing import Listing
from app.models import Batch, Candidate
from app.models.filing.batch import LATE
from app.services.documents import documents, previews
from app.services.filing import deadlines, late_filing
from app.services.results import published
from app.services.supervision import supervision
from app.views.archive.archives import ArchiveFileView
from app.views.certificates.certificates import CertificateSegmentView, CertificateView
from app.views.certificates.segments_tab import segments_tabs
from app.views.documents.documents_tab import (
    chosen,
    documents_context,
    packages_context,
    preview_context,
)
from app.views.exam.exams import ExamPaperView, ExamSessionView
from app.views.filing.former_files import former_files_tabs
from app.views.filing.materials import MaterialView
from app.views.filing.preflight import check_context
from app.views.results.outcomes import ComplaintView, InspectionView, PublicityView
from app.views.results.results_tabs import changes_tab, results_tab, retakes_tab
from app.views.sign_up.candidates import CandidateView, ScoreView

Context = dict[str, Any]

#: States in which somebody examines results.
EXAMINED = frozenset({"results_submitted", "results_reviewed"})
_DATED = ("期限", "日期", "办理情况", "怎样推算", "依据")


class BatchForm(EntityForm):
    """The form of a batch; its exam date names the earliest one for a filing today."""

    def groups(self) -> list[dict[str, Any]]:
        """Return the declared groups, with the hint on the exam date filled in."""
        if "exam_date" in self:
            self.exam_date.description = deadlines.drafting_hint(db.session)
        return super().groups()


class BatchView(EntityView):
    """认定批次."""

    datamodel = EntityInterface(Batch)
    form_base = BatchForm
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
        kept = (one for one in self._all_dates(item) if one.deadline.key == item.next_due_kind)
        found = next(kept, None)
        if found is not None:
            text = f"{found.deadline.label}：{found.standing.full}"
            head["deadline"] = {"text": text, "due": found.deadline.due, "colour": found.colour}
        return head

    def _all_dates(self, item: Any) -> list[deadlines.Due]:
        """Return the batch's deadlines, read once per request."""
        if "batch_dates" not in g:
            g.batch_dates = deadlines.of_batch(self.datamodel.session, item)
        found: list[deadlines.Due] = g.batch_dates
        return found

    def _moves(self, item: Any) -> list[Context]:
        drafted = item.state in deadlines.DRAFTED
        idle = late_filing.idle_moves(self.datamodel.session, item) if drafted else ()
        return [move for move in super()._moves(item) if move["name"] not in idle]

    def notices(self, item: Any) -> list[Context]:
        return [*self._unwatched(item), *self._late(item), *self._changed(item)]

    def _changed(self, item: Any) -> list[Context]:
        """Return a message where results that are examined now were once public otherwise."""
        if item.state not in EXAMINED:
            return []
        found = published.stories(self.datamodel.session, item)
        text = f"有{len(found)}人的结果在公示以后改动过，见“结果变动”"
        return [{"colour": "orange", "text": text}] if found else []

    def _unwatched(self, item: Any) -> list[Context]:
        if item.state not in supervision.WATCHED:
            return []
        incomplete = supervision.batch_problems(self.datamodel.session, item)
        return [{"colour": "orange", "text": one.message} for one in incomplete]

    def _late(self, item: Any) -> list[Context]:
        """Return messages on missed deadlines and on the permission to submit late."""
        notices = [
            {"colour": "red", "text": f"{one.deadline.label}：{one.text}（{one.deadline.clause}）"}
            for one in self._all_dates(item)
            if one.is_late and item.state != "withdrawn"
        ]
        excepted = late_filing.filing_exception_of(self.datamodel.session, item)
        if excepted is not None:
            notices.append({"colour": "blue", "text": excepted.text})
        void = late_filing.void_exception(item)
        return [*notices, {"colour": "orange", "text": void}] if void else notices

    def _groups(self, item: Any) -> list[Context]:
        groups = super()._groups(item)
        given = item.late_on is not None
        return groups if given else [group for group in groups if group["title"] != LATE]

    def list_buttons(self, listing: Listing) -> list[Context]:
        return [*super().list_buttons(listing), *self._by_date()]

    def _by_date(self) -> list[Context]:
        """Return links to overdue batches and to those due within a week, earliest first.

        Today counts as the first of the days ahead.
        """
        asked = (("已逾期", "next_due.period", "past"), ("7 天内到期", "next_due.next", "8"))
        return [
            {"label": label, "url": address(self.list_url, {name: value, "sort": "next_due"})}
            for label, name, value in asked
        ]

    def record_buttons(self, item: Any) -> list[Context]:
        return import_buttons(item)

    def more_tabs(self, item: Any) -> list[tuple[str, str, Any]]:
        return [
            ("dates", "办理期限", self._dates),
            ("check", "报送前检查", self._check),
            ("forms", "备案表格", self._forms),
            *segments_tabs(item, self.datamodel.session),
            ("results", "结果汇总", self._results),
            ("changes", "结果变动", self._changes),
            ("retakes", "补考衔接", self._retakes),
            *former_files_tabs(self.datamodel.session),
        ]

    def _results(self, item: Any) -> Context:
        return results_tab(self.datamodel.session, item)

    def _changes(self, item: Any) -> Context:
        return changes_tab(self.datamodel.session, item)

    def _retakes(self, item: Any) -> Context:
        return retakes_tab(self.datamodel.session, item, frozen_reason(Candidate(batch=item)))

    def _dates(self, item: Any) -> Context:
        rows = [
            {
                "pk": one.deadline.key,
                "cells": [
                    {"text": one.deadline.label},
                    {"text": "" if one.deadline.due is None else str(one.deadline.due)},
                    _standing(one),
                    {"text": one.deadline.basis},
                    {"text": one.deadline.clause},
                ],
            }
            for one in self._all_dates(item)
        ]
        columns = [{"name": name, "label": name} for name in _DATED]
        return {"table": {"columns": columns, "rows": rows}}

    def _check(self, item: Any) -> Context:
        found = check_context(self.datamodel.session, item)
        count = found["errors"] + found["warnings"]
        return {"template": "batches/_check.html", "check": found, "count": count}

    @expose("/check/<pk>")
    @has_access
    @permission_name("show")
    def check(self, pk: str) -> Any:
        item = self.wanted(pk)
        return self.render_template(
            "batches/check.html",
            title=f"报送前检查 {item.no}",
            breadcrumbs=[
                (self.list_title, self.list_url),
                (str(item), url_for(f"{self.endpoint}.show", pk=item.id)),
                ("报送前检查", None),
            ],
            check=check_context(self.datamodel.session, item),
        )

    def _forms(self, item: Any) -> Context:
        return {
            "template": "batches/documents.html",
            "stages": documents_context(self, item),
            "packages": packages_context(self, item),
        }

    @expose("/form/<pk>/<kind>")
    @has_access
    @permission_name("export")
    @sends_file
    def form(self, pk: str, kind: str) -> Any:
        form = request.args.get("format", "xlsx")
        taken = documents.take(
            self.datamodel.session, self.datamodel.actor, self.wanted(pk), kind, form, chosen()
        )
        return sent(taken.content, taken.filename)

    @expose("/preview/<pk>/<kind>")
    @has_access
    @permission_name("export")
    def preview(self, pk: str, kind: str) -> Any:
        item = self.wanted(pk)
        return self.render_template("batches/preview.html", **preview_context(self, item, kind))

    @expose("/preview/<pk>/<kind>/<int:page>.png")
    @has_access
    @permission_name("export")
    @sends_file
    def preview_page(self, pk: str, kind: str, page: int) -> Any:
        image = previews.page_of(
            self.datamodel.session, self.datamodel.actor, self.wanted(pk), kind, page, chosen()
        )
        return shown(image, "image/png")


def _standing(one: deadlines.Due) -> Context:
    if one.standing.kind in ("hint", "unknown"):
        return {"text": "供参考" if one.standing.kind == "hint" else "无法推算"}
    return {"text": one.standing.full, "kind": "badge", "colour": one.colour}
