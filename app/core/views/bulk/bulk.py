"""How are many rows given the same values, from selection to confirmation?"""

from __future__ import annotations

from typing import Any, ClassVar

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core.bulk import bulk
from app.core.bulk.row_edit import RowResult
from app.core.errors import AppError, NotFound
from app.core.lists import selection
from app.core.outside import as_key
from app.core.records import editable
from app.core.views.addresses import address, may
from app.core.views.bulk.bulk_form import BulkForm, asked_of, bulk_form_class, filled_again
from app.core.views.bulk.bulk_outcome import Context, changes_of, outcome
from app.core.views.lists.listing import Listing
from app.core.views.selecting import asked_keys, keys_of_choice

BULK_ROUTES = frozenset({"bulk_choose", "bulk_page", "bulk_stage", "bulk_preview", "bulk_confirm"})
VALUE_GONE = "所填的新值已停用、已被删除，或不在您的管辖范围内，请重新填写"


class BulkRoutes:
    """The routes of 批量修改 of an entity view."""

    datamodel: Any
    route_base: str
    label: str
    list_title: str
    list_url: str
    bulk_form: ClassVar[type[BulkForm]]

    def bulk_buttons(self, listing: Listing) -> list[Context]:
        """Add 批量修改 if this person may edit the rows and a field can be set in bulk."""
        buttons: list[Context] = super().bulk_buttons(listing)
        model = self.datamodel.obj
        edits = may("can_edit", self) and editable.may_add(self.datamodel.actor, model)
        if edits and bulk.fields_of(model, self.datamodel.actor):
            url = f"{self.route_base}/bulk"
            buttons.append({"label": "批量修改", "url": url, "icon": "edit", "confirm": None})
        return buttons

    @expose("/bulk", methods=["POST"])
    @has_access
    @permission_name("edit")
    def bulk_choose(self) -> Any:
        data = self.datamodel
        try:
            keys = asked_keys(self)
            if not keys:
                raise _nothing(self.label)
            kept = selection.keep(data.session, data.actor, data.obj, keys)
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(address(self.list_url, request.args), 303)
        here = url_for(f"{self.endpoint}.bulk_page")
        return redirect(address(here, request.args, selection=kept), 303)

    @expose("/bulk", methods=["GET"])
    @has_access
    @permission_name("edit")
    def bulk_page(self) -> Any:
        if not request.args.get("selection"):
            return redirect(self.list_url)
        return self._bulk_form_page(self._bulk_class()(formdata=None))

    @expose("/bulk/preview", methods=["POST"])
    @has_access
    @permission_name("edit")
    def bulk_stage(self) -> Any:
        data = self.datamodel
        form = self._bulk_class()()
        form.offer(self)
        form.take(request.form)
        if not form.sound():
            return self._bulk_form_page(form)
        try:
            asked = asked_of(request.form, form)
            number = bulk.stage(data.session, data.actor, data.obj, self._bulk_keys(), asked)
        except AppError as refusal:
            flash(refusal.message, "danger")
            return self._bulk_form_page(form)
        here = url_for(f"{self.endpoint}.bulk_preview")
        return redirect(address(here, request.args, staged=number), 303)

    @expose("/bulk/preview", methods=["GET"])
    @has_access
    @permission_name("edit")
    def bulk_preview(self) -> Any:
        data = self.datamodel
        kept = bulk.staged(data.session, data.actor, data.obj, self._staged())
        form = self._bulk_filled(kept.asked)
        results = bulk.preview(data.session, data.actor, data.obj, kept, form.values())
        back = url_for(f"{self.endpoint}.bulk_page")
        confirm = url_for(f"{self.endpoint}.bulk_confirm")
        return self.render_template(
            "entity/bulk_preview.html",
            title=f"确认批量修改{self.label}",
            breadcrumbs=[*self._bulk_trail(), ("确认", None)],
            **outcome(data.obj, form, results),
            back_url=address(back, request.args, staged=None),
            confirm_url=address(confirm, request.args),
            cancel_url=self._bulk_back(),
        )

    @expose("/bulk/confirm", methods=["POST"])
    @has_access
    @permission_name("edit")
    def bulk_confirm(self) -> Any:
        data = self.datamodel
        kept = bulk.staged(data.session, data.actor, data.obj, self._staged())
        form = self._bulk_filled(kept.asked)
        done = bulk.confirm(data.session, data.actor, data.obj, kept, form.values())
        there = {one.id for one in data.get_many([one.key for one in done.results if one.key])}
        page = url_for("OperationView.show", name=done.operation) if done.operation else ""
        return self.render_template(
            "entity/bulk_done.html",
            title=f"批量修改{self.label}：办理结果",
            breadcrumbs=[*self._bulk_trail(), ("办理结果", None)],
            **outcome(data.obj, form, done.results),
            rows=[self._bulk_row(form, one, there) for one in done.results],
            operation_url=page,
            undo_url=url_for("OperationView.undo", name=done.operation) if page else "",
            back_url=self._bulk_back(),
        )

    def _bulk_class(self) -> type[BulkForm]:
        return bulk_form_class(self.datamodel.obj, self.datamodel.actor)

    def _bulk_form_page(self, form: BulkForm) -> Any:
        form.offer(self)
        try:
            number = len(self._bulk_keys())
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(self._bulk_back())
        stage = url_for(f"{self.endpoint}.bulk_stage")
        return self.render_template(
            "entity/bulk.html",
            title=f"批量修改{self.label}",
            breadcrumbs=self._bulk_trail(),
            count=number,
            form=form,
            groups=form.lines_by_group(),
            form_action=address(stage, request.args),
            cancel_url=self._bulk_back(),
        )

    def _bulk_filled(self, asked: Any) -> BulkForm:
        posted = filled_again(asked)
        form = self._bulk_class()(formdata=posted, meta={"csrf": False})
        form.offer(self)
        form.take(posted)
        if not form.sound():
            raise NotFound(VALUE_GONE)
        return form

    def _bulk_keys(self) -> list[int]:
        return keys_of_choice(self, as_key(request.args.get("selection", "")) or 0)

    def _bulk_trail(self) -> list[tuple[str, str | None]]:
        return [(self.list_title, self._bulk_back()), ("批量修改", None)]

    def _bulk_back(self) -> str:
        return address(self.list_url, request.args, selection=None, staged=None)

    def _staged(self) -> int:
        return as_key(request.args.get("staged", "")) or 0

    def _bulk_row(self, form: BulkForm, result: RowResult, there: set[int]) -> Context:
        seen = result.key in there
        return {
            "text": result.title,
            "url": url_for(f"{self.endpoint}.show", pk=result.key) if seen else "",
            "status": result.status,
            "changes": changes_of(form.model, result),
            "problems": [one.message for one in result.problems],
        }


def _nothing(label: str) -> AppError:
    return AppError(f"没有选中任何{label}，请先勾选再批量修改")
