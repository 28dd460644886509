"""How does the framework read a table within the actor's scope?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask import g
from flask_appbuilder.models.filters import Filters
from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import ColumnElement, Select, func, inspect, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.types import Numeric

from app.core.accounts.acting import user_by_id
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.outside import as_key
from app.core.records import record
from app.core.roles import Actor
from app.core.scope import actor_of, criteria
from app.core.views import overrides

#: The number of keys read at a time when all are wanted.
KEYS_AT_ONCE = 5_000


def _with_titles(model: type[Entity], name: str) -> Any:
    """Return options that load a relation with everything its rows' titles consist of."""
    option: Any = None
    while True:
        relation = inspect(model).relationships[name]
        way = selectinload if relation.uselist else joinedload
        attribute = getattr(model, name)
        option = way(attribute) if option is None else getattr(option, way.__name__)(attribute)
        model = relation.mapper.class_
        title = describe(model).field(describe(model).title)
        if not title.relation:
            return option
        name = title.name


def rows_among(data: SQLAInterface, keys: Sequence[str], filters: Filters | None) -> list[Any]:
    """Return the rows among ``keys`` that a third party's view shows through its filters.

    One statement for our own tables, one a row where the view has a key of another kind.
    """
    model = data.obj
    if not issubclass(model, Entity):
        rows = [data.get(key, filters) for key in keys]
        return [row for row in rows if row is not None]
    wanted = [known for key in keys if (known := as_key(key)) is not None]
    query = data.session.query(model).filter(model.id.in_(wanted)).order_by(model.id)
    return list(query if filters is None else filters.apply_all(query))


class EntityInterface(SQLAInterface):
    """The framework's data access with explicit scope conditions.

    The session restricts every statement anyway (``app.core.scope``). Repeating it here keeps it
    visible and testable, and protects where the session was not bound to an actor.
    """

    @property
    def actor(self) -> Actor:
        """The actor for whom the session of this request reads."""
        return actor_of(self.session)

    def scoped(self, statement: Any) -> Any:
        """Return ``statement`` restricted to the rows that the actor sees."""
        condition = criteria(self.obj, self.actor)
        found = statement if condition is None else statement.where(condition)
        shown = self._base_condition()
        return found if shown is None else found.where(shown)

    def _base_condition(self) -> ColumnElement[bool] | None:
        """Return the ``base_filters`` of the table's screen, which apply wherever rows are read."""
        filters = overrides.of(self.obj).base_filters
        if not filters:
            return None
        if "user" not in g:
            # Filters may use the framework's g.user, which a job without a request does not have.
            g.user = user_by_id(self.session, self.actor.id or 0)
        query = self.session.query(self.obj.id)
        for name, made, value in filters:
            query = made(name, self).apply(query, value)
        # Correlated with the outer table of the same name it would filter nothing.
        return self.obj.id.in_(query.correlate(None).statement)

    def in_scope(self, keys: Sequence[int]) -> Iterator[int]:
        """Yield those keys whose rows the session's actor sees, in order."""
        for start in range(0, len(keys), KEYS_AT_ONCE):
            part = keys[start : start + KEYS_AT_ONCE]
            seen = set(self.keys([self.obj.id.in_(part)], []))
            yield from (key for key in part if key in seen)

    def passing(self, keys: list[int]) -> list[int]:
        """Return the keys without rows hidden by ``base_filters``; all if there are none.

        With filters, keys out of scope are dropped as well, indistinguishably.
        """
        return [*self.in_scope(keys)] if overrides.of(self.obj).base_filters else keys

    def one(self, pk: object, names: Iterable[str] = ()) -> Any:
        """Return the row with its relations ``names``; None if out of scope or not a key."""
        key = as_key(pk)
        return next(iter(self.get_many([key], names)), None) if key is not None else None

    def get_many(self, keys: Sequence[int], names: Iterable[str] = ()) -> list[Any]:
        """Return the visible rows among ``keys`` in order, with their relations loaded."""
        if not keys:
            return []
        statement = self.scoped(select(self.obj).where(self.obj.id.in_(keys)))
        found = self.session.scalars(statement.options(*self._loading(names))).unique()
        rows = {row.id: row for row in found}
        # In the order asked for, which the database does not keep for IN.
        return [rows[key] for key in dict.fromkeys(keys) if key in rows]

    def _loading(self, names: Iterable[str]) -> list[Any]:
        # Joins are cheap here, because the rows are few and already known.
        return [_with_titles(self.obj, name) for name in names]

    def keys(
        self,
        where: Sequence[ColumnElement[bool]],
        order: Sequence[Any],
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[int]:
        """Return the keys of the visible rows that match, in order."""
        return list(self.session.scalars(self._keys(where, order).limit(limit).offset(offset)))

    def each_key(self, where: Sequence[ColumnElement[bool]], order: Sequence[Any]) -> Iterator[int]:
        """Yield these keys in portions, without holding all of them in memory."""
        statement = self._keys(where, order).execution_options(yield_per=KEYS_AT_ONCE)
        yield from self.session.scalars(statement)

    def _keys(self, where: Sequence[ColumnElement[bool]], order: Sequence[Any]) -> Select[Any]:
        return self.scoped(select(self.obj.id).where(*where)).order_by(*order)

    def count(self, where: Sequence[ColumnElement[bool]]) -> int:
        """Return the number of visible rows that match."""
        return self.session.scalar(self.counted(where)) or 0

    def counted(self, where: Sequence[ColumnElement[bool]]) -> Select[Any]:
        """Return the select behind ``count``, for use inside another statement."""
        return self.scoped(select(func.count()).select_from(self.obj).where(*where))

    def counts(self, counted: Mapping[str, Select[Any]]) -> dict[str, int]:
        """Return the results of several such selects by name, with one statement."""
        columns = [one.scalar_subquery().label(name) for name, one in counted.items()]
        return dict(self.session.execute(select(*columns)).one()._mapping)  # noqa: SLF001 - documented

    def forget(self) -> None:
        """Expunge all rows, where more are read than fit in memory."""
        self.session.expunge_all()

    # The following are called by the framework itself.

    def apply_filters(self, query: Any, filters: Any) -> Any:
        return self.scoped(super().apply_filters(query, filters))

    def add(self, item: Any, commit: bool = True) -> None:
        """Add a row as our own pages do; raises the same errors."""
        record.add(self.session, self.actor, item)

    def edit(self, item: Any, commit: bool = True) -> None:
        """Change a row as our own pages do; raises the same errors."""
        record.edit(self.session, self.actor, item)

    def delete(self, item: Any, commit: bool = True) -> None:
        """Delete a row as our own pages do; raises the same errors."""
        record.remove(self.session, self.actor, item)

    def delete_all(self, items: list[Any]) -> None:
        for item in items:
            self.delete(item)

    def query_count(self, query: Any, filters: Any = None, select_columns: Any = None) -> int:
        return self.scoped(super().apply_filters(query, filters)).order_by(None).count()

    def get(self, id: Any, filters: Any = None, select_columns: Any = None) -> Any:  # noqa: A002
        item = self.one(id)
        if item is None or filters is None:
            return item
        wanted = filters.apply_all(self.session.query(self.obj).filter(self.obj.id == item.id))
        return wanted.one_or_none()

    def get_related_obj(self, col_name: str, value: Any) -> Any:
        # The framework passes all values of that name in the address.
        first = value[0] if isinstance(value, list) and value else value
        return self.get_related_interface(col_name).one(first)

    def get_related_interface(self, col_name: str) -> EntityInterface:
        return EntityInterface(self.get_related_model(col_name), self._session)

    def is_float(self, col_name: str) -> bool:
        return super().is_float(col_name) or self._is_decimal(col_name)

    def is_numeric(self, col_name: str) -> bool:
        return super().is_numeric(col_name) or self._is_decimal(col_name)

    def _is_decimal(self, col_name: str) -> bool:
        column = self.list_columns.get(col_name)
        return column is not None and isinstance(column.type, Numeric)
