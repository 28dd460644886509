"""What must a third-party view of rows not do, whether list, page or chart?"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import abort, g, has_request_context, request
from sqlalchemy import inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import AppError, BadConfig, NotPermitted
from app.core.outside import whole
from app.core.records import editable
from app.core.views.cells import worded
from app.core.views.override_checks import LARGEST_PAGE, OF_THE_PROCEDURE

#: The highest page number; beyond it the offset would be too large for the database.
LAST_PAGE = 1_000_000
NOT_SAVED = "没有保存，请检查后重试"


def check_lists(views: Iterable[Any]) -> None:
    """Abort with 404 for pages, sizes and orders on which the framework would fail."""
    orders = {type(one).__name__: getattr(one, "order_columns", None) or () for one in views}
    for name, value in request.args.items():
        kind, _, _rest = name.partition("_")
        if kind == "page" and whole(value, 0, LAST_PAGE) is None:
            abort(404)
        if kind == "psize" and whole(value, 1, LARGEST_PAGE) is None:
            abort(404)
        if name.startswith("_oc_") and value not in orders.get(name.removeprefix("_oc_"), ()):
            abort(404)


class GuestRows:
    """A third-party view of rows: a list, page or chart."""

    datamodel: Any
    exclude_route_methods: Any = frozenset()
    label_columns: Any
    search_columns: Any

    def __init__(self, **given: Any) -> None:
        # The framework's download route serves any file in the upload folder.
        self.exclude_route_methods = frozenset(type(self).exclude_route_methods) | {"download"}
        super().__init__(**given)

    @property
    def database_error_message(self) -> str:
        """The message for a refused change: its reason, if it is an AppError."""
        # The framework asks for this inside its ``except`` and does not pass the error on.
        error = sys.exc_info()[1]
        return error.message if isinstance(error, AppError) else NOT_SAVED

    @property
    def _filters(self) -> Any:
        """The conditions of this request; a shared object would show one person's to another."""
        if not has_request_context():
            return self.__dict__["filters_at_start"]
        known = g.setdefault("guest_filters", {})
        if self not in known:
            # A shallow copy suffices: its lists are replaced before they are filled.
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
        self._word_dotted()
        super()._init_properties()  # type: ignore[misc]

    def _word_dotted(self) -> None:
        """Word and mask what columns such as ``candidate.id_number`` fetch from our tables."""
        named = [*(getattr(self, "list_columns", None) or ())]
        named += getattr(self, "show_columns", None) or ()
        for name in named:
            found = far_field(self.datamodel.obj, name)
            if found is not None:
                model, field = found
                self.label_columns = {name: field.label} | (self.label_columns or {})
                own = getattr(self, "formatters_columns", None) or {}
                self.formatters_columns = {name: partial(worded, model, field)} | own

    def start_from_declaration(self, model: type[Entity]) -> None:
        """Use the declared labels, and offer declared text fields as conditions."""
        fields = {one.name: one for one in describe(model).fields}
        # In a view that was instantiated earlier, the framework has already guessed English labels.
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
        private = [
            name for name in self.search_columns if name in fields and fields[name].sensitive
        ]
        if private:
            raise BadConfig(
                f"视图 {type(self).__name__} 的 search_columns 里有 {private[0]}："
                "证件和电话号码按部分查询会被逐位猜出，请用本系统自己的列表查询"
            )

    def check_request(self) -> None:
        """Abort for conditions and keys on which the framework would fail; check closed forms."""
        super().check_request()  # type: ignore[misc]
        for name in request.args:
            if name.startswith("_flt_") and not self._is_condition(name.removeprefix("_flt_")):
                abort(404)
        key, item = (request.view_args or {}).get("pk"), None
        if key is not None:
            item = self.datamodel.get(key, self._base_filters)
            if item is None:
                abort(404)
        self._check_form(item)

    def _check_form(self, item: Any) -> None:
        """Raise NotPermitted unless the user may save the form, which shows unmasked numbers."""
        model, data = self.datamodel.obj, self.datamodel
        if not issubclass(model, Entity):
            return
        asked = (request.endpoint or "").rpartition(".")[2]
        why = ""
        if asked == "edit" and item is not None:
            why = editable.may_edit(data.session, data.actor, item)
        elif asked == "add" and not editable.may_add(data.actor, model):
            why = f"您的角色不能新增{describe(model).label}"
        if why:
            raise NotPermitted(why)

    def _is_condition(self, written: str) -> bool:
        number, _, column = written.partition("_")
        known = self._filters._all_filters.get(column, ())  # noqa: SLF001 - kept there
        at = whole(number, 0, 9)
        return at is not None and at < len(known)


def far_field(model: Any, name: str) -> tuple[type[Entity], Field] | None:
    """Return the table and the declared field at the end of a dotted name; None if not ours."""
    *way, last = str(name).split(".")
    for one in way:
        relations = inspect(model).relationships
        if one not in relations:
            return None
        model = relations[one].mapper.class_
    if not way or not issubclass(model, Entity):
        return None
    declared = {one.name: one for one in describe(model).fields}
    return (model, declared[last]) if last in declared and not declared[last].relation else None


def is_worded(field: Field) -> bool:
    """Return whether a stored value of the field differs from what staff read."""
    coded = field.codes or field.choices or field.sensitive
    return bool(coded) or field.name in OF_THE_PROCEDURE


def _is_plain_text(model: type[Entity], field: Field) -> bool:
    if field.relation or is_worded(field):
        return False
    return inspect(model).columns[field.name].type.python_type is str
