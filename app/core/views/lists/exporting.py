"""How is a list exported to a file, at once or by a background job?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import Any, BinaryIO, cast

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core import jobs
from app.core.declarations.base import Entity
from app.core.errors import AppError
from app.core.jobs import exports
from app.core.jobs.exports import KINDS, Wanted
from app.core.views.addresses import address, may, query
from app.core.views.columns import exported
from app.core.views.downloads import sends_file, sent
from app.core.views.lists.condition_names import check_conditions
from app.core.views.lists.exported_rows import read_rows
from app.core.views.lists.listing import Listing
from app.core.views.selecting import asked_keys

NONE_CHOSEN = "没有选中任何记录，请先勾选再导出"
#: The parameters of the export dialog, which an address may also contain.
ASKED = ("export_format", "export_columns", "export_column", "export_values", "export_scope")
#: Parameters that affect how a list is displayed, but not which rows it has.
_LOOKED_AT = ("format", "page", "size", "selection", "tab", "view", "columns")

Context = dict[str, Any]


class ExportRoute:
    """The export routes of an entity view, for all matching rows or the chosen ones."""

    datamodel: Any
    label: str
    list_url: str

    @expose("/export")
    @has_access
    @sends_file
    def export(self) -> Any:
        """Send all rows that match the address as a file."""
        return self._send(self._listing_of_export(), None)

    @expose("/export", methods=["POST"])
    @has_access
    @permission_name("export")
    @sends_file
    def export_chosen(self) -> Any:
        """Send the ticked or selected rows as a file; with scope=all, all rows that match."""
        listing = self._listing_of_export()
        if request.form.get("export_scope") == "all":
            return self._send(listing, None)
        try:
            keys = asked_keys(self)
        except AppError as refusal:
            keys, refusal_text = [], refusal.message
        else:
            refusal_text = NONE_CHOSEN
        if not keys:
            flash(refusal_text, "danger")
            return redirect(address(self.list_url, request.args, selection=None), 303)
        return self._send(listing, keys)

    def list_buttons(self, listing: Listing) -> list[Context]:
        """Add the button 导出."""
        buttons = super().list_buttons(listing)
        if may("can_export", self):
            url = address(f"{self.route_base}/export", listing.args, page=None, selection=None)
            buttons.append({"label": "导出", "url": url, "icon": "download", "dialog": "export"})
        return buttons

    def bulk_buttons(self, listing: Listing) -> list[Context]:
        """Add the button 导出所选."""
        buttons = super().bulk_buttons(listing)
        if may("can_export", self):
            url, more = f"{self.route_base}/export", {"icon": "download", "dialog": "export"}
            buttons.append({"label": "导出所选", "url": url, "confirm": None, **more})
        return buttons

    def export_context(self, listing: Listing) -> Context | None:
        """Return what the export dialog offers; None if this user may not export."""
        if not may("can_export", self):
            return None
        shown = {field.name for field in listing.fields}
        fields = exported(self.datamodel.obj)
        return {
            "url": address(f"{self.route_base}/export", listing.args, page=None, selection=None),
            "fields": [(one.name, one.label, one.name in shown) for one in fields],
            "current": sum(one.name in shown for one in fields),
            "at_once": exports.AT_ONCE,
        }

    def _listing_of_export(self) -> Listing:
        check_conditions(self.datamodel.obj, request.args, ASKED)
        layout = self.layout()
        return self.listing(columns=layout.columns, usual_size=layout.size)

    def _wanted(self, listing: Listing) -> Wanted:
        given, model = request.values, self.datamodel.obj
        kind = given.get("export_format") or given.get("format", "xlsx")
        if kind not in KINDS:
            abort(404)
        return Wanted(
            entity=model.__name__,
            query=query(listing.args, **dict.fromkeys((*_LOOKED_AT, *ASKED))),
            columns=_columns(model, listing, given.get("export_columns", "all")),
            kind=kind,
            codes=given.get("export_values") == "codes",
        )

    def _send(self, listing: Listing, keys: list[int] | None) -> Any:
        wanted, data = self._wanted(listing), self.datamodel
        seen = None if keys is None else [*data.in_scope(keys)]
        if keys is not None and seen is not None and len(seen) < len(keys):
            gone = len(keys) - len(seen)
            flash(f"所选 {len(keys)} 条中有 {gone} 条已不在您的管辖范围内，没有导出", "warning")
        count = listing.total if seen is None else len(seen)
        if count > exports.AT_ONCE:
            return self._leave_to_job(wanted, count, seen)
        # Written completely before it is sent, so that an error gives a page and not half a file.
        out = cast(
            BinaryIO,
            tempfile.SpooledTemporaryFile(max_size=8 * 2**20),  # noqa: SIM115 - sent, then closed
        )
        found = read_rows(data.session, wanted, seen)
        name = exports.write(data.session, data.actor, wanted, found, out)
        out.seek(0)
        return sent(out, name, KINDS[wanted.kind])

    def _leave_to_job(self, wanted: Wanted, count: int, keys: list[int] | None) -> Any:
        data = self.datamodel
        try:
            job = exports.ask(data.session, data.actor, wanted, count, keys)
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(address(self.list_url, request.args, **dict.fromkeys(ASKED)), 303)
        jobs.put(job.id)
        return redirect(url_for("JobView.show", job_id=job.id), 303)


def _columns(model: type[Entity], listing: Listing, asked: str) -> tuple[str, ...]:
    """Return all columns, the present ones or those picked, limited to what may be exported."""
    allowed = [field.name for field in exported(model)]
    names: Iterable[str] = {
        "current": [field.name for field in listing.fields],
        "pick": request.values.getlist("export_column"),
    }.get(asked, allowed)
    return tuple(name for name in names if name in allowed) or tuple(allowed)
