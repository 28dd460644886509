"""Which unique key did a row hit that the database refused, in the words of its fields?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import UniqueConstraint, inspect, select

from app.errors import Problem
from app.models import Entity
from app.models.field import Field, describe
from app.scope import AnySession

Key = dict[str, Any]


def unique_keys(item: Entity) -> list[Key]:
    """The row's values under each unique key of its table: column → value; asks nothing."""
    table: Any = inspect(type(item)).local_table
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys = {tuple(column.key for column in one.columns) for one in unique}
    keys |= {tuple(one.columns.keys()) for one in table.indexes if one.unique}
    return [{name: _value(item, name) for name in key} for key in sorted(keys)]


def _value(item: Entity, name: str) -> Any:
    """What will be written: the value, the key of the row referred to, or the column's default."""
    value = getattr(item, name)
    if value is not None:
        return value
    parent = getattr(item, name.removesuffix("_id"), None) if name.endswith("_id") else None
    default = inspect(type(item)).columns[name].default
    return parent.id if parent is not None else getattr(default, "arg", None)


def conflict(
    session: AnySession, model: type[Entity], own_id: int | None, keys: list[Key]
) -> Problem:
    """Why the database refused a row with these unique values, told from the rows that are there.

    Rows outside the actor's scope count too: a name is taken whoever took it.
    """
    label = describe(model).label
    for key in keys:
        if not _is_taken(session, model, own_id, key):
            continue
        fields = [_field(model, name) for name in key]
        named = "、".join(field.label for field in fields)
        message = f"已有相同“{named}”的{label}，请核对后修改"
        return Problem("duplicate", message, field=fields[-1].name)
    message = f"{label}没有保存：所选的关联记录可能刚刚被删除，请重新选择后再保存"
    return Problem("conflict", message)


def _is_taken(session: AnySession, model: type[Entity], own_id: int | None, key: Key) -> bool:
    same = [inspect(model).columns[name] == value for name, value in key.items()]
    found = select(model.id).where(*same).limit(1).execution_options(unscoped=True)
    if own_id is not None:
        found = found.where(model.id != own_id)
    return session.scalar(found) is not None


def _field(model: type[Entity], name: str) -> Field:
    declared = {field.name: field for field in describe(model).fields}
    return declared.get(name) or declared[name.removesuffix("_id")]
