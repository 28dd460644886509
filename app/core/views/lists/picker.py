"""Which rows may a select offer?"""

from __future__ import annotations

from typing import Any

from flask import abort, jsonify, request
from flask_appbuilder import expose, has_access, permission_name
from sqlalchemy import ColumnElement, or_

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.outside import as_key
from app.core.views.addresses import view_of
from app.core.views.cells import choice_text
from app.core.views.columns import column_of, relations_among
from app.core.views.interface import EntityInterface
from app.core.views.lists.condition_names import check_names
from app.core.views.lists.filters import read_search
from app.core.views.lists.listing import own_order

PAGE = 20
LAST_PAGE = 500


class PickerRoute:
    """The route that feeds the selects of forms and filters that load their options."""

    datamodel: Any
    #: Relations that limit the choice: a work type is chosen within its occupation.
    within: tuple[str, ...] = ()
    #: Values that a row must have in order to be offered.
    offered: dict[str, Any] = {}

    @expose("/pick/<field>")
    @has_access
    @permission_name("list")
    def pick(self, field: str) -> Any:
        target = related_field(self.datamodel.obj, field)
        if target is None:
            abort(404)
        related = self.datamodel.get_related_interface(target.name)
        view = view_of(related.obj)
        check_names(request.args, {"q", "page", *(view.within if view is not None else ())})
        page = min(as_key(request.args.get("page", "1")) or 1, LAST_PAGE)
        found, more = offered_rows(related, request.args, page)
        results = [{"id": item.id, "text": choice_text(item)} for item in found]
        return jsonify({"results": results, "more": more})


def related_field(model: type[Entity], name: str) -> Field | None:
    """Return the relation of ``model`` with that name, or None."""
    fields = describe(model).fields
    return next((one for one in fields if one.name == name and one.relation), None)


def offered_rows(data: EntityInterface, args: Any, page: int) -> tuple[list[Any], bool]:
    """Return one page of the rows that a select may offer, and whether more follow."""
    model = data.obj
    clauses = [*read_search(model, {"q": args.get("q", "")}).clauses, *_conditions(model, args)]
    names = own_order(model) or (describe(model).title,)
    order = [column for name in names if (column := _order_column(model, name)) is not None]
    keys = data.keys(clauses, [*order, model.id], limit=PAGE + 1, offset=(page - 1) * PAGE)
    titles = [describe(model).field(describe(model).title)]
    return data.get_many(keys[:PAGE], relations_among(titles)), len(keys) > PAGE


def _order_column(model: type[Entity], name: str) -> Any:
    return column_of(model, describe(model).field(name))


def _conditions(model: type[Entity], args: Any) -> list[ColumnElement[bool]]:
    view = view_of(model)
    wanted = dict(view.offered) if view is not None else {}
    if "active" in {one.name for one in describe(model).fields}:
        wanted.setdefault("active", True)
    clauses = [getattr(model, name) == value for name, value in wanted.items()]
    for name in view.within if view is not None else ():
        key = as_key(args.get(name, ""))
        column = column_of(model, describe(model).field(name))
        if key is not None and column is not None:
            clauses.append(
                or_(column == key, column.is_(None)) if column.nullable else column == key
            )
    return clauses
