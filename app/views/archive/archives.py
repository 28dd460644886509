"""How are archived files shown: kept, due for destruction, and destroyed?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core import clock
from app.core.errors import AppError
from app.core.records import editable
from app.core.views.addresses import address, may, view_of
from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.core.views.lists.listing import Listing
from app.core.views.selecting import asked_keys
from app.models import ArchiveFile, Destruction
from app.services.archive import retention


class DestructionView(EntityView):
    """档案销毁."""

    datamodel = EntityInterface(Destruction)
    description = "由一人申请，审批中心的另一人批准后销毁；销毁记录永久保存。"
    facts = ("body", "method", "place", "witnesses", "applied_by", "approved_by")


class ArchiveFileView(EntityView):
    """资料存档."""

    datamodel = EntityInterface(ArchiveFile)

    @expose("/due")
    @has_access
    @permission_name("list")
    def due(self) -> Any:
        """Redirect to the list of what may be destroyed today; its filter can change the day."""
        last = retention.last_due(clock.today()).isoformat()
        asked = {"state": "kept", "keep_until_to": last, "sort": "keep_until"}
        return redirect(address(self.list_url, asked))

    def bulk_buttons(self, listing: Listing) -> list[dict[str, Any]]:
        found, actor = super().bulk_buttons(listing), self.datamodel.actor
        if not (may("can_add", view_of(Destruction)) and editable.may_add(actor, Destruction)):
            return found
        confirm = "把所选 {n} 件资料列入一份销毁申请（草稿），填写监销人后再提交"
        url = f"{self.route_base}/destroy"
        return [*found, {"label": "申请销毁", "url": url, "confirm": confirm}]

    @expose("/destroy", methods=["POST"])
    @has_access
    @permission_name("edit")
    def destroy(self) -> Any:
        data = self.datamodel
        try:
            made = retention.apply_for(data.session, data.actor, asked_keys(self))
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(url_for(f"{self.endpoint}.due"))
        flash(f"已拟好销毁申请 {made.no}，请填写销毁地点和监销人后提交", "success")
        return redirect(url_for("DestructionView.edit", pk=made.id))
