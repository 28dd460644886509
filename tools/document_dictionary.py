"""Which tables and fields are stored, for the data dictionary?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect

import app.models  # noqa: F401 - declares the tables
from app.core.declarations.base import Entity, entities
from app.core.declarations.field import Field, describe
from app.core.roles import AREAS
from tools.document_permissions import table

TYPES = {
    "VARCHAR": "文字",
    "TEXT": "长文字",
    "INTEGER": "整数",
    "NUMERIC": "小数",
    "BOOLEAN": "是否",
    "DATE": "日期",
    "DATETIME": "时间",
}
SEARCHES = {
    "exact": "相等",
    "prefix": "开头",
    "contains": "包含",
    "range": "范围",
    "pick": "选择",
}
SENSITIVE = {"id_number": "证件号码，显示时遮盖", "phone": "电话，显示时遮盖"}


def page(head: str) -> list[str]:
    """Return the lines of the page; ``head`` is its notice of being generated."""
    lines = [
        "# 数据字典",
        "",
        head,
        "",
        "每张表另有 `id`、`version`（防止互相覆盖），",
        "`created_at`、`created_by_id`、`changed_at`、`changed_by_id`。",
        "",
        "表单一栏：✓ 可填，✓* 必填，— 由系统填写。",
        "",
    ]
    for model in sorted(entities(), key=lambda one: one.__name__):
        lines += _entity(model)
    return lines


def _entity(model: type[Entity]) -> list[str]:
    about = (model.__doc__ or "").strip().splitlines()[0]
    return [
        f"## {model.__label__} `{model.__name__}`",
        "",
        about,
        "",
        f"表 `{model.__tablename__}`，权限类别“{AREAS[model.__area__].title}”。{_unique(model)}",
        "",
        *table(
            ["名称", "字段", "类型", "表单", "检索", "导入时的其他叫法", "说明"],
            (_row(model, field) for field in describe(model).fields),
        ),
        "",
    ]


def _unique(model: type[Entity]) -> str:
    names = {f.name: f.label for f in describe(model).fields}
    columns: Any = inspect(model).local_table
    keys = [
        "＋".join(names.get(c.key) or names[c.key.removesuffix("_id")] for c in one.columns)
        for one in sorted(columns.constraints, key=lambda one: str(one.name))
        if one.__visit_name__ == "unique_constraint"
    ]
    return f"不得重复：{'；'.join(keys)}。" if keys else ""


def _row(model: type[Entity], field: Field) -> Iterable[str]:
    return [
        field.label,
        f"`{field.name}`",
        _type(model, field),
        ("✓*" if field.required else "✓") if field.form else "—",
        SEARCHES[field.search] if field.search else "",
        "、".join(field.aliases),
        "；".join(_notes(field)),
    ]


def _type(model: type[Entity], field: Field) -> str:
    if field.relation:
        relation = inspect(model).relationships[field.name]
        many = "（多个）" if relation.secondary is not None else ""
        return f"{describe(relation.mapper.class_).label}{many}"
    kind = inspect(model).columns[field.name].type
    length = getattr(kind, "length", None)
    return TYPES[kind.__visit_name__.upper().replace("STRING", "VARCHAR")] + (
        f" {length}" if length else ""
    )


def _notes(field: Field) -> Iterable[str]:
    if field.codes:
        yield f"代码表 `{field.codes}`"
    if field.choices:
        yield "、".join(f"{label} `{value}`" for value, label in field.choices if value)
    if field.minimum is not None:
        yield f"不小于 {field.minimum}"
    if field.maximum is not None:
        yield f"不大于 {field.maximum}"
    if field.not_before:
        yield f"不早于 `{field.not_before}`"
    if field.sensitive:
        yield SENSITIVE[field.sensitive]
    if field.help:
        yield field.help
