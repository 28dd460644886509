"""How is one change of one row shown?"""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

from app.core.accounts.places import places
from app.core.bulk import restoring
from app.core.declarations.base import Entity, entities, entity_named
from app.core.declarations.behaviour import state_label
from app.core.declarations.field import Field, describe
from app.core.history import operations
from app.core.history.history import KINDS
from app.core.masking import mask_identity, mask_phone
from app.core.records.code_lists import code_name
from app.core.scope import actor_of
from app.core.tables.packed import Line
from app.core.tables.user import ACCOUNT
from app.core.views.addresses import address, may, record_url
from app.core.views.cells import UNSEEN, code_lists, plain
from app.core.views.columns import is_many, key_name, target_of
from app.core.views.interface import EntityInterface

LABEL = "变更记录"

COLOURS = {
    "add": "green", "edit": "blue", "delete": "red", "restore": "teal", "export": "orange",
    "import": "teal", "login": "grey", "denied": "red",
}  # fmt: skip

SOURCES = {
    "screen": "页面", "cli": "命令行", "command": "命令行", "system": "系统", "api": "接口",
    "job": "后台任务", "feed": "期限日历",
}  # fmt: skip


def _account_labels() -> dict[str, str]:
    """Return the labels of account fields, since accounts are no declared table."""
    return {
        "username": "用户名", "name": "姓名", "role": "角色", "email": "电子邮箱", "active": "启用",
        "locked": "锁定", "password": "密码",
        **{f"{link.name}_id": link.label for link in places().links},
    }  # fmt: skip


Context = dict[str, Any]


def kind_of(change: Line) -> str:
    """Return what was done to the row, in Chinese."""
    return KINDS.get(change.kind, change.kind)


def _model(name: str) -> type[Entity] | None:
    return entity_named(name) if name in {one.__name__ for one in entities()} else None


def label_of(name: str) -> str:
    """Return the Chinese name of that table's rows."""
    model = _model(name)
    return describe(model).label if model is not None else "用户" if name == ACCOUNT else name


def named_fields(change: Line) -> list[tuple[str, Field | None, list[Any]]]:
    """Return the changed fields with labels; undeclared ones are left out."""
    model = _model(change.entity)
    labels: dict[str, tuple[str, Field | None]] = {
        name: (label, None) for name, label in _account_labels().items() if change.entity == ACCOUNT
    }
    for field in describe(model).fields if model is not None else ():
        labels[_stored_name(model, field)] = (field.label, field)
    shown = [
        (name, pair) for name, pair in change.fields.items() if name in labels or not name.isascii()
    ]
    return [(*labels.get(name, (name, None)), pair) for name, pair in shown]


def _stored_name(model: type[Entity] | None, field: Field) -> str:
    if model is None or not field.relation or is_many(model, field):
        return field.name
    return key_name(model, field)


def page_of(change: Line, view: Any) -> Context:
    """Return the whole page of one change."""
    gone = change.kind == "delete"
    fields = [
        {"label": label, "text": _text(change, field, before) if gone else
         f"{_text(change, field, before)} → {_text(change, field, after)}", "wide": not gone}
        for label, field, (before, after) in named_fields(change)
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
            "number": label_of(change.entity),
            "title": change.title or label_of(change.entity),
            "state": kind_of(change),
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
    """Return a notice of the bulk operation that the change was part of."""
    session = current_app.appbuilder.session
    named = operations.named(session, [change.operation]).get(change.operation)
    if named is None:
        return []
    url = url_for("OperationView.show", name=named.name)
    return [{"text": f"属于同一次操作：{named.title}。", "url": url}]


def _restoring(change: Line, view: Any) -> list[Context]:
    """Return the button 恢复 for those who may use it, disabled with the reason if impossible."""
    if not may("can_restore", view):
        return []
    session = current_app.appbuilder.session
    why = restoring.may_restore(session, actor_of(session), change)
    label = label_of(change.entity)
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
