"""Which JSON schema does a row have when sent and when received?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.records import guarded
from app.core.roles import SYSTEM, Actor
from app.core.views.columns import column_of, filled_in, is_many, shown

Schema = dict[str, Any]

RELATED: Schema = {
    "type": "object",
    "nullable": True,
    "properties": {"id": {"type": "integer", "nullable": True}, "text": {"type": "string"}},
}


def row_schema(model: type[Entity]) -> Schema:
    """Return the schema of a row as read: every field shown on its page, with label and help."""
    properties: Schema = {
        "id": {"type": "integer"},
        "version": {"type": "integer", "description": "修改时须带上读到的版本"},
    }
    for field in shown(model):
        properties[field.name] = _about(model, field) | (
            _related(model, field) if field.relation else _type(model, field)
        )
    return {"type": "object", "title": describe(model).label, "properties": properties}


def body_schema(model: type[Entity], actor: Actor = SYSTEM) -> Schema:
    """Return the schema of a row as sent: the fields of its form, related rows by key.

    Fields that the actor's role may not fill in are marked as read only.
    """
    fields, shut = filled_in(model, adding=True), guarded.closed(actor, model)
    properties = {
        one.name: _about(model, one)
        | _sent_as(model, one)
        | ({"readOnly": True} if one.name in shut else {})
        for one in fields
    }
    required = [one.name for one in fields if one.required]
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | ({"required": required} if required else {})


def _about(model: type[Entity], field: Field) -> Schema:
    notes = [field.help] if field.help else []
    notes += [f"代码表 {field.codes}"] if field.codes else []
    notes += ["显示时部分隐藏"] if field.sensitive else []
    notes += guarded.notes_on(model, field)
    return {"title": field.label} | ({"description": "；".join(notes)} if notes else {})


def _related(model: type[Entity], field: Field) -> Schema:
    if is_many(model, field):
        return {"type": "array", "items": RELATED}
    return RELATED


def _sent_as(model: type[Entity], field: Field) -> Schema:
    if not field.relation:
        return _type(model, field)
    if is_many(model, field):
        return {"type": "array", "items": {"type": "integer"}}
    return {"type": "integer", "nullable": not field.required}


def _type(model: type[Entity], field: Field) -> Schema:
    column = column_of(model, field)
    type_ = None if column is None else column.type
    nullable = {"nullable": True} if column is not None and column.nullable else {}
    if field.choices and not isinstance(type_, Integer):
        return {"type": "string", "enum": [value for value, _label in field.choices]} | nullable
    return _plain(type_) | _limits(field, type_) | nullable


def _limits(field: Field, type_: Any) -> Schema:
    # A decimal is sent as a text, for which JSON knows no range.
    if not isinstance(type_, Integer):
        return {}
    ends = {"minimum": field.minimum, "maximum": field.maximum}
    return {name: end for name, end in ends.items() if end is not None}


def _plain(type_: Any) -> Schema:
    if isinstance(type_, Boolean):
        return {"type": "boolean"}
    if isinstance(type_, Integer):
        return {"type": "integer"}
    if isinstance(type_, Numeric):
        return {"type": "string", "format": "decimal"}
    if isinstance(type_, DateTime):
        return {"type": "string", "format": "date-time", "example": "2021-04-24T09:00:00"}
    if isinstance(type_, Date):
        return {"type": "string", "format": "date"}
    length = getattr(type_, "length", None)
    return {"type": "string"} | ({"maxLength": length} if length else {})
