"""What do third-party lists, pages and forms show by default, and how do they change rows?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose, has_access, permission_name

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import AppError
from app.core.transaction import abandon
from app.core.views.acting import MOST
from app.core.views.addresses import may
from app.core.views.cells import worded
from app.core.views.columns import filled_in, listed, shown
from app.core.views.guests.guest_forms import GuestForm, guest_form, in_chinese
from app.core.views.guests.guest_rows import is_worded
from app.core.views.interface import rows_among
from app.core.views.override_checks import OF_THE_PROCEDURE, Checker


class GuestList:
    """A third-party list with its pages."""

    datamodel: Any
    list_columns: Any
    show_columns: Any
    add_columns: Any
    edit_columns: Any
    formatters_columns: Any
    list_title: Any
    show_title: Any
    add_title: Any
    edit_title: Any
    add_form: Any
    edit_form: Any
    _related_views: Any
    _filters: Any

    def start_from_declaration(self, model: type[Entity]) -> None:
        """Use the declared columns where the view names none, and word codes and states."""
        super().start_from_declaration(model)  # type: ignore[misc]
        self.list_columns = self.list_columns or _names(listed(model))
        self.show_columns = self.show_columns or _names(shown(model))
        self.add_columns = self.add_columns or _names(filled_in(model, adding=True))
        self.edit_columns = self.edit_columns or _names(filled_in(model))
        fields = describe(model).fields
        enterable = {one.name for one in fields} - model.__hidden__ - OF_THE_PROCEDURE
        checker = Checker(type(self).__name__, model)
        for kind in ("add", "edit"):
            extra = getattr(self, f"{kind}_form_extra_fields") or {}
            named = getattr(self, f"{kind}_columns")
            checker.names(f"{kind}_columns", named, {*enterable, *extra})
        self.formatters_columns = {
            one.name: partial(worded, model, one) for one in fields if is_worded(one)
        } | (self.formatters_columns or {})

    def _get_related_views_widgets(
        self, item: Any, orders: Any = None, pages: Any = None, page_sizes: Any = None,
        widgets: Any = None, **_more: Any,
    ) -> dict[str, Any]:  # fmt: skip
        """Return the widgets of related rows that this person may list, None for others."""
        found = []
        for view in self._related_views:
            name = type(view).__name__
            column, way = (orders or {}).get(name) or ("", "")
            found.append(
                self._get_related_view_widget(
                    item, view, column, way,
                    page=(pages or {}).get(name), page_size=(page_sizes or {}).get(name),
                )
                if may("can_list", view)
                else None
            )  # fmt: skip
        return {**(widgets or {}), "related_views": found}

    def _fill_form_exclude_cols(self, exclude_cols: Iterable[str], form: Any) -> None:
        """Set the relations that the address of a list of related rows determines."""
        if not isinstance(form, GuestForm):
            super()._fill_form_exclude_cols(exclude_cols, form)  # type: ignore[misc]
            return
        for name in exclude_cols:
            value = self._filters.get_filter_value(name)
            row = self.datamodel.get_related_obj(name, value)
            if row is None:
                abort(404)
            form.settle(name, row)

    def _init_titles(self) -> None:
        model = self.datamodel.obj
        label = getattr(model, "__label__", "") or model.__name__
        self.list_title = self.list_title or label
        self.show_title = self.show_title or label
        self.add_title = self.add_title or f"新增{label}"
        self.edit_title = self.edit_title or f"修改{label}"
        super()._init_titles()  # type: ignore[misc]

    def _init_forms(self) -> None:
        ours = issubclass(self.datamodel.obj, Entity)
        if ours:
            self.add_form = self.add_form or guest_form(self, "add")
            self.edit_form = self.edit_form or guest_form(self, "edit")
        super()._init_forms()  # type: ignore[misc]
        if not ours:
            self.add_form, self.edit_form = in_chinese(self.add_form), in_chinese(self.edit_form)


class GuestModelView:
    """The routes of a third-party ``ModelView`` that change something."""

    datamodel: Any
    actions: Any

    @expose("/delete/<pk>", methods=["POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        """Delete as the framework does, but accept only POST."""
        return super().delete(pk)  # type: ignore[misc]

    @expose("/action/<string:name>/<pk>", methods=["POST"])
    @has_access
    @permission_name("show")
    def action(self, name: str, pk: str) -> Any:
        """Run an ``@action`` on one row that the view shows; accepts only POST."""
        return self._carry_out(name, "single", self.datamodel.get(pk, self._base_filters))

    @expose("/action_post", methods=["POST"])
    @has_access
    @permission_name("list")
    def action_post(self) -> Any:
        """Run an ``@action`` on those ticked rows that the view shows."""
        keys = list(dict.fromkeys(request.form.getlist("rowid")))
        if len(keys) > MOST:
            flash(f"一次最多办理 {MOST} 条，您选了 {len(keys)} 条；请加条件分几次办理", "danger")
            return redirect(self.get_redirect(), 303)
        found = self._rows(keys)
        if not found:
            flash("没有选中还在的记录，请先勾选再办理", "danger")
            return redirect(self.get_redirect(), 303)
        return self._carry_out(request.form.get("action", ""), "multiple", found)

    def _rows(self, keys: list[str]) -> list[Any]:
        """Return those rows with these keys that the view shows; one statement for our tables."""
        return rows_among(self.datamodel, keys, self._base_filters)

    def _carry_out(self, name: str, kind: str, subject: Any) -> Any:
        known = self.actions.get(name)
        if known is None or not getattr(known, kind):
            abort(404)
        if not may(self.get_action_permission_name(name), self):
            abort(403)
        try:
            answer = known.func(subject)
        except AppError as refusal:
            abandon(self.datamodel.session)
            flash(refusal.message, "danger")
            answer = None
        return redirect(self.get_redirect(), 303) if answer is None else answer


def _names(fields: Iterable[Field]) -> list[str]:
    return [one.name for one in fields]
