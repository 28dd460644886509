"""Which rows does a list page hold? The same answer for lists, tabs, exports and batch acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.models import Entity
from app.models.field import Field, describe
from app.views.columns import column_of, is_many, listed, relations_among, target_of
from app.views.filters import Search, read_search
from app.views.interface import EntityInterface

PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Sort:
    """By which field the rows stand; without a field they stand in the table's own order."""

    field: str = ""
    descending: bool = False


class Listing:
    """The rows of one table that one address asks for, page by page."""

    def __init__(
        self,
        data: EntityInterface,
        args: Mapping[str, str],
        *,
        order: Sequence[str] = (),
        size: int = 0,
        hidden: str = "",
    ) -> None:
        self.data = data
        self.model: type[Entity] = data.obj
        self.args = args
        self.fields = listed(self.model, hidden)
        self.search: Search = read_search(self.model, args)
        self.order = tuple(order) or own_order(self.model)
        self.size = size or _one_of(args.get("size", ""), PAGE_SIZES)
        self.sort = self._asked_sort()

    @cached_property
    def total(self) -> int:
        """How many rows match."""
        return self.data.count(self.search.clauses)

    @property
    def last_page(self) -> int:
        return max(1, -(-self.total // self.size))

    @cached_property
    def page(self) -> int:
        """The page that was asked for, or the nearest one that exists."""
        written = self.args.get("page", "").strip()[:9]
        asked = int(written) if written.isascii() and written.isdigit() else 1
        return min(max(1, asked), self.last_page)

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page, with what their columns need."""
        keys = self.keys(limit=self.size, offset=(self.page - 1) * self.size)
        return self.data.get_many(keys, relations_among(self.fields))

    @cached_property
    def parents(self) -> dict[str, Any]:
        """The related rows that the list is narrowed to, by field; None for one out of scope."""
        return {
            condition.field.name: self.data.get_related_interface(condition.field.name).one(
                condition.key
            )
            for condition in self.search.conditions
            if condition.field.relation
        }

    def keys(self, limit: int | None = None, offset: int = 0) -> list[int]:
        """The keys of all matching rows, or of a stretch of them, in order."""
        return self.data.keys(self.search.clauses, self._ordering(), limit=limit, offset=offset)

    def sortable(self, field: Field) -> bool:
        """Whether a list may be put in order by ``field``."""
        return not is_many(self.model, field)

    def _asked_sort(self) -> Sort:
        written = self.args.get("sort", "").strip()
        name = written.removeprefix("-")
        known = {one.name for one in self.fields if self.sortable(one)}
        return Sort(name, written.startswith("-")) if name in known else Sort()

    def _ordering(self) -> list[Any]:
        order = []
        if self.sort.field:
            column = self._sort_column(describe(self.model).field(self.sort.field))
            order.append(column.desc() if self.sort.descending else column.asc())
        for name in self.order:
            column = getattr(self.model, name.removeprefix("-"))
            order.append(column.desc() if name.startswith("-") else column.asc())
        return [*order, self.model.id.desc()]

    def _sort_column(self, field: Field) -> Any:
        if not field.relation:
            return getattr(self.model, field.name)
        target, key = target_of(self.model, field), column_of(self.model, field)
        title = describe(target).field(describe(target).title)
        if title.relation:
            return key
        # Not a join with an alias: the session's scope does not follow the other name.
        named = select(getattr(target, title.name)).where(target.id == key)
        return named.correlate(self.model).scalar_subquery()


def own_order(model: type[Entity]) -> tuple[str, ...]:
    """The order in which a table stands when nothing else is asked: by code, else newest first."""
    names = {one.name for one in describe(model).fields}
    return next(((name,) for name in ("order", "code") if name in names), ())


def _one_of(written: str, allowed: Sequence[int]) -> int:
    return next((size for size in allowed if str(size) == written.strip()), allowed[0])
