"""How is a value of a row converted to JSON and back?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric

from app.core import outside
from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.errors import Problem
from app.core.outside import as_key
from app.core.refusals.asking import UNKNOWN_FIELD, UNREADABLE
from app.core.views.cells import UNSEEN, text_of
from app.core.views.columns import column_of, is_many, key_name
from app.core.views.interface import EntityInterface

#: Returned for values that the column cannot hold.
_UNREADABLE = object()


def sent(item: Any, fields: Iterable[Field], *, whole: bool) -> dict[str, Any]:
    """Return a row as JSON: key, version and fields; related rows by key and title.

    Identity numbers are masked unless ``whole``.
    """
    values = {one.name: _value(item, one, whole=whole) for one in fields}
    return {"id": item.id, "version": item.version, **values}


def _value(item: Any, field: Field, *, whole: bool) -> Any:
    value = getattr(item, field.name)
    if field.relation:
        if is_many(type(item), field):
            return [_related(one) for one in value]
        unseen = value is None and getattr(item, key_name(type(item), field)) is not None
        return {"id": None, "text": UNSEEN} if unseen else _related(value)
    if field.sensitive and not whole:
        return text_of(item, field)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _related(item: Entity | None) -> dict[str, Any] | None:
    return None if item is None else {"id": item.id, "text": str(item)}


def put(
    item: Any, fields: Mapping[str, Field], body: Mapping[str, Any], data: EntityInterface
) -> list[Problem]:
    """Set the fields of ``item`` that ``body`` names, and return the problems.

    A related row may be given by key or as it was sent. Rows out of scope count as missing.
    """
    found = []
    for name, value in body.items():
        field = fields.get(name)
        if field is None:
            found.append(UNKNOWN_FIELD.of(field=name, name=name))
            continue
        read = _read(type(item), field, value, data)
        if read is _UNREADABLE:
            found.append(UNREADABLE.of(field=name, label=field.label))
        else:
            setattr(item, name, read)
    return found


def _read(model: type[Entity], field: Field, value: Any, data: EntityInterface) -> Any:
    if field.relation:
        related = data.get_related_interface(field.name)
        if is_many(model, field):
            return _rows(related, value)
        return None if value is None else _row(related, value)
    column = column_of(model, field)
    if value is None:
        return None if column is not None and column.nullable else ""
    return _plain(None if column is None else column.type, value)


def _row(related: EntityInterface, value: Any) -> Any:
    key = as_key(value.get("id") if isinstance(value, Mapping) else value)
    row = related.one(key) if key is not None else None
    return _UNREADABLE if row is None else row


def _rows(related: EntityInterface, value: Any) -> Any:
    if not isinstance(value, list):
        return _UNREADABLE
    keys = [as_key(one.get("id") if isinstance(one, Mapping) else one) for one in value]
    rows = related.get_many([key for key in keys if key is not None])
    return rows if len(rows) == len(set(keys)) else _UNREADABLE


def _plain(type_: Any, value: Any) -> Any:
    if isinstance(type_, Boolean):
        return value if isinstance(value, bool) else _UNREADABLE
    if isinstance(type_, Integer):
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and abs(value) <= outside.LARGEST_INTEGER else _UNREADABLE
    if isinstance(type_, Numeric):
        return _amount(value)
    if not isinstance(value, str):
        return _UNREADABLE
    try:
        if isinstance(type_, DateTime):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo is None else _UNREADABLE
        return date.fromisoformat(value) if isinstance(type_, Date) else value
    except ValueError:
        return _UNREADABLE


def _amount(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return _UNREADABLE
    read = outside.amount(value)
    return _UNREADABLE if read is None else read
