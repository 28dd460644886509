"""What did a bulk operation do, and how is it undone?"""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access

from app.core.bulk import undo
from app.core.declarations.base import entity_named
from app.core.errors import AppError, RulesBroken
from app.core.history import operation_rows
from app.core.history.history import COLOURS, KINDS
from app.core.history.operations import Named
from app.core.outside import as_key
from app.core.roles import Power
from app.core.scope import actor_of
from app.core.views import tables
from app.core.views.addresses import may, page_url, view_of
from app.core.views.history.change_page import SOURCES

SIZE = 50
#: The most rows preventing an undo that are named.
MOST = 20

Context = dict[str, Any]


class OperationView(BaseView):
    """批量操作: one bulk operation, for those who see its rows."""

    route_base = "/operation"
    class_permission_name = "Operation"
    default_view = "show"
    open_to = {"can_show": Power.ENTER, "can_undo": Power.CHANGE}

    @expose("/show/<name>")
    @has_access
    def show(self, name: str) -> Any:
        session, page = _session(), as_key(request.args.get("page", "1")) or 1
        shown = operation_rows.look(session, actor_of(session), name, page, SIZE)
        last, title = -(-shown.total // SIZE), shown.named.title
        barred = [] if shown.undone_by else undo.obstacles(session, name)
        return self.render_template(
            "entity/operation.html",
            title=title,
            breadcrumbs=[("变更记录", page_url("ChangeView.list") or None), (title, None)],
            shown=shown,
            source=SOURCES.get(shown.source, shown.source),
            lines=[_line(one) for one in shown.lines],
            undoes=_link(shown.undoes),
            undone_by=_link(shown.undone_by),
            barred=[one.message for one in barred[:MOST]],
            barred_count=len(barred),
            undo=self._undo_button(shown, barred=bool(barred)),
            pages=tables.page_links(request.path, request.args, shown.page, last),
            page=shown.page,
        )

    @expose("/undo/<name>", methods=["POST"])
    @has_access
    def undo(self, name: str) -> Any:
        session, here = _session(), url_for("OperationView.show", name=name)
        try:
            done = undo.undo(session, actor_of(session), name)
        except RulesBroken as refusal:
            reasons = [one.message for one in refusal.problems[:MOST]]
            left = len(refusal.problems) - len(reasons)
            more = [f"……另有 {left} 条"] if left > 0 else []
            flash("没有撤销，一条也没有改动。" + "；".join([*reasons, *more]), "danger")
            return redirect(here)
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(here)
        flash(f"已{done.title.replace(' ', '“', 1)}”，共 {done.count} 条", "success")
        return redirect(url_for("OperationView.show", name=done.operation))

    def _undo_button(self, shown: operation_rows.OperationPage, *, barred: bool) -> Context | None:
        if shown.undone_by is not None or not may("can_undo", self):
            return None
        label = "重做" if shown.named.kind == "undo" else "撤销"
        return {
            "label": f"{label}这次操作",
            "url": url_for("OperationView.undo", name=shown.named.name),
            "method": "post",
            "icon": "undo",
            "confirm": f"确定{label}“{shown.named.title}”？涉及的记录将全部恢复原值；"
            "有一条不能恢复，就一条也不改。",
            "disabled": barred,
            "why": "有的记录后来又改过，不能整批撤销" if barred else "",
        }


def _session() -> Any:
    return current_app.appbuilder.session


def _link(named: Named | None) -> Context | None:
    if named is None:
        return None
    return {"title": named.title, "url": url_for("OperationView.show", name=named.name)}


def _line(line: operation_rows.Line) -> Context:
    view, url = view_of(entity_named(line.entity)), ""
    if view is not None and may("can_show", view) and line.kind != "delete":
        url = url_for(f"{view.endpoint}.show", pk=line.record_id, tab="timeline")
    return {
        "label": line.label,
        "title": line.title,
        "url": url,
        "kind": KINDS.get(line.kind, line.kind),
        "colour": COLOURS.get(line.kind, "blue"),
        "changes": line.changes,
    }
