"""What do lists, pages and forms of the framework start from, and what are they kept from?"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import abort, flash, g, has_request_context, redirect, request
from flask_appbuilder import expose, has_access, permission_name
from sqlalchemy import inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import AppError
from app.core.outside import whole
from app.core.views.addresses import may
from app.core.views.cells import worded
from app.core.views.columns import filled_in, listed, shown
from app.core.views.guests.guest_forms import guest_form, in_chinese
from app.core.views.override_checks import LARGEST_PAGE, OF_THE_PROCEDURE, Checker

#: Rows before the page that is asked for, at most.
LAST_PAGE = 1_000_000
NOT_SAVED = "没有保存，请检查后重试"


class GuestRows:
    """A view over rows: a list, a page, a chart."""

    datamodel: Any
    exclude_route_methods: Any = frozenset()
    label_columns: Any
    search_columns: Any
    _related_views: Any

    def __init__(self, **given: Any) -> None:
        # Any file of the upload folder could be had from any view.
        self.exclude_route_methods = frozenset(type(self).exclude_route_methods) | {"download"}
        super().__init__(**given)

    @property
    def database_error_message(self) -> str:
        """What the framework says to any refused change: the reason, where it is one of ours."""
        # It asks for this inside its ``except``, and keeps the error to itself.
        error = sys.exc_info()[1]
        return error.message if isinstance(error, AppError) else NOT_SAVED

    @property
    def _filters(self) -> Any:
        """The conditions of this request: one object for all would serve one person another's."""
        if not has_request_context():
            return self.__dict__["filters_at_start"]
        known = g.setdefault("guest_filters", {})
        if self not in known:
            # A shallow copy will do: its lists are made anew before they are filled.
            known[self] = self.__dict__["filters_at_start"].copy()
            known[self].search_columns = self.__dict__["filters_at_start"].search_columns
            known[self]._search_filters = self.__dict__["filters_at_start"]._search_filters  # noqa: SLF001
        return known[self]

    @_filters.setter
    def _filters(self, filters: Any) -> None:
        self.__dict__["filters_at_start"] = filters

    def _init_properties(self) -> None:
        if issubclass(self.datamodel.obj, Entity):
            self.start_from_declaration(self.datamodel.obj)
        super()._init_properties()  # type: ignore[misc]

    def start_from_declaration(self, model: type[Entity]) -> None:
        """Chinese words; as conditions the declared ones that are plain texts."""
        fields = {one.name: one for one in describe(model).fields}
        # A view that was made before it got here has had the framework guess at English words.
        own = {
            name: label
            for name, label in (self.label_columns or {}).items()
            if label != self._prettify_column(name)  # type: ignore[attr-defined]
        }
        self.label_columns = {one.name: one.label for one in fields.values()} | own
        texts = [
            one.name
            for one in fields.values()
            if (one.search or one.quick) and _is_plain_text(model, one)
        ]
        self.search_columns = self.search_columns or texts

    def check_request(self) -> None:
        """Abort for pages, orders, conditions and keys that the framework would fail over."""
        super().check_request()  # type: ignore[misc]
        for name, value in request.args.items():
            kind, _, rest = name.removeprefix("_").partition("_")
            if kind == "page" and whole(value, 0, LAST_PAGE) is None:
                abort(404)
            if kind == "psize" and whole(value, 1, LARGEST_PAGE) is None:
                abort(404)
            if name.startswith("_oc_") and value not in self._orders(rest):
                abort(404)
            if name.startswith("_flt_") and not self._is_condition(rest):
                abort(404)
        key = (request.view_args or {}).get("pk")
        if key is not None and self.datamodel.get(key, self._base_filters) is None:
            abort(404)

    def _orders(self, view_name: str) -> Iterable[str]:
        views = [self, *(getattr(self, "_related_views", None) or ())]
        named = (one for one in views if type(one).__name__ == view_name)
        return [column for one in named for column in getattr(one, "order_columns", None) or ()]

    def _is_condition(self, written: str) -> bool:
        number, _, column = written.partition("_")
        known = self._filters._all_filters.get(column, ())  # noqa: SLF001 - kept there
        at = whole(number, 0, 9)
        return at is not None and at < len(known)

    def _get_related_views_widgets(self, item: Any, **given: Any) -> dict[str, Any]:
        """Those of related rows that this person may list; None in the place of another."""
        every, found = self._related_views, []
        widgets = given.pop("widgets", None) or {}
        for view in every:
            self._related_views = [view]
            made = super()._get_related_views_widgets(item, widgets={}, **given)
            found.append(made["related_views"][0] if may("can_list", view) else None)
        self._related_views = every
        return {**widgets, "related_views": found}


class GuestList:
    """A list with its pages, of somebody else."""

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

    def start_from_declaration(self, model: type[Entity]) -> None:
        """Columns as declared where the view names none; codes and states in words."""
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
            one.name: partial(worded, model, one) for one in fields if _is_worded(one)
        } | (self.formatters_columns or {})

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
    """The routes of a ``ModelView`` of somebody else that change something."""

    datamodel: Any
    actions: Any

    @expose("/delete/<pk>", methods=["POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        """As the framework does; by POST alone."""
        return super().delete(pk)  # type: ignore[misc]

    @expose("/action/<string:name>/<pk>", methods=["POST"])
    @has_access
    @permission_name("show")
    def action(self, name: str, pk: str) -> Any:
        """An ``@action`` on one row; by POST alone, on a row that the view shows."""
        return self._carry_out(name, "single", self.datamodel.get(pk, self._base_filters))

    @expose("/action_post", methods=["POST"])
    @has_access
    @permission_name("list")
    def action_post(self) -> Any:
        """An ``@action`` on the ticked rows, as far as the view shows them."""
        keys = dict.fromkeys(request.form.getlist("rowid"))
        rows = [self.datamodel.get(key, self._base_filters) for key in keys]
        found = [row for row in rows if row is not None]
        return self._carry_out(request.form.get("action", ""), "multiple", found)

    def _carry_out(self, name: str, kind: str, subject: Any) -> Any:
        known = self.actions.get(name)
        if known is None or not getattr(known, kind):
            abort(404)
        if not may(self.get_action_permission_name(name), self):
            abort(403)
        try:
            answer = known.func(subject)
        except AppError as refusal:
            self.datamodel.session.rollback()
            flash(refusal.message, "danger")
            answer = None
        return redirect(self.get_redirect(), 303) if answer is None else answer


def _names(fields: Iterable[Field]) -> list[str]:
    return [one.name for one in fields]


def _is_worded(field: Field) -> bool:
    coded = field.codes or field.choices or field.sensitive
    return bool(coded) or field.name in OF_THE_PROCEDURE


def _is_plain_text(model: type[Entity], field: Field) -> bool:
    if field.relation or _is_worded(field):
        return False
    return inspect(model).columns[field.name].type.python_type is str
