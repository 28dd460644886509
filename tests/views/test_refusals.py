"""Is every unique key that a database can object to named by its fields, on both databases?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import UniqueConstraint, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from app.models import entities
from app.scope import AnySession
from app.views.refusals import duplicate, violated_columns
from tests.views.world import World


def unique_keys(model: Any) -> Iterator[tuple[str, ...]]:
    """The unique keys of a table: of one column or of several."""
    table = inspect(model).local_table
    for one in table.constraints:
        if isinstance(one, UniqueConstraint):
            yield tuple(column.name for column in one.columns)
    for one in table.indexes:
        if one.unique:
            yield tuple(column.name for column in one.columns)


def broken(session: AnySession, model: Any, row: Any, key: tuple[str, ...]) -> IntegrityError:
    """What the database says to a second row that shares this key and no other."""
    table = inspect(model).local_table
    wanted = select(table).where(table.c.id == row.id).execution_options(unscoped=True)
    stored = session.execute(wanted).mappings().one()
    given = {name: value for name, value in stored.items() if name != "id"}
    for other in unique_keys(model):
        name = next((one for one in other if one not in key), None)
        if name is not None and not name.endswith("_id"):
            given[name] = _another(given[name])
    with pytest.raises(IntegrityError) as refusal:
        session.execute(insert(table).values(**given))
    session.rollback()
    return refusal.value


def _another(value: Any) -> Any:
    if isinstance(value, str):
        return value[:-1] + "异"
    return value + 1


def test_every_unique_key_is_recognised(session: AnySession, ours: World) -> None:
    checked = 0
    for model in sorted(entities(), key=lambda one: one.__name__):
        for key in unique_keys(model):
            found = violated_columns(model, broken(session, model, ours.row(model), key))
            assert set(found) == set(key), model
            problems = duplicate(model, found)
            assert problems, (model, key)
            assert all(problem.field for problem in problems)
            checked += 1
    assert checked > 20


def test_another_objection_is_not_taken_for_a_duplicate(session: AnySession, ours: World) -> None:
    from app.models import Region

    with pytest.raises(IntegrityError) as refusal:
        session.execute(insert(inspect(Region).local_table).values(code="999999"))
    session.rollback()
    assert violated_columns(Region, refusal.value) == ()
