"""How are certificates and application forms printed from lists and record pages?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core import jobs
from app.core.errors import AppError, NotFound
from app.core.jobs import job_list
from app.core.lists import selection
from app.core.views.addresses import address, may, page_url, view_of
from app.core.views.downloads import sends_file, sent
from app.core.views.interface import EntityInterface
from app.core.views.lists.listing import Listing
from app.core.views.selecting import asked_keys
from app.models import Batch, Candidate
from app.services.certificates import certificate_prints
from app.services.documents import documents
from app.services.documents.documents import Taken
from app.services.sign_up import application_prints

Context = dict[str, Any]

NONE_CHOSEN = "没有选中任何记录，请先勾选"
#: Formats for the forms of several people: (name, label).
TOGETHER = (("pdf", "打印申报表"), ("docx", "申报表 Word"), ("zip", "申报表逐人打包"))


def printed(taken: Taken) -> Any:
    """Send the file as a download."""
    return sent(taken.content, taken.filename)


class CertificatePrinting:
    """Routes that print one certificate, or those selected in the list."""

    datamodel: Any
    route_base: str
    list_url: str

    def bulk_buttons(self, listing: Listing) -> list[Context]:
        """Return the list's buttons and 打印证书."""
        found: list[Context] = super().bulk_buttons(listing)  # type: ignore[misc]
        if not may("can_export", self) or certificate_prints.why_not(self.datamodel.actor):
            return found
        url = f"{self.route_base}/print"
        return [
            *found,
            {"label": "打印证书", "url": url, "icon": "print", "confirm": None, "file": True},
        ]

    def print_buttons(self, item: Any) -> list[Context]:
        """Return 打印证书 for a certificate's page, disabled with the reason if need be."""
        if not may("can_export", self):
            return []
        closed = certificate_prints.closed_reason(item)
        why = closed or certificate_prints.why_not(self.datamodel.actor)
        url = f"{self.route_base}/pdf/{item.id}"
        return [
            {"label": "打印证书", "url": url, "icon": "print", "disabled": bool(why), "why": why}
        ]

    @expose("/print", methods=["POST"])
    @has_access
    @permission_name("export")
    @sends_file
    def print_chosen(self) -> Any:
        data = self.datamodel
        try:
            keys = asked_keys(self)
            if not keys:
                raise NotFound(NONE_CHOSEN)
            return printed(certificate_prints.take(data.session, data.actor, keys))
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(address(self.list_url, request.args, selection=None), 303)

    @expose("/pdf/<pk>")
    @has_access
    @permission_name("export")
    @sends_file
    def pdf(self, pk: str) -> Any:
        item, data = self.wanted(pk), self.datamodel  # type: ignore[attr-defined]
        return printed(certificate_prints.take(data.session, data.actor, [item.id]))


class ApplicationPrinting:
    """Routes that print 附件1 of one candidate, or of those selected in the list."""

    datamodel: Any
    route_base: str
    list_url: str

    def bulk_buttons(self, listing: Listing) -> list[Context]:
        """Return the list's buttons; for a list of one batch also those of application forms."""
        found: list[Context] = super().bulk_buttons(listing)  # type: ignore[misc]
        if listing.parents.get("batch") is None or not self._may_print():
            return found
        url = f"{self.route_base}/applications"
        more = [
            {
                "label": label,
                "url": url,
                "name": "form",
                "value": form,
                "icon": "print",
                "confirm": None,
                "file": True,
            }
            for form, label in TOGETHER
        ]
        return [*found, *more]

    def application_buttons(self, item: Any) -> list[Context]:
        """Return 预览, PDF and Word for one candidate's form."""
        if not self._may_print():
            return []
        where = {"pk": item.batch_id, "kind": "application", "candidate": item.id}
        shown = page_url("BatchView.preview", **where)
        files = [
            (f"申报表 {label}", page_url("BatchView.form", **where, format=form))
            for form, label in (("pdf", "PDF"), ("docx", "Word"))
        ]
        found = [{"label": "申报表预览", "url": shown, "icon": "print"}]
        return [
            *(one for one in found if shown),
            *({"label": label, "url": url, "icon": "download"} for label, url in files if url),
        ]

    def _may_print(self) -> bool:
        kind = documents.kind_named("application")
        return may("can_export", view_of(Batch)) and not documents.why_not(
            self.datamodel.actor, kind
        )

    @expose("/applications", methods=["POST"])
    @has_access
    @permission_name("export")
    @sends_file
    def applications(self) -> Any:
        data, form = self.datamodel, request.form.get("form", "pdf")
        try:
            keys = asked_keys(self)
            if not keys:
                raise NotFound(NONE_CHOSEN)
            batch = application_prints.batch_of(data.session, keys)
            if len(keys) > documents.AT_ONCE:
                return self._job(batch, keys, form)
            return printed(application_prints.take(data.session, data.actor, keys, form))
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(address(self.list_url, request.args, selection=None), 303)

    def _job(self, batch: Batch, keys: list[int], form: str) -> Any:
        data = self.datamodel
        documents.check_format(documents.kind_named("application"), form)
        kept = selection.keep(data.session, data.actor, Candidate, keys)
        title = f"{batch.no} 申报表（{len(keys)}人）"
        detail = f"{form}.{kept}"
        job = job_list.ask(data.session, data.actor, "applications", detail, batch.id, title)
        jobs.put(job.id)
        return redirect(url_for("JobView.show", job_id=job.id), 303)


def batch_named(pk: int) -> Batch:
    """Return the batch with that id. Raises NotFound if it is not in the user's scope."""
    batch: Batch | None = EntityInterface(Batch).one(pk)
    if batch is None:
        raise NotFound("没有这个批次，或不在您的管辖范围内")
    return batch
