"""How does a person save a list's view and layout, and choose what opens first?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, request
from flask_appbuilder import expose, has_access, permission_name

from app.core.errors import AppError, RulesBroken
from app.core.lists import list_layout, list_views
from app.core.lists.list_layout import Layout
from app.core.lists.list_views import Draft, View
from app.core.outside import as_key
from app.core.roles import TITLES
from app.core.views.addresses import address, query
from app.core.views.columns import choosable, grouped
from app.core.views.lists.listing import PAGE_SIZES, Listing

Context = dict[str, Any]

#: Parameters of an address that a saved view does not keep.
PASSING = ("page", "selection", "view", "format", "tab")


class SavedViews:
    """The routes that save views and layouts of a list, and their part of its page."""

    datamodel: Any
    route_base: str
    list_url: str

    @expose("/views", methods=["POST"])
    @has_access
    @permission_name("list")
    def keep_view(self) -> Any:
        """Save the present list as a new view, or over the open one."""
        form, data = request.form, self.datamodel
        view_id = as_key(form.get("view", ""))
        draft = Draft(
            name=form.get("name", "").replace("\0", ""),
            query=self._state_of(self._own_listing()),
            role=form.get("role", ""),
            leads=form.get("leads") == "1",
        )

        def save() -> int:
            kept = list_views.save(data.session, data.actor, data.obj, draft, view_id)
            if form.get("first") == "1":
                list_views.open_with(data.session, data.actor, data.obj, kept)
            flash(f"已保存视图“{draft.name.strip()}”", "success")
            return kept

        return self._back(save, view_id)

    @expose("/views/<pk>/first", methods=["POST"])
    @has_access
    @permission_name("list")
    def open_first(self, pk: str) -> Any:
        """Have the list open with this view; 0 means none, - the view of the role."""
        data, view_id = self.datamodel, None if pk == "-" else as_key(pk) or 0

        def choose() -> int | None:
            list_views.open_with(data.session, data.actor, data.obj, view_id)
            message = "已设为打开列表时的默认视图" if view_id else "打开列表时不再使用默认视图"
            flash(message, "success")
            return view_id

        return self._back(choose, view_id)

    @expose("/views/<pk>/delete", methods=["POST"])
    @has_access
    @permission_name("list")
    def drop_view(self, pk: str) -> Any:
        """Delete a view."""
        data = self.datamodel

        def drop() -> int:
            name = list_views.remove(data.session, data.actor, data.obj, as_key(pk) or 0)
            flash(f"已删除视图“{name}”", "success")
            return 0

        return self._back(drop, as_key(pk))

    @expose("/columns", methods=["POST"])
    @has_access
    @permission_name("list")
    def keep_columns(self) -> Any:
        """Store the person's columns and page size, or reset them."""
        data, form = self.datamodel, request.form
        before = list_layout.layout_of(data.session, data.actor, data.obj)
        known = {one.name for one in choosable(data.obj)}
        names = tuple(name for name in dict.fromkeys(form.getlist("columns")) if name in known)
        size = as_key(form.get("size", "")) or 0
        layout = replace(before, columns=names, size=size if size in PAGE_SIZES else 0)
        if form.get("reset") == "1":
            layout = Layout(first_view=before.first_view)
        elif not names:
            flash("至少要选一列，没有改动", "warning")
            layout = before
        list_layout.lay_out(data.session, data.actor, data.obj, layout)
        back = address(self.list_url, request.args, columns=None, size=None, page=None)
        return redirect(back, 303)

    def _back(self, act: Callable[[], int | None], view_id: int | None) -> Any:
        try:
            view_id = act()
        except RulesBroken as refusal:
            for problem in refusal.problems:
                flash(problem.message, "danger")
        except AppError as refusal:
            flash(refusal.message, "danger")
        return redirect(address(self.list_url, request.args, view=view_id), 303)

    def layout(self) -> Layout:
        """Return this person's layout of the list."""
        data = self.datamodel
        return list_layout.layout_of(data.session, data.actor, data.obj)

    def views(self) -> list[View]:
        """Return the views that this person sees."""
        data = self.datamodel
        return list_views.views_of(data.session, data.actor, data.obj)

    def _own_listing(self) -> Listing:
        layout = self.layout()
        return self.listing(columns=layout.columns, usual_size=layout.size)

    def _state_of(self, listing: Listing) -> str:
        """Return what a saved view keeps, sorted, so that equal lists give equal texts."""
        columns = ",".join(field.name for field in listing.fields)
        gone = dict.fromkeys(PASSING)
        written = query(listing.args, **gone, columns=columns, size=listing.size)
        return urlencode(sorted(parse_qsl(written)))

    def first_view_url(self, views: list[View], layout: Layout) -> str:
        """Return the view with which to open a list without conditions; empty for none."""
        if request.args or layout.first_view == 0:
            return ""
        first = list_views.first_of(views, self.datamodel.actor, layout)
        return self._view_url(first) if first is not None else ""

    def _view_url(self, view: View) -> str:
        kept = f"?{view.query}&" if view.query else "?"
        return f"{self.list_url}{kept}view={view.id}"

    def views_context(self, listing: Listing, views: list[View], layout: Layout) -> Context:
        """Return the views above a list: all of them, the open one and what can be done."""
        actor = self.datamodel.actor
        first = list_views.first_of(views, actor, layout)
        open_id = as_key(request.args.get("view", ""))
        opened = next((view for view in views if view.id == open_id), None)
        return {
            "views": [self._view_tab(view, first, opened) for view in views],
            "opened": opened,
            "changed": opened is not None and opened.query != self._state_of(listing),
            "plain_url": address(self.list_url, {}, view=0 if first is not None else None),
            "first": first,
            "url": address(f"{self.route_base}/views", request.args, selection=None),
            "base": f"{self.route_base}/views",
            "query_string": query(request.args, selection=None, page=None),
            "roles": [(one, TITLES[one]) for one in list_views.roles_to_share_with(actor)],
        }

    def _view_tab(self, view: View, first: View | None, opened: View | None) -> Context:
        shared = f"共享给{view.shared_with}" if view.role else "只有自己可见"
        owner = "" if view.mine else f"，{view.owner}建立"
        return {
            "id": view.id,
            "name": view.name,
            "url": self._view_url(view),
            "shared": bool(view.role),
            "meant": view.meant,
            "first": first is not None and first.id == view.id,
            "current": opened is not None and opened.id == view.id,
            "title": f"{shared}{owner}",
        }

    def columns_context(self, listing: Listing, layout: Layout) -> Context:
        """Return the column chooser: chosen columns in order, then the others by group."""
        chosen = [field.name for field in listing.fields]
        rest = [one for one in choosable(listing.model) if one.name not in chosen]
        return {
            "url": address(f"{self.route_base}/columns", request.args, selection=None),
            "chosen": [{"name": one.name, "label": one.label} for one in listing.fields],
            "rest": grouped(listing.model, rest),
            "sizes": PAGE_SIZES,
            "size": layout.size or PAGE_SIZES[0],
            "own": bool(layout.columns or layout.size),
        }
