"""What does the list of an entity show, and what can be done from there?"""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder import expose, has_access
from werkzeug.datastructures import MultiDict

from app.models.field import describe
from app.services import record
from app.views import controls, tables
from app.views.addresses import address, may, query
from app.views.listing import Listing
from app.views.selecting import kept_choice
from app.workflow.tables import table_of

Context = dict[str, Any]


class ListPage:
    """The list route of an entity view."""

    datamodel: Any
    route_base: str
    list_title: str
    #: Columns (with - for descending) by which the rows stand when nothing else is asked.
    order: tuple[str, ...] = ()
    #: One line below the title.
    description = ""

    def listing(self, args: Any = None, **options: Any) -> Listing:
        """The rows that ``args`` ask for; those of the request when not given."""
        asked = request.args if args is None else MultiDict(args)
        return Listing(self.datamodel, asked, order=self.order, **options)

    @property
    def list_url(self) -> str:
        """The address of the list without any condition."""
        return f"{self.route_base}/list/"

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        listing = self.listing()
        return self.render_template("entity/list.html", **self._list_context(listing))

    def _list_context(self, listing: Listing) -> Context:
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
            "keep": [(name, args[name]) for name in ("sort", "size") if args.get(name)],
            "reset_url": None if controls.unused(listing) else base,
            "chips": controls.chips(listing, base),
            "bulk": [*self._bulk_moves(listing), *self.bulk_buttons(listing)],
            "select_url": address(f"{self.route_base}/select", args, selection=None),
            "query_string": query(args, page=None, selection=None),
            "chosen": chosen and {"id": chosen.id, "keys": chosen.keys},
            "chosen_gone_url": address(base, args, selection=None),
            "empty": self._nothing(listing),
        }

    def row_url(self, item: Any) -> str:
        """The record page of a row; empty where this user may not open it."""
        return f"{self.route_base}/show/{item.id}" if may("can_show", self) else ""

    def list_buttons(self, listing: Listing) -> list[Context]:
        """新增 and 导出, as far as this user has them."""
        buttons: list[Context] = []
        if self._may_add():
            url = address(f"{self.route_base}/add", self._parents(listing))
            label = f"新增{describe(listing.model).label}"
            buttons.append({"label": label, "url": url, "primary": True, "icon": "add"})
        if may("can_export", self):
            for label, kind in (("导出 Excel", "xlsx"), ("导出 CSV", "csv")):
                asked = address(f"{self.route_base}/export", listing.args, format=kind, page=None)
                buttons.append({"label": label, "url": asked, "icon": "download"})
        return buttons

    def bulk_buttons(self, listing: Listing) -> list[Context]:
        """Acts on ticked rows: {label, url, name?, value?, icon?, danger?, confirm?, note?}.

        A mixin that stands before this class adds its own to ``super().bulk_buttons(listing)``;
        what its route is posted is read by ``selecting.asked_keys``.
        """
        return []

    def _may_add(self) -> bool:
        return may("can_add", self) and record.may_add(self.datamodel.actor, self.datamodel.obj)

    def _parents(self, listing: Listing) -> dict[str, str]:
        """The related rows that the list is narrowed to: a new row belongs to them too."""
        return {
            condition.field.name: str(condition.key)
            for condition in listing.search.conditions
            if condition.field.relation and condition.key
        }

    def _bulk_moves(self, listing: Listing) -> list[Context]:
        """The moves of this person's roles; of a list of one state only those that leave it."""
        table = table_of(listing.model.__name__)
        if table is None or not may("can_move", self):
            return []
        state = next((one for one in listing.search.conditions if one.field.name == "state"), None)
        moves = table.moves if state is None else table.moves_from(state.values[0])
        return [
            {
                "url": f"{self.route_base}/moves",
                "name": "action",
                "value": move.name,
                "label": move.label,
                "confirm": move.confirm,
                "note": move.note,
                "danger": move.danger,
            }
            for move in moves
            if self.datamodel.actor.has(*move.roles)
        ]

    def _nothing(self, listing: Listing) -> Context:
        label = describe(listing.model).label
        if controls.unused(listing):
            return {"title": f"还没有{label}"}
        return {"title": f"没有符合条件的{label}", "text": "请放宽条件，或清空后重新查询。"}
