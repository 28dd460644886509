"""What is to be changed in one row, and what was the result?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import (
    AppError,
    NotFound,
    NotPermitted,
    Problem,
    RulesBroken,
    Stale,
    WrongState,
)
from app.core.refusals.changes import NOT_FOUND, NOT_PERMITTED, REFUSED, STALE, WRONG_STATE
from app.core.refusals.refusal import Refusal

Status = Literal["new", "changed", "unchanged", "refused"]
Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class RowEdit:
    """New values for one row: field name → typed value, row object for a relation, or None.

    ``key`` is None for a new row. ``version`` is the row's version when its values were shown: the
    edit is refused if the row was saved since. ``row`` is the line number in the user's sheet.
    """

    key: int | None
    values: Mapping[str, Any]
    version: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class RowResult:
    """The result for one row; ``changes`` maps field name to (before, after) as typed values.

    ``changes`` includes values that follow from others, such as the outcome of a mark. Unless the
    row is refused, ``problems`` are warnings. ``key`` of a new row is set once it is written.
    """

    edit: RowEdit
    title: str
    status: Status
    changes: Mapping[str, tuple[Any, Any]]
    problems: tuple[Problem, ...]
    key: int | None

    @property
    def written(self) -> bool:
        """Whether the row is, or would be, written."""
        return self.status in ("new", "changed")


@dataclass(frozen=True)
class Written:
    """The operation's name in the history (empty if nothing was written) and all results."""

    operation: str
    results: list[RowResult]


@dataclass
class EditedRow:
    """A row being edited: its edit, the row itself and what is known about it so far."""

    edit: RowEdit
    item: Any = None
    title: str = ""
    changes: Changes = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    version: int | None = None
    touched: bool = False
    refused: bool = False

    def settle(self, before: Mapping[str, Any], warnings: Sequence[Problem]) -> None:
        """Record the warnings, and the values that changed as a consequence of those given."""
        self.problems = tuple(replace(one, row=self.edit.row) for one in warnings)
        if self.edit.key is not None:
            for name, after in own_values(self.item).items():
                if name not in self.changes and before[name] != after:
                    self.changes[name] = (before[name], after)

    def refuse(self, refusal: AppError) -> None:
        """Mark the row as refused for this reason."""
        problems = problems_in(refusal)
        self.problems = tuple(replace(one, row=self.edit.row) for one in problems)
        self.refused = True

    def result(self) -> RowResult:
        """Return the result for the caller."""
        status: Status = "changed" if self.edit.key is not None else "new"
        if self.refused:
            status = "refused"
        elif self.edit.key is not None and not self.changes:
            status = "unchanged"
        key = self.item.id if status == "new" else self.edit.key
        # A new row may have no title before it is written, if its title is its number.
        title = self.title or ("" if self.refused else str(self.item))
        return RowResult(self.edit, title, status, self.changes, self.problems, key)


def problems_in(refusal: AppError) -> Sequence[Problem]:
    """Return a refusal as problems of its row."""
    if isinstance(refusal, RulesBroken):
        return refusal.problems
    kinds = (one for kind, one in _REFUSALS.items() if isinstance(refusal, kind))
    return [next(kinds, REFUSED).saying(refusal.message)]


_REFUSALS: dict[type[AppError], Refusal] = {
    NotFound: NOT_FOUND,
    NotPermitted: NOT_PERMITTED,
    WrongState: WRONG_STATE,
    Stale: STALE,
}


def own_values(item: Entity) -> dict[str, Any]:
    """Return the row's present values of the declared fields stored in its own columns."""
    have: Mapping[str, Any] = inspect(item).dict
    model: Any = type(item)
    return {name: have.get(name) for name in _own_names(model)}


@lru_cache(maxsize=256)
def _own_names(model: type[Any]) -> tuple[str, ...]:
    columns = inspect(model).columns
    return tuple(one.name for one in describe(model).fields if one.name in columns)
