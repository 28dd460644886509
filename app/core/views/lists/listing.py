"""Which rows does a list have, whether shown, exported or changed in bulk?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.outside import as_key
from app.core.views import overrides
from app.core.views.columns import (
    choosable,
    chosen,
    column_of,
    is_many,
    listed,
    relations_among,
    target_of,
)
from app.core.views.interface import EntityInterface
from app.core.views.lists.filters import Search, read_search
from app.core.views.overrides import described

PAGE_SIZES = (25, 50, 100, 200)
#: The most columns to sort by; further ones hardly change the order.
MOST_SORTS = 5


@dataclass(frozen=True)
class Sort:
    """A field to sort by, and the direction."""

    field: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.field}" if self.descending else self.field


class Listing:
    """The rows of one table that an address asks for, page by page.

    ``columns`` and ``usual_size`` are the person's defaults where the address says nothing.
    """

    def __init__(
        self,
        data: EntityInterface,
        args: Mapping[str, str],
        *,
        order: Sequence[str] = (),
        size: int = 0,
        hidden: str = "",
        columns: Iterable[str] = (),
        usual_size: int = 0,
    ) -> None:
        self.data = data
        self.model: type[Entity] = data.obj
        self.args = args
        self.fields = self._asked_columns(columns, hidden)
        self.search: Search = read_search(self.model, args)
        self.order = tuple(order) or own_order(self.model)
        self.sizes = page_sizes(self.model)
        self.size = size or _one_of(
            args.get("size", ""), self.sizes, usual_size or usual(self.model)
        )
        self.sorts = self._asked_sorts()

    @cached_property
    def total(self) -> int:
        """The number of rows that match."""
        return self.data.count(self.search.clauses)

    @property
    def last_page(self) -> int:
        return max(1, -(-self.total // self.size))

    @cached_property
    def page(self) -> int:
        """The requested page, or the nearest one that exists."""
        asked = as_key(self.args.get("page", "")[:9]) or 1
        return min(asked, self.last_page)

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page, with the relations that their columns need."""
        keys = self.keys(limit=self.size, offset=(self.page - 1) * self.size)
        return self.data.get_many(keys, relations_among(self.fields))

    @cached_property
    def related(self) -> dict[str, dict[int, Any]]:
        """The related rows in the conditions, by field and key, without those out of scope."""
        wanted: dict[str, list[int]] = {}
        for condition in self.search.conditions:
            if condition.field.relation:
                wanted.setdefault(condition.field.name, []).extend(condition.keys)
        found = {}
        for name, keys in wanted.items():
            rows = self.data.get_related_interface(name).get_many(keys)
            found[name] = {row.id: row for row in rows}
        return found

    @property
    def parents(self) -> dict[str, Any]:
        """The only related row that the list is filtered to, by field; None if out of scope."""
        return {
            condition.field.name: self.related[condition.field.name].get(condition.key)
            for condition in self.search.conditions
            if condition.key is not None
        }

    def keys(self, limit: int | None = None, offset: int = 0) -> list[int]:
        """Return the keys of all matching rows, or of a range of them, in order."""
        return self.data.keys(self.search.clauses, self._ordering(), limit=limit, offset=offset)

    def each_key(self) -> Iterator[int]:
        """Yield the keys of all matching rows in order, read in portions."""
        return self.data.each_key(self.search.clauses, self._ordering())

    def sortable(self, field: Field) -> bool:
        """Return whether a list may be sorted by ``field``."""
        return not is_many(self.model, field)

    @property
    def usual_columns(self) -> bool:
        """Whether the columns are those of the declaration."""
        return self.fields == listed(self.model)

    def _asked_columns(self, liked: Iterable[str], hidden: str) -> list[Field]:
        for names in (self.args.get("columns", "").split(","), liked):
            if found := chosen(self.model, names):
                return found
        return listed(self.model, hidden)

    def _asked_sorts(self) -> tuple[Sort, ...]:
        known = {one.name for one in choosable(self.model) if self.sortable(one)}
        found: dict[str, Sort] = {}
        for written in self.args.get("sort", "").split(","):
            name = written.strip().removeprefix("-")
            if name in known:
                found.setdefault(name, Sort(name, written.strip().startswith("-")))
        return tuple(found.values())[:MOST_SORTS]

    def _ordering(self) -> list[Any]:
        order = []
        for sort in self.sorts:
            field = described(self.model).field(sort.field)
            column = self._sort_column(field)
            way = column.desc() if sort.descending else column.asc()
            # Empty values come last on both databases, in either direction.
            order.append(way.nulls_last() if self._may_be_empty(field) else way)
        relations = {one.name: one for one in described(self.model).fields if one.relation}
        for written in self.order:
            name = written.removeprefix("-")
            relation = relations.get(name)
            column = self._sort_column(relation) if relation else getattr(self.model, name)
            order.append(column.desc() if written.startswith("-") else column.asc())
        return [*order, self.model.id.desc()]

    def _may_be_empty(self, field: Field) -> bool:
        column = column_of(self.model, field)
        return field.relation or column is None or bool(column.nullable)

    def _sort_column(self, field: Field) -> Any:
        if not field.relation:
            return getattr(self.model, field.name)
        target, key = target_of(self.model, field), column_of(self.model, field)
        title = describe(target).field(describe(target).title)
        if title.relation:
            return key
        # Not a join with an alias, which the session's scope would not restrict.
        named = select(getattr(target, title.name)).where(target.id == key)
        return named.correlate(self.model).scalar_subquery()


def own_order(model: type[Entity]) -> tuple[str, ...]:
    """Return the default order of a table: by order or code, else newest first (empty)."""
    names = {one.name for one in describe(model).fields}
    return next(((name,) for name in ("order", "code") if name in names), ())


def usual(model: type[Entity]) -> int:
    """Return the default number of rows per page."""
    return overrides.of(model).page_size or PAGE_SIZES[0]


def page_sizes(model: type[Entity]) -> tuple[int, ...]:
    """Return the allowed numbers of rows per page."""
    return tuple(sorted({*PAGE_SIZES, usual(model)}))


def _one_of(written: str, allowed: Sequence[int], usual: int) -> int:
    asked = next((size for size in allowed if str(size) == written.strip()), usual)
    return asked if asked in allowed else allowed[0]
