"""How are code lists maintained, with values in order, in use or retired?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core.bulk import code_order
from app.core.errors import AppError
from app.core.records import code_uses, record
from app.core.tables import CodeItem, CodeKind
from app.core.views.addresses import address, may, view_of
from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.core.views.lists.listing import Listing
from app.roles import SYSTEM_ADMIN

Context = dict[str, Any]

COLUMNS = (
    ("name", "名称", "left"),
    ("order", "次序", "right"),
    ("aliases", "导入时认得的其他写法", "left"),
    ("active", "状态", "left"),
    ("uses", "使用情况", "left"),
)


class CodeItemView(EntityView):
    """代码项."""

    datamodel = EntityInterface(CodeItem)
    order = ("kind_id", "order")
    grid = ("order", "name", "code", "aliases", "active")
    grid_adds = True

    @expose("/shift/<pk>/<way>", methods=["POST"])
    @has_access
    @permission_name("edit")
    def shift(self, pk: str, way: str) -> Any:
        """Move a value up or down in its list."""
        item = self.wanted(pk, ("kind",))
        try:
            session, actor = self.datamodel.session, self.datamodel.actor
            code_order.shift(session, actor, item, up=way == "up")
        except AppError as refusal:
            flash(refusal.message, "danger")
        return redirect(items_url(item.kind_id))

    @expose("/turn/<pk>", methods=["POST"])
    @has_access
    @permission_name("edit")
    def turn(self, pk: str) -> Any:
        """Retire a value, or reactivate it."""
        item = self.wanted(pk, ("kind",))
        item.active = not item.active
        now = "恢复使用" if item.active else "停用：以前填的照常显示，今后不再提供选择"
        try:
            record.edit(self.datamodel.session, self.datamodel.actor, item)
            flash(f"“{item.name}”已{now}", "success")
        except AppError as refusal:
            flash(refusal.message, "danger")
        return redirect(items_url(item.kind_id))

    def record_buttons(self, item: Any) -> list[Context]:
        buttons = [{"label": "返回代码表", "url": items_url(item.kind_id)}]
        return [*buttons, self.turn_button(item)] if may("can_edit", self) else buttons

    def turn_button(self, item: CodeItem) -> Context:
        """Return the button 停用 or 恢复使用."""
        label = "停用" if item.active else "恢复使用"
        url = f"{self.route_base}/turn/{item.id}"
        what = "以前填的照常显示，今后不再提供选择，也不能再导入。" if item.active else ""
        confirm = f"{label}“{item.name}”？{what}"
        return {"label": label, "url": url, "method": "post", "confirm": confirm}


class CodeKindView(EntityView):
    """代码表."""

    datamodel = EntityInterface(CodeKind)
    related_views = (CodeItemView,)
    description = "点名称维护各表的代码项：增加、改名、排序、停用。"

    def row_url(self, item: Any) -> str:
        return items_url(item.id) if may("can_show", self) else ""

    def record_buttons(self, item: Any) -> list[Context]:
        return [{"label": "维护代码项", "url": items_url(item.id), "primary": True}]

    @expose("/items/<pk>")
    @has_access
    @permission_name("show")
    def items(self, pk: str) -> Any:
        """Show the values of one list in order, with where each is used."""
        kind = self.wanted(pk)
        view: Any = view_of(CodeItem)
        session = self.datamodel.session
        found = code_order.items_of(session, kind)
        uses = code_uses.uses(session, kind.kind)
        rows = [_row(view, item, uses.get(item.code, ())) for item in found]
        return self.render_template(
            "entity/codes.html",
            title=kind.title,
            description="已经用过的值不能删除，可以停用；停用后旧记录照常显示，"
            "新填和导入时不再提供。",
            breadcrumbs=[(self.list_title, self.list_url), (kind.title, None)],
            buttons=self._buttons(kind, view),
            columns=[{"name": n, "label": label, "align": a} for n, label, a in COLUMNS],
            rows=rows,
            empty={"title": "还没有代码项"},
        )

    def _buttons(self, kind: CodeKind, view: Any) -> list[Context]:
        listing = Listing(view.datamodel, {"kind": str(kind.id)})
        buttons: list[Context] = view.tab_buttons(listing)
        if self.datamodel.actor.has(SYSTEM_ADMIN):
            url = url_for(f"{self.endpoint}.show", pk=kind.id)
            buttons.append({"label": "代码表属性", "url": url})
        return buttons


def items_url(kind_id: int) -> str:
    """Return the URL of the page with the values of a list."""
    return url_for("CodeKindView.items", pk=kind_id)


def _row(view: Any, item: CodeItem, uses: tuple[code_uses.Use, ...]) -> Context:
    used = "、".join(one.text for one in uses)
    state = ("在用", "green") if item.active else ("已停用", "grey")
    cells = [
        {"text": item.name, "title": f"代码 {item.code}"},
        {"text": str(item.order), "kind": "number"},
        {"text": item.aliases.replace("|", "、")},
        {"text": state[0], "colour": state[1], "kind": "badge"},
        {"text": used or "没有用过"},
    ]
    return {
        "pk": item.id,
        "url": address(f"{view.route_base}/edit/{item.id}", {}) if may("can_edit", view) else "",
        "cells": cells,
        "muted": not item.active,
        "actions": _actions(view, item, used=bool(uses)),
    }


def _actions(view: Any, item: CodeItem, *, used: bool) -> list[Context]:
    if not may("can_edit", view):
        return []
    base = view.route_base
    actions: list[Context] = [
        {"label": "上移", "url": f"{base}/shift/{item.id}/up", "method": "post"},
        {"label": "下移", "url": f"{base}/shift/{item.id}/down", "method": "post"},
        {"label": "改名", "url": f"{base}/edit/{item.id}"},
        view.turn_button(item),
    ]
    if may("can_delete", view):
        confirm = f"确定删除代码项“{item.name}”？"
        why = "已经用过，不能删除，请停用" if used else ""
        url = f"{base}/delete/{item.id}"
        gone = {"label": "删除", "url": url, "method": "post", "danger": True, "confirm": confirm}
        actions.append(gone | {"disabled": bool(why), "why": why})
    return actions
