"""Are all required fields filled in, with texts that the database can store?"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import Problem
from app.core.refusals.records import BAD_CHARACTERS, REQUIRED, TOO_LONG


def completeness_problems(item: Entity, later: Collection[str] = ()) -> list[Problem]:
    """Return a problem for each field that is missing, too long or not storable as text.

    ``later`` names fields that are filled in only when the row is written.
    """
    return [*_missing(item, later), *_unstorable(item)]


def _missing(item: Entity, later: Collection[str]) -> list[Problem]:
    model: Any = type(item)
    return [
        REQUIRED.of(field=field.name, label=field.label)
        for field in _required(model)
        if field.name not in later and _is_empty(item, field)
    ]


def _unstorable(item: Entity) -> list[Problem]:
    found = []
    model: Any = type(item)
    for field, size in _texts(model):
        text = getattr(item, field.name)
        if not isinstance(text, str):
            continue
        if size is not None and len(text) > size:
            message = f"“{field.label}”有{len(text)}个字，最多{size}个字，请缩短"
            found.append(TOO_LONG.saying(message, field=field.name))
        # PostgreSQL stores no NUL, and a lone surrogate cannot be encoded as UTF-8.
        elif any(one == "\0" or "\ud800" <= one <= "\udfff" for one in text):
            found.append(BAD_CHARACTERS.of(field=field.name, label=field.label))
    return found


@lru_cache(maxsize=256)
def _required(model: type[Any]) -> tuple[Field, ...]:
    return tuple(field for field in describe(model).fields if field.required)


@lru_cache(maxsize=256)
def _texts(model: type[Any]) -> tuple[tuple[Field, int | None], ...]:
    """Return the fields stored in columns, each with its maximum length (None: unlimited)."""
    columns = inspect(model).columns
    return tuple(
        (field, getattr(columns[field.name].type, "length", None))
        for field in describe(model).fields
        if field.name in columns
    )


def _is_empty(item: Entity, field: Field) -> bool:
    if field.relation and getattr(item, f"{field.name}_id", None) is not None:
        return False
    return getattr(item, field.name, None) in (None, "")
