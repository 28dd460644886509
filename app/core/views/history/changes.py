"""Who changed what, across all tables?"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access

from app.core.bulk import restoring
from app.core.declarations.base import entities
from app.core.declarations.field import describe
from app.core.errors import AppError, NotFound, RulesBroken
from app.core.history import change_list
from app.core.history.history import KINDS
from app.core.outside import as_key
from app.core.roles import Power
from app.core.scope import actor_of
from app.core.tables.packed import Line
from app.core.tables.user import ACCOUNT
from app.core.views import tables
from app.core.views.addresses import record_url
from app.core.views.cells import plain
from app.core.views.history.change_page import (
    COLOURS,
    LABEL,
    Context,
    kind_of,
    label_of,
    named_fields,
    page_of,
)
from app.core.views.lists.condition_names import check_names
from app.core.views.lists.filters import asked

SIZE = 50
COLUMNS = (("at", "时间"), ("who", "办理人"), ("kind", "操作"), ("entity", "数据"),
           ("title", "记录"), ("fields", "项目"))  # fmt: skip
#: A further filter besides the kinds: deletions that were not restored.
GONE = (change_list.GONE, "已删除（未恢复）")


class ChangeView(BaseView):
    """变更记录: for those who supervise the work."""

    route_base = "/change"
    class_permission_name = "Change"
    default_view = "list"
    open_to = {
        "can_list": Power.HISTORY,
        "can_show": Power.HISTORY,
        "can_restore": Power.RESTORE,
    }

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        session, args = current_app.appbuilder.session, request.args
        check_names(args, {"q", "entity", "kind", "at_from", "at_to", "page"})
        page = as_key(args.get("page", "1")) or 1
        found = change_list.page_of(session, actor_of(session), _wanted(args), page, SIZE)
        base, last = url_for("ChangeView.list"), max(1, -(-found.total // found.size))
        return self.render_template(
            "entity/list.html",
            title=LABEL,
            entity={"label": LABEL},
            breadcrumbs=[(LABEL, None)],
            columns=[{"name": name, "label": label} for name, label in COLUMNS],
            rows=[_row(one) for one in found.changes],
            total=found.total,
            page=found.number,
            page_size=found.size,
            pages=tables.page_links(base, args, found.number, last),
            quick_search=args.get("q", ""),
            quick_search_hint="记录、办理人",
            filters=_filters(args),
            reset_url=base if args else None,
        )

    @expose("/show/<pk>")
    @has_access
    def show(self, pk: str) -> Any:
        session = current_app.appbuilder.session
        change = change_list.one(session, actor_of(session), pk)
        if change is None:
            raise NotFound("没有这条变更记录，或您不能查看")
        return self.render_template("entity/show.html", **page_of(change, self))

    @expose("/restore/<pk>", methods=["POST"])
    @has_access
    def restore(self, pk: str) -> Any:
        session = current_app.appbuilder.session
        change = change_list.one(session, actor_of(session), pk)
        if change is None:
            raise NotFound("没有这条变更记录，或您不能查看")
        try:
            item = restoring.restore(session, actor_of(session), change)
        except RulesBroken as refusal:
            flash("没有恢复。" + "；".join(one.message for one in refusal.problems), "danger")
        except AppError as refusal:
            flash(refusal.message, "danger")
        else:
            label = describe(type(item)).label
            flash(f"已恢复{label}“{item}”，连同随它删除的记录", "success")
            return redirect(record_url(item) or url_for("ChangeView.list"))
        return redirect(url_for("ChangeView.show", pk=pk))


def _wanted(args: Any) -> change_list.Wanted:
    return change_list.Wanted(
        words=asked(args, "q"),
        entity=asked(args, "entity"),
        kind=asked(args, "kind"),
        first=_day(args.get("at_from", "")),
        last=_day(args.get("at_to", "")),
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _filters(args: Any) -> list[Context]:
    kinds = [*KINDS.items(), GONE]
    named = sorted((one.__name__, describe(one).label) for one in entities())
    named.append((ACCOUNT, "用户"))
    days = (args.get("at_from", ""), args.get("at_to", ""))
    return [
        {"name": "at", "label": "时间", "kind": "date_range", "value": days},
        {"name": "kind", "label": "操作", "kind": "select", "options": kinds,
         "value": args.get("kind", "")},
        {"name": "entity", "label": "数据", "kind": "select", "options": named,
         "value": args.get("entity", "")},
    ]  # fmt: skip


def _row(change: Line) -> Context:
    texts = (plain(change.at), change.actor_name, kind_of(change), label_of(change.entity),
             change.title, "、".join(label for label, _, _ in named_fields(change)))  # fmt: skip
    cells: list[Context] = [{"text": text} for text in texts]
    cells[2] |= {"kind": "badge", "colour": COLOURS.get(change.kind, "grey")}
    return {"pk": change.key, "url": url_for("ChangeView.show", pk=change.key), "cells": cells}
