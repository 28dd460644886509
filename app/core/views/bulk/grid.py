"""How are many rows edited in place, like on a sheet?"""

from __future__ import annotations

from typing import Any, ClassVar

from flask import jsonify, request
from flask_appbuilder import expose, has_access, permission_name
from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric

from app.core.bulk.grid import MOST, Shown, note_shown, save, shown
from app.core.bulk.grid_cells import Sent
from app.core.bulk.grid_lines import OwnRows
from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import NotFound
from app.core.outside import as_key
from app.core.records import belonging, editable
from app.core.security.reading import takes_json
from app.core.views import overrides
from app.core.views.addresses import address, may, picker_url, view_of
from app.core.views.bulk.grid_sent import read_sent
from app.core.views.cells import code_lists
from app.core.views.columns import column_of, filled_in, is_many, target_of
from app.core.views.lists.condition_names import check_conditions
from app.core.views.lists.listing import Listing
from app.core.views.overrides import described
from app.core.views.selecting import keys_of_choice
from app.core.views.tables import page_links

Context = dict[str, Any]

NOT_SAVED = "没有保存：有问题的格子已标出，全部改正后再保存"
CHANGED_MEANWHILE = "没有保存：有人同时改过这些行，双方都改的格子请选择采用哪一个，然后再保存"
GONE = "没有保存：有的行已被删除，或不在您的管辖范围内；再次保存时将跳过这些行"


class GridRoute:
    """The grid of an entity view that names its columns in ``grid``."""

    datamodel: Any
    route_base: str
    list_url: str
    list_title: str
    label: str
    exclude_route_methods: frozenset[str]
    #: The fields edited in place, in order; without them there is no grid.
    grid: ClassVar[tuple[str, ...]] = ()
    #: Fields shown beside them; with a dot in front they are those of the row ``grid_of``.
    grid_beside: ClassVar[tuple[str, ...]] = ()
    grid_of: ClassVar[str] = ""
    #: The number of columns that stay visible when the others are scrolled.
    grid_frozen: ClassVar[int] = 1
    #: Whether rows can be added in the grid.
    grid_adds: ClassVar[bool] = False

    def list_buttons(self, listing: Listing) -> list[Context]:
        """Add the button that opens the same rows in the grid."""
        buttons = super().list_buttons(listing)
        if "grid_page" not in self.exclude_route_methods and may("can_edit", self):
            url = address(f"{self.route_base}/grid", listing.args, page=None)
            buttons.append({"label": "表格编辑", "url": url, "icon": "edit", "in_tab": True})
        return buttons

    @expose("/grid")
    @has_access
    @permission_name("edit")
    def grid_page(self) -> Any:
        check_conditions(self.datamodel.obj, request.args)
        listing = self.grid_listing()
        rows, ids = self._grid_rows(listing), self._grid_ids(listing)
        if ids and any(self._declared(name).sensitive for name in rows.names):
            note_shown(rows, len(ids))
        context = self._grid_context(rows, shown(rows, ids), listing)
        return self.render_template("entity/grid.html", **context)

    @expose("/grid", methods=["POST"])
    @has_access
    @permission_name("edit")
    @takes_json
    def grid_save(self) -> Any:
        rows = self._grid_rows(self.grid_listing())
        sent_rows = read_sent(request)
        self._check_shown(sent_rows)
        outcome = save(rows, sent_rows)
        if outcome.saved:
            lines = [_line(one) | {"was": one.was} for one in outcome.saved]
            return jsonify(saved=lines, message=f"已保存 {len(lines)} 行，在变更记录里是一次操作")
        problems = [
            {
                "id": one.id,
                "field": one.problem.field.removesuffix("_id"),
                "message": one.problem.message,
            }
            for one in outcome.refused
        ]
        others: list[Context] = [_line(one) | {"by": one.by} for one in outcome.others]
        others += [{"id": one, "gone": True, "by": ""} for one in outcome.gone]
        why = GONE if outcome.gone else CHANGED_MEANWHILE if others else NOT_SAVED
        status = 404 if outcome.gone else 409 if others else 422
        return jsonify(message=why, problems=problems, others=others), status

    def _check_shown(self, rows: list[Sent]) -> None:
        """Raise NotFound for ids of rows that the screen's ``base_filters`` hide."""
        # Screens whose lines are not rows of their own table have no grid with base_filters.
        if not overrides.of(self.datamodel.obj).base_filters:
            return
        keys = [key for one in rows if (key := as_key(one.id)) is not None]
        if len(self.datamodel.passing(keys)) < len(keys):
            raise NotFound(GONE)

    def grid_listing(self) -> Listing:
        """Return the listing for the address, with as many rows per page as a grid allows."""
        return self.listing(size=MOST)

    def grid_ids(self, keys: list[int], listing: Listing) -> list[str]:
        """Return the ids of the lines for rows of the list."""
        return [str(key) for key in keys]

    def _grid_ids(self, listing: Listing) -> list[str]:
        chosen = as_key(request.args.get("selection", ""))
        if chosen is None:
            start = (listing.page - 1) * listing.size
            return self.grid_ids(listing.keys(limit=listing.size, offset=start), listing)
        keys = keys_of_choice(self, chosen)
        return self.grid_ids(keys[:MOST], self.listing())

    def grid_rows(self, names: tuple[str, ...], given: dict[str, Any]) -> OwnRows:
        """Return the source of the lines, by default the rows of the table."""
        data = self.datamodel
        return OwnRows(data.session, data.actor, data.obj, names, given)

    def _grid_rows(self, listing: Listing) -> OwnRows:
        given = {name: row for name, row in listing.parents.items() if row is not None}
        return self.grid_rows((*self.grid_beside, *self.grid), given)

    def _declared(self, name: str) -> Field:
        model = self._beside_model() if name.startswith(".") else self.datamodel.obj
        return described(model).field(name.removeprefix("."))

    def _beside_model(self) -> type[Entity]:
        return target_of(self.datamodel.obj, describe(self.datamodel.obj).field(self.grid_of))

    def _grid_context(self, rows: OwnRows, lines: list[Shown], listing: Listing) -> Context:
        parent = next(((n, r) for n, r in listing.parents.items() if r is not None), None)
        back = self._back_to(rows.given) or address(self.list_url, listing.args, page=None)
        trail = [*self._trail(rows.given), ("表格编辑", None)]
        closed = self._why_none(rows)
        adds = self.grid_adds and editable.may_add(rows.actor, rows.model) and not closed
        base = f"{self.route_base}/grid"
        return {
            "title": f"{self.label}表格编辑",
            "subject": str(parent[1]) if parent is not None else "",
            "breadcrumbs": trail,
            "back_url": back,
            "notices": [{"colour": "orange", "text": closed}] if closed else [],
            "adds": adds,
            "total": listing.total,
            "page": listing.page,
            "pages": page_links(base, listing.args, listing.page, listing.last_page),
            "grid": {
                "columns": [self._column(name, rows) for name in rows.names],
                "rows": [_line(one) for one in lines],
                "blank": list(rows.blank()) if adds else [],
                "adds": adds,
                "most": MOST,
                "frozen": self.grid_frozen,
                "url": address(base, listing.args),
            },
        }

    def _why_none(self, rows: OwnRows) -> str:
        """Return why nothing at all can be entered, for a notice above the grid."""
        return rows.closed_reason() if rows.given else ""

    def _column(self, name: str, rows: OwnRows) -> Context:
        field = self._declared(name)
        beside = name.startswith(".")
        model = self._beside_model() if beside else rows.model
        column = column_of(model, field)
        editable = not beside and name in {one.name for one in filled_in(model)}
        found: Context = {
            "name": name,
            "label": field.label,
            "help": field.help,
            "readonly": not editable or name in belonging.closing(model) or name in rows.shut,
            "required": field.required and editable,
            "width": _width(field, column),
            "align": "right" if _is_number(column, field) else "left",
        }
        return found | (self._choices(model, field) if editable else {})

    def _choices(self, model: type[Entity], field: Field) -> Context:
        if field.relation:
            target = view_of(target_of(model, field))
            many = is_many(model, field)
            within = [one for one in (target.within if target else ()) if one in self.grid]
            return {"url": picker_url(self, field.name), "many": many, "depends": within}
        if field.codes:
            items = code_lists().get(field.codes, ())
            return {"options": [item.name for item in items if item.active]}
        if field.choices:
            return {"options": [label for value, label in field.choices if value]}
        column = column_of(model, field)
        if column is not None and isinstance(column.type, Boolean):
            return {"options": ["是", "否"]}
        return {}


def _is_number(column: Any, field: Field) -> bool:
    worded = field.relation or field.codes or field.choices
    return column is not None and not worded and isinstance(column.type, Integer | Numeric)


def _width(field: Field, column: Any) -> int:
    """Return the width of a column in pixels, by its usual content."""
    least = 26 + 14 * len(field.label)
    if field.width:
        return max(least, field.width)
    if field.relation:
        return max(least, 130)
    if field.sensitive == "id_number":
        return max(least, 168)
    if column is not None and isinstance(column.type, DateTime):
        return max(least, 140)
    if column is not None and isinstance(column.type, Date):
        return max(least, 100)
    if field.codes or field.choices or _is_number(column, field):
        return max(least, 76)
    length = getattr(getattr(column, "type", None), "length", None) or 200
    return max(least, min(60 + length, 180))


def _line(one: Shown) -> Context:
    return {
        "id": one.line.id,
        "version": one.line.version,
        "cells": one.cells.texts,
        "keys": one.cells.keys,
        "locked": one.line.locked,
        "locks": one.cells.locks,
    }
