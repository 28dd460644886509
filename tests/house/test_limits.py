"""Does each field that declares a range have its constraint?"""

from __future__ import annotations

from sqlalchemy import Date, DateTime, inspect

from app.core.declarations.base import entities
from app.core.declarations.field import describe
from app.core.declarations.limits import limits_of


def test_every_declared_range_has_its_constraint() -> None:
    for model in entities():
        table = inspect(model).local_table
        names = set(limits_of(table))
        for one in describe(model).fields:
            if one.relation:
                continue
            ranged = (one.minimum, one.maximum) != (None, None)
            ranged |= isinstance(table.columns[one.name].type, Date | DateTime)
            kinds = {"range": ranged, "order": one.not_before, "choice": one.choices}
            for kind, said in kinds.items():
                assert (f"ck_{table.name}_{one.name}_{kind}" in names) is bool(said)
