"""What does a blank sheet explain about each of its columns?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.records.related import key_fields
from app.core.records.values import Reader
from app.core.sheets.reading.table import Column, Kind
from app.core.sheets.writing.blank import BlankColumn, BlankKind

_KINDS: dict[Kind, BlankKind] = {
    "integer": "integer",
    "number": "number",
    "date": "date",
    "moment": "moment",
}
_FORMS: dict[Kind, str] = {
    "integer": "整数",
    "number": "数字",
    "date": "日期：年-月-日",
    "moment": "日期和时间：年-月-日 时:分",
    "datetime_range": "起止时间：年-月-日 时:分-时:分",
    "person_names": "姓名，多人用顿号隔开",
    "long_number": "按文本填写完整号码，不要变成 1.3E+17",
    "name": "与证件一致",
}
_EXAMPLES: dict[Kind, str] = {
    "integer": "12",
    "number": "85.5",
    "date": "2021-04-24",
    "moment": "2021-04-24 09:00",
    "datetime_range": "2021-04-24 09:00-10:30",
    "person_names": "王小明、李小红",
}
#: Numbers of no real person, such as the examples in the national standards.
_SAMPLES = {
    "id_number": "11010519491231002X",
    "phone": "13800138000",
}
_SHOWN_CHOICES = 30


def explain(
    reader: Reader, field: Field, column: Column, *, required: bool, choices: tuple[str, ...] = ()
) -> BlankColumn:
    """Return the column of a blank sheet; ``choices`` are names of related records to offer."""
    fixed = tuple(one.name for one in reader.choices(field.name) if one.active and one.name)
    offered = fixed or choices
    return BlankColumn(
        heading=column.heading,
        kind="text" if offered else _KINDS.get(column.kind, "text"),
        required=required,
        # A cell for several names cannot be restricted to one value of a list.
        choices=() if _is_many(reader.model, field) else offered,
        strict=bool(fixed),
        meaning=field.help or _meaning(reader.model, field),
        form=_form(reader.model, field, column, offered),
        example=_example(field, column, offered),
    )


def _meaning(model: type[Entity], field: Field) -> str:
    if field.relation:
        return f"系统里已有的{describe(_target(model, field)).label}"
    return field.label


def _form(model: type[Entity], field: Field, column: Column, offered: tuple[str, ...]) -> str:
    if field.relation and column.kind != "person_names":
        keys = key_fields(_target(model, field))
        how = "填写" + "或".join(one.label for one in keys)
        several = "；多个用顿号隔开" if _is_many(model, field) else ""
        return ("从下拉列表中选择，或" if offered and not several else "") + how + several
    if offered:
        more = "等" if len(offered) > _SHOWN_CHOICES else ""
        return f"从下拉列表中选择：{'、'.join(offered[:_SHOWN_CHOICES])}{more}"
    words = _FORMS.get(column.kind, "文本")
    length = _length(model, field)
    return f"{words}，不超过 {length} 个字" if length and column.kind in ("text", "name") else words


def _length(model: type[Entity], field: Field) -> int | None:
    type_: Any = inspect(model).columns[field.name].type if not field.relation else None
    return type_.length if isinstance(type_, String) else None


def _example(field: Field, column: Column, offered: tuple[str, ...]) -> str:
    if offered:
        return offered[0]
    if field.label == "姓名":
        return "王小明"
    sample = field.sample or _SAMPLES.get(field.sensitive or "", "")
    return sample or _EXAMPLES.get(column.kind, "")


def _is_many(model: type[Entity], field: Field) -> bool:
    return field.relation and bool(inspect(model).relationships[field.name].uselist)


def _target(model: type[Entity], field: Field) -> type[Entity]:
    return inspect(model).relationships[field.name].mapper.class_  # type: ignore[no-any-return]
