"""What does one body own? A row of every table, made from the declarations alone.

Nothing here names a field: a table or a field that is added tomorrow is in the tests by itself.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, Numeric, inspect, select

from app.core import scope
from app.core.declarations.base import Entity, entities
from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import Field, describe
from app.core.declarations.reach import EVERYONE
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind
from app.core.views.columns import column_of, is_many, target_of
from tests import factories

#: Tables whose rows come from the reference data instead of being made.
GIVEN = ("Region", "Occupation", "WorkType", "Level", "CodeKind", "CodeItem")


class World:
    """The rows of one body at one city's centre, made when they are asked for."""

    def __init__(self, session: AnySession, name: str, city: str) -> None:
        self.session, self.name, self.city = session, name, city
        self.rows: dict[type[Entity], Any] = {}
        centre = factories.centre(session, city)
        self.rows[type(centre)] = centre
        body = factories.body(session, name, at=city, city=city, work_types=())
        self.rows[type(body)] = body
        self.body, self.centre = body, centre

    def row(self, model: type[Entity]) -> Any:
        """The world's row of ``model``."""
        if model not in self.rows:
            self.rows[model] = self._given(model) if model.__name__ in GIVEN else self._make(model)
        return self.rows[model]

    def everything(self) -> dict[type[Entity], Any]:
        """A row of every table."""
        for model in sorted(entities(), key=lambda one: one.__name__):
            self.row(model)
        return self.rows

    def _given(self, model: type[Entity]) -> Any:
        if model.__name__ == "Occupation":
            return factories.work_type(self.session).occupation
        if model.__name__ == "WorkType":
            return factories.work_type(self.session)
        unscoped = {"unscoped": True}
        return self.session.scalars(
            select(model).order_by(model.id).limit(1).execution_options(**unscoped)
        ).one()

    def _make(self, model: type[Entity]) -> Any:
        return factories.keep(self.session, model(**self.values(model)))

    def values(self, model: type[Entity], number: int = 1) -> dict[str, Any]:
        """A value for every field and every hidden column that must have one."""
        table = find_procedure(model.__name__)
        found = {
            field.name: self._value(model, field, number)
            for field in describe(model).fields
            if field.name != "state" and not is_many(model, field)
        }
        if table is not None:
            found["state"] = table.first
        for name in model.__hidden__ - Entity.__hidden__:
            if isinstance(inspect(model).columns[name].type, LargeBinary):
                found[name] = b"%PDF-1.4 invented"
        return found

    def _value(self, model: type[Entity], field: Field, number: int) -> Any:
        if field.relation:
            target = target_of(model, field)
            # The first row of a table that points to itself has none of its kind before it.
            return None if target is model else self.row(target)
        column: Any = column_of(model, field)
        if field.codes:
            return self._code(field.codes)
        if field.choices:
            kind = column.type.python_type
            return kind(field.choices[0][0])
        return self._plain(model, field, column, number)

    def _plain(self, model: type[Entity], field: Field, column: Any, number: int) -> Any:
        kind = column.type
        if isinstance(kind, Boolean):
            return False
        if isinstance(kind, DateTime):
            return datetime(2021, 4, 24, 9, 0)
        if isinstance(kind, Date):
            return date(2021, 4, number + ord(self.name[0]) % 13)
        if isinstance(kind, Integer):
            if column.unique:
                return 2000 + number + sum(map(ord, self.name)) % 900
            return number if (field.minimum or 0) <= number else field.minimum
        if isinstance(kind, Numeric):
            return Decimal("61.5")
        if field.sensitive == "id_number":
            return "130203199001011237" if self.name == "AAA" else "130602199001011238"
        if field.sensitive == "phone":
            return "13800138000"
        text = f"{self.name}{number}甲{model.__tablename__}{field.name}"
        return text[: kind.length or 60]

    def _code(self, kind: str) -> str:
        found = select(CodeItem.code).join(CodeItem.kind).where(CodeKind.kind == kind)
        with scope.acting(self.session, SYSTEM):
            code = self.session.scalars(found.order_by(CodeItem.order).limit(1)).first()
        return code or ""


def is_scoped(model: type[Entity]) -> bool:
    """Whether some actors do not see all rows of ``model``."""
    return model.__reach__ is not EVERYONE


def sees(session: AnySession, actor: Any, row: Any) -> bool:
    """Whether ``actor`` sees ``row``."""
    with scope.acting(session, actor):
        model = type(row)
        return session.scalar(select(model.id).where(model.id == row.id)) is not None
