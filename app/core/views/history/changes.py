"""Who changed what, across all tables? Read only."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access

from app.core.accounts.places import places
from app.core.bulk import restoring
from app.core.declarations.base import Entity, entities, entity_named
from app.core.declarations.behaviour import state_label
from app.core.declarations.field import Field, describe
from app.core.errors import AppError, NotFound, RulesBroken
from app.core.history import change_list, operations
from app.core.history.history import KINDS
from app.core.masking import mask_identity, mask_phone
from app.core.outside import as_key
from app.core.records.code_lists import code_name
from app.core.roles import Power
from app.core.scope import actor_of
from app.core.tables.packed import Line
from app.core.tables.user import ACCOUNT
from app.core.views import tables
from app.core.views.addresses import address, may, record_url
from app.core.views.cells import UNSEEN, code_lists, plain
from app.core.views.columns import is_many, key_name, target_of
from app.core.views.interface import EntityInterface
from app.core.views.lists.filters import asked, check_names

SIZE = 50
LABEL = "变更记录"
COLUMNS = (("at", "时间"), ("who", "办理人"), ("kind", "操作"), ("entity", "数据"),
           ("title", "记录"), ("fields", "项目"))  # fmt: skip
COLOURS = {
    "add": "green", "edit": "blue", "delete": "red", "restore": "teal", "export": "orange",
    "import": "teal", "login": "grey", "denied": "red",
}  # fmt: skip
#: What the list may be narrowed to beside a kind: deletions of which nothing came back.
GONE = (change_list.GONE, "已删除（未恢复）")
SOURCES = {
    "screen": "页面", "cli": "命令行", "command": "命令行", "system": "系统", "api": "接口",
    "job": "后台任务", "feed": "期限日历",
}  # fmt: skip


def _account_labels() -> dict[str, str]:
    """Accounts are no table of the product's own; their fields are named here."""
    return {
        "username": "用户名", "name": "姓名", "role": "角色", "email": "电子邮箱", "active": "启用",
        "locked": "锁定", "password": "密码",
        **{f"{link.name}_id": link.label for link in places().links},
    }  # fmt: skip


Context = dict[str, Any]


class ChangeView(BaseView):
    """变更记录: for those who watch over the work."""

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
        return self.render_template("entity/show.html", **_page(change, self))

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
    texts = (plain(change.at), change.actor_name, _kind(change), _label(change.entity),
             change.title, "、".join(label for label, _, _ in _named(change)))  # fmt: skip
    cells: list[Context] = [{"text": text} for text in texts]
    cells[2] |= {"kind": "badge", "colour": COLOURS.get(change.kind, "grey")}
    return {"pk": change.key, "url": url_for("ChangeView.show", pk=change.key), "cells": cells}


def _kind(change: Line) -> str:
    return KINDS.get(change.kind, change.kind)


def _model(name: str) -> type[Entity] | None:
    return entity_named(name) if name in {one.__name__ for one in entities()} else None


def _label(name: str) -> str:
    model = _model(name)
    return describe(model).label if model is not None else "用户" if name == ACCOUNT else name


def _named(change: Line) -> list[tuple[str, Field | None, list[Any]]]:
    """The changed fields with their labels; what no declaration names is left out."""
    model = _model(change.entity)
    labels: dict[str, tuple[str, Field | None]] = {
        name: (label, None) for name, label in _account_labels().items() if change.entity == ACCOUNT
    }
    for field in describe(model).fields if model is not None else ():
        labels[_stored_name(model, field)] = (field.label, field)
    told = [
        (name, pair) for name, pair in change.fields.items() if name in labels or not name.isascii()
    ]
    return [(*labels.get(name, (name, None)), pair) for name, pair in told]


def _stored_name(model: type[Entity] | None, field: Field) -> str:
    if model is None or not field.relation or is_many(model, field):
        return field.name
    return key_name(model, field)


def _page(change: Line, view: Any) -> Context:
    gone = change.kind == "delete"
    fields = [
        {"label": label, "text": _text(change, field, before) if gone else
         f"{_text(change, field, before)} → {_text(change, field, after)}", "wide": not gone}
        for label, field, (before, after) in _named(change)
        if not (gone and before in (None, ""))
    ]  # fmt: skip
    heading = "删除前的内容" if gone else "变更内容"
    facts = [
        {"label": "时间", "text": plain(change.at)},
        {"label": "办理人", "text": change.actor_name},
        {"label": "来源", "text": SOURCES.get(change.source, change.source)},
    ]
    return {
        "title": LABEL,
        "breadcrumbs": [(LABEL, url_for("ChangeView.list")), (change.title, None)],
        "head": {
            "number": _label(change.entity),
            "title": change.title or _label(change.entity),
            "state": _kind(change),
            "colour": COLOURS.get(change.kind, "grey"),
            "facts": facts,
        },
        "notices": _notices(change),
        "moves": _restoring(change, view) if gone else [],
        "buttons": _buttons(change),
        "tabs": [{"key": "detail", "label": heading,
                  "groups": [{"title": heading, "fields": fields}]}],
    }  # fmt: skip


def _notices(change: Line) -> list[Context]:
    """The act over many rows that the change was part of."""
    session = current_app.appbuilder.session
    named = operations.named(session, [change.operation]).get(change.operation)
    if named is None:
        return []
    url = url_for("OperationView.show", name=named.name)
    return [{"text": f"属于同一次操作：{named.title}。", "url": url}]


def _restoring(change: Line, view: Any) -> list[Context]:
    """恢复, for who may; where it cannot be done any more, why."""
    if not may("can_restore", view):
        return []
    session = current_app.appbuilder.session
    why = restoring.may_restore(session, actor_of(session), change)
    label = _label(change.entity)
    confirm = f"恢复{label}“{change.title}”，连同随它删除的记录？"
    url = url_for("ChangeView.restore", pk=change.key)
    return [{"label": "恢复", "url": url, "confirm": confirm, "primary": True, "icon": "undo",
             "disabled": bool(why), "why": why}]  # fmt: skip


def _buttons(change: Line) -> list[Context]:
    model = _model(change.entity)
    item = EntityInterface(model).one(change.record_id) if model is not None else None
    url = record_url(item)
    return [{"label": "查看记录", "url": address(url, {"tab": "timeline"})}] if url else []


def _text(change: Line, field: Field | None, value: Any) -> str:
    if value is None or value == "":
        return "（空）"
    model = _model(change.entity)
    if field is None or model is None:
        return plain(value)
    if field.relation and is_many(model, field):
        return str(value)  # kept by their titles
    if field.relation:
        row = EntityInterface(target_of(model, field)).one(value)
        return str(row) if row is not None else UNSEEN
    if field.sensitive:
        return {"id_number": mask_identity, "phone": mask_phone}[field.sensitive](str(value))
    if field.name == "state":
        return state_label(change.entity, str(value))
    if field.codes:
        return code_name(str(value), code_lists().get(field.codes, ()))
    return dict(field.choices).get(str(value), plain(value))
