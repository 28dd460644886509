"""What does the list of a table show, and what can be done from there?"""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from flask_appbuilder import expose, has_access
from werkzeug.datastructures import MultiDict

from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import describe
from app.core.lists.list_layout import Layout
from app.core.records import editable
from app.core.views import tables
from app.core.views.addresses import address, may, query
from app.core.views.lists import controls
from app.core.views.lists.filters import values_of
from app.core.views.lists.listing import Listing, usual
from app.core.views.selecting import kept_choice

Context = dict[str, Any]
Pairs = list[tuple[str, str]]


class ListPage:
    """The list route of an entity view."""

    datamodel: Any
    route_base: str
    list_title: str
    #: The default order of the rows, as columns with - for descending.
    order: tuple[str, ...] = ()
    #: One line of text below the title.
    description = ""

    def listing(self, args: Any = None, **options: Any) -> Listing:
        """Return the rows that ``args`` ask for, by default those of the request."""
        asked = request.args if args is None else MultiDict(args)
        return Listing(self.datamodel, asked, order=self.order, **options)

    @property
    def list_url(self) -> str:
        """The address of the list without any condition."""
        return f"{self.route_base}/list/"

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        views, layout = self.views(), self.layout()
        if first := self.first_view_url(views, layout):
            return redirect(first)
        listing = self.listing(columns=layout.columns, usual_size=layout.size)
        kept = self.views_context(listing, views, layout)
        return self.render_template("entity/list.html", **self._list_context(listing, kept, layout))

    def _list_context(self, listing: Listing, saved: Context, layout: Layout) -> Context:
        base, args, chosen = self.list_url, listing.args, kept_choice(self)
        return {
            "title": self.list_title,
            "entity": {"label": describe(listing.model).label},
            "description": self.description,
            "breadcrumbs": [(self.list_title, None)],
            "buttons": self.list_buttons(listing),
            "columns": tables.heads(listing, base),
            "rows": tables.body(listing, self.row_url, chosen.keys if chosen else frozenset()),
            "total": listing.total,
            "page": listing.page,
            "page_size": listing.size,
            "pages": tables.pages(listing, base),
            "page_sizes": tables.sizes(listing, base),
            "quick_search": listing.search.words if controls.quick_hint(listing) else None,
            "quick_search_hint": controls.quick_hint(listing),
            "filters": controls.controls(listing, self),
            "keep": _carried(listing),
            "reset_url": None if controls.unused(listing) else saved["plain_url"],
            "chips": controls.chips(listing, base),
            "sort_chips": tables.sort_chips(listing, base),
            "builder": controls.builder(listing, self),
            "saved": saved,
            "chooser": self.columns_context(listing, layout),
            "whole_url": self._whole_url(listing),
            "export": self.export_context(listing),
            "bulk": [*self._bulk_moves(listing), *self.bulk_buttons(listing)],
            "select_url": address(f"{self.route_base}/select", args, selection=None),
            "query_string": query(args, page=None, selection=None),
            "chosen": chosen and {"id": chosen.id, "keys": chosen.keys},
            "chosen_gone_url": address(base, args, selection=None),
            "empty": self._nothing(listing),
        }

    def _whole_url(self, listing: Listing) -> str:
        """Return an address that shows others this very list, with the columns that I chose."""
        own = None if listing.usual_columns else ",".join(one.name for one in listing.fields)
        size = None if listing.size == usual(listing.model) else listing.size
        return address(self.list_url, listing.args, columns=own, size=size, selection=None)

    def row_url(self, item: Any) -> str:
        """Return the record page of a row; empty if this user may not open it."""
        return f"{self.route_base}/show/{item.id}" if may("can_show", self) else ""

    def list_buttons(self, listing: Listing) -> list[Context]:
        """Return 新增 if this user may add; mixins in front of this class add further buttons."""
        buttons: list[Context] = []
        if self._may_add():
            url = address(f"{self.route_base}/add", self._parents(listing))
            label = f"新增{describe(listing.model).label}"
            buttons.append({"label": label, "url": url, "primary": True, "icon": "add"})
        return buttons

    def tab_buttons(self, listing: Listing) -> list[Context]:
        """Return the list's buttons that also appear on a tab of the parent's page."""
        buttons = self.list_buttons(listing)
        return [one for one in buttons if one.get("primary") or one.get("in_tab")]

    def bulk_buttons(self, listing: Listing) -> list[Context]:
        """Return acts on ticked rows: {label, url, name?, value?, icon?, danger?, confirm?, note?}.

        A mixin in front of this class extends ``super().bulk_buttons(listing)``. Its route reads
        the posted rows with ``selecting.asked_keys``.
        """
        return []

    def _may_add(self) -> bool:
        return may("can_add", self) and editable.may_add(self.datamodel.actor, self.datamodel.obj)

    def _parents(self, listing: Listing) -> dict[str, str]:
        """Return the related rows that the list is filtered to; a new row will belong to them."""
        return {
            condition.field.name: str(condition.key)
            for condition in listing.search.conditions
            if condition.key is not None
        }

    def _bulk_moves(self, listing: Listing) -> list[Context]:
        """Return the moves of this person's roles, in a list of one state those from there."""
        procedure = find_procedure(listing.model.__name__)
        if procedure is None or not may("can_move", self):
            return []
        state = _only_state(listing)
        moves = procedure.moves if state is None else procedure.moves_from(state)
        return [
            {
                "url": f"{self.route_base}/moves",
                "name": "action",
                "value": move.name,
                "label": move.label,
                "confirm": move.confirm,
                "note": move.note,
                "danger": move.danger,
                "rare": move.rare,
            }
            for move in moves
            if self.datamodel.actor.has(*move.roles)
        ]

    def _nothing(self, listing: Listing) -> Context:
        label = describe(listing.model).label
        if controls.unused(listing):
            return {"title": f"还没有{label}"}
        return {"title": f"没有符合条件的{label}", "text": "请放宽条件，或清空后重新查询。"}


def _only_state(listing: Listing) -> str | None:
    """Return the only state that rows of the list can have; None if there may be several."""
    for one in listing.search.conditions:
        narrows = one.operator is not None and one.operator.name in ("is", "in")
        if one.field.name == "state" and narrows and len(one.values) == 1:
            return one.values[0]
    return None


def _carried(listing: Listing) -> Pairs:
    """Return the parameters that a search by the simple controls must keep."""
    named = {name for one in listing.search.conditions if not one.simple for name in one.written}
    names = (*named, "sort", "size", "columns", "view")
    return [(name, value) for name in names for value in values_of(listing.args, name) if value]
