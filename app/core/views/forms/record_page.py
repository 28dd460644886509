"""What does the page of one record show?"""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core import clock
from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import NotFound
from app.core.history import history
from app.core.records import editable, guarded
from app.core.views import procedure, tables
from app.core.views.addresses import address, may, record_url
from app.core.views.cells import formatted_text, text_of
from app.core.views.columns import grouped, is_many, relations_among, shown, target_of
from app.core.views.lists.listing import Listing
from app.core.views.overrides import described
from app.core.views.rounds import RoundsOnPage
from app.core.workflow import moves

Context = dict[str, Any]

ROWS_IN_TAB = 10
MISSING = "没有这条记录，或不在您的管辖范围内"


def link_to(child: type[Entity], parent: type[Entity]) -> Field | None:
    """Return the relation by which rows of ``child`` belong to a row of ``parent``, or None."""
    for field in describe(child).fields:
        if field.relation and target_of(child, field) is parent:
            return field
    return None


class RecordPage(RoundsOnPage):
    """The route of an entity view that shows one record."""

    datamodel: Any
    route_base: str
    label: str
    list_title: str
    list_url: str
    related_views: tuple[type[Any], ...]
    _related_views: list[Any]
    #: Fields in the head of the page, below the title.
    facts: tuple[str, ...] = ()

    def wanted(self, pk: object, names: tuple[str, ...] | list[str] = ()) -> Any:
        """Return the record with that key; raises NotFound also if it is out of scope."""
        item = self.datamodel.one(pk, names)
        if item is None:
            raise NotFound(MISSING)
        return item

    @expose("/show/<pk>")
    @has_access
    def show(self, pk: str) -> Any:
        item = self.wanted(pk, relations_among(shown(self.datamodel.obj)))
        return self.render_template("entity/show.html", **self._show_context(item))

    @expose("/print/<pk>")
    @has_access
    @permission_name("show")
    def print_page(self, pk: str) -> Any:
        """Show the record for printing: the same groups, equally masked, without the menu."""
        item = self.wanted(pk, relations_among(shown(self.datamodel.obj)))
        return self.render_template(
            "entity/print.html",
            title=f"{self.label} {item}",
            breadcrumbs=[(self.list_title, self.list_url), (str(item), self._page_of(item))],
            back_url=self._page_of(item),
            head=self.head(item),
            label=self.label,
            item_name=str(item),
            printed_on=clock.today(),
            groups=self._groups(item),
        )

    def _page_of(self, item: Any) -> str:
        return f"{self.route_base}/show/{item.id}"

    def _print_button(self, item: Any) -> Context:
        url = f"{self.route_base}/print/{item.id}"
        return {"label": "打印", "url": url, "icon": "print"}

    def _show_context(self, item: Any) -> Context:
        tabs = self._tabs(item)
        return {
            "title": f"{self.label} {item}",
            "breadcrumbs": [(self.list_title, self.list_url), (str(item), None)],
            "head": self.head(item),
            "steps": procedure.line_of_states(item, self.steps_taken(item)),
            "notices": [*self.rounds_notices(item), *self.notices(item)],
            "moves": self._moves(item),
            "buttons": [
                *self.record_buttons(item),
                *self.action_buttons(item),
                self._print_button(item),
                *self._edit_button(item),
            ],
            "delete": self._delete(item),
            "active_tab": next((tab["key"] for tab in tabs if _chosen(tab)), tabs[0]["key"]),
            "tabs": tabs,
        }

    def head(self, item: Any) -> Context:
        """Return number, title, state and the most important facts."""
        declared = described(type(item))
        head: Context = {"title": str(item), "number": self.label, **procedure.standing(item)}
        names = {field.name for field in declared.fields}
        if declared.title in ("no", "number"):
            head["number"] = str(item)
            naming = next((name for name in ("name", "title", "holder") if name in names), "")
            head["title"] = str(getattr(item, naming)) if naming else self.label
        head["facts"] = [self._fact(item, declared.field(name)) for name in self.facts]
        return head

    def _fact(self, item: Any, field: Field) -> Context:
        return {"label": field.label, "text": text_of(item, field)}

    def notices(self, item: Any) -> list[Context]:
        """Return notices to read first; none by default."""
        return []

    def record_buttons(self, item: Any) -> list[Context]:
        """Return further buttons of the head, such as for printing; none by default."""
        return []

    def _edit_button(self, item: Any) -> list[Context]:
        if not may("can_edit", self):
            return []
        why = guarded.why_no_edit(self.datamodel.session, self.datamodel.actor, item)
        url = f"{self.route_base}/edit/{item.id}"
        return [{"label": "编辑", "url": url, "icon": "edit", "disabled": bool(why), "why": why}]

    def _delete(self, item: Any) -> Context | None:
        data = self.datamodel
        if not may("can_delete", self) or editable.may_remove(data.session, data.actor, item):
            return None
        confirm = f"确定删除{self.label}“{item}”？误删的可由管理员在“变更记录”里恢复。"
        return {"url": f"{self.route_base}/delete/{item.id}", "confirm": confirm}

    def _moves(self, item: Any) -> list[Context]:
        if procedure.table_for(item) is None or not may("can_move", self):
            return []
        base = f"{self.route_base}/{item.id}/move"
        offers = moves.offers(self.datamodel.session, self.datamodel.actor, item)
        # The usual next move comes first; moves that stop or send back come last.
        offers.sort(key=lambda offer: (not offer.move.primary, offer.move.danger))
        buttons = [procedure.button(offer, f"{base}/{offer.move.name}") for offer in offers]
        return [self.ask_for_answers(item, one) for one in buttons]

    def _tabs(self, item: Any) -> list[Context]:
        tabs: list[Context] = [{"key": "detail", "label": "基本信息", "groups": self._groups(item)}]
        children = self._children(item)
        counts = self._counts(item, children)
        for view, field in children:
            key, label = view.model.__tablename__, view.label
            tab: Context = {"key": key, "label": label, "count": counts[key]}
            tabs.append(tab | ({"table": self._table(item, view, field)} if _chosen(tab) else {}))
        more = [
            *self.rounds_tabs(item),
            *self.more_tabs(item),
            ("timeline", "办理过程", self._timeline),
        ]
        for key, label, content in more:
            tab = {"key": key, "label": label}
            tabs.append(tab | (content(item) if _chosen(tab) else {}))
        return tabs

    def more_tabs(self, item: Any) -> list[tuple[str, str, Any]]:
        """Return further tabs: key, label and a function that makes the content when opened."""
        return []

    def _groups(self, item: Any) -> list[Context]:
        return [
            {"title": title, "fields": [self._shown(item, field) for field in fields]}
            for title, fields in grouped(type(item), shown(type(item)))
        ]

    def _shown(self, item: Any, field: Field) -> Context:
        own = formatted_text(item, field)
        text = text_of(item, field) if own is None else own
        found: Context = {"label": field.label, "text": text}
        found |= {"help": field.help, "wide": field.multiline}
        if field.name == "state":
            found["colour"] = procedure.standing(item).get("colour")
        if own is None and field.relation and not is_many(type(item), field):
            found["url"] = record_url(getattr(item, field.name))
        return found

    def _children(self, item: Any) -> list[tuple[Any, Field]]:
        """Return the views of related rows that this user may list, in their declared order."""
        order = list(self.related_views)
        views = sorted(self._related_views, key=lambda view: order.index(type(view)))
        links = [(view, link_to(view.model, type(item))) for view in views]
        return [(view, link) for view, link in links if link and may("can_list", view)]

    def _counts(self, item: Any, children: list[tuple[Any, Field]]) -> dict[str, int]:
        if not children:
            return {}
        wanted = {}
        for view, field in children:
            search = Listing(view.datamodel, {field.name: str(item.id)}).search
            wanted[view.model.__tablename__] = view.datamodel.counted(search.clauses)
        counts: dict[str, int] = self.datamodel.counts(wanted)
        return counts

    def _table(self, item: Any, view: Any, field: Field) -> Context:
        args = {field.name: str(item.id)}
        listing = view.listing(args, size=ROWS_IN_TAB, hidden=field.name)
        why = editable.frozen_reason(view.model(**{field.name: item}))
        shut = {"disabled": bool(why), "why": why}
        buttons = [one | shut for one in view.tab_buttons(listing)]
        return {
            "columns": tables.plain_heads(listing),
            "rows": tables.body(listing, view.row_url),
            "total": listing.total,
            "more_url": address(view.list_url, args),
            "buttons": buttons,
            "empty": {"title": f"还没有{view.label}"},
        }

    def _timeline(self, item: Any) -> Context:
        events = [
            {
                "at": event.at.strftime("%Y-%m-%d %H:%M"),
                "who": event.who,
                "text": event.text,
                "note": event.note,
                "kind": event.kind,
                "changes": event.changes,
                "operation": event.operation
                and {
                    "title": event.operation.title,
                    "url": url_for("OperationView.show", name=event.operation.name),
                },
            }
            for event in history.timeline(self.datamodel.session, item)
        ]
        return {"timeline": events}


def _chosen(tab: Context) -> bool:
    return request.args.get("tab", "detail") == tab["key"]
