"""Which words does a database's refusal get? Those of the fields, never the database's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import UniqueConstraint, inspect
from sqlalchemy.exc import IntegrityError

from app.errors import Problem, RulesBroken
from app.models import Entity
from app.models.field import Field, describe
from app.views.columns import column_of

#: SQLite names the columns: "UNIQUE constraint failed: work_type.occupation_id, work_type.name".
_SQLITE = re.compile(r"UNIQUE constraint failed: (.+)")


def in_words(model: type[Entity], refusal: RulesBroken) -> list[Problem]:
    """The problems of a refusal; a duplicate that the database found is named by its key."""
    cause = refusal.__cause__
    if not isinstance(cause, IntegrityError):
        return list(refusal.problems)
    columns = violated_columns(model, cause)
    return duplicate(model, columns) if columns else list(refusal.problems)


def violated_columns(model: type[Entity], error: IntegrityError) -> tuple[str, ...]:
    """The columns of the unique key that ``error`` is about, on either database; else none."""
    diagnosis = getattr(error.orig, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    if name:
        return _columns_of_key(model, name)
    found = _SQLITE.search(str(error.orig))
    return tuple(part.split(".")[-1].strip() for part in found[1].split(",")) if found else ()


def _columns_of_key(model: type[Entity], name: str) -> tuple[str, ...]:
    table: Any = inspect(model).local_table
    for key in (*table.constraints, *table.indexes):
        if key.name == name and (
            isinstance(key, UniqueConstraint) or getattr(key, "unique", False)
        ):
            return tuple(column.name for column in key.columns)
    return ()


def duplicate(model: type[Entity], columns: Iterable[str]) -> list[Problem]:
    """One problem for each field of the key that another row has already."""
    wanted = set(columns)
    fields = [one for one in describe(model).fields if _column_name(model, one) in wanted]
    labels = "、".join(one.label for one in fields)
    message = f"已有相同“{labels}”的{describe(model).label}，请核对后修改"
    return [Problem("duplicate", message, field=one.name) for one in fields]


def _column_name(model: type[Entity], field: Field) -> str:
    column = column_of(model, field)
    return column.name if column is not None else ""
