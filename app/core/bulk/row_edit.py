"""What is asked of one row, and what became of it?"""

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
    """Values for one row: field name → typed value, a row for a relation, None for nothing.

    ``key`` None is a new row. ``version`` is that of the row when its values were shown: a row that
    somebody saved since is refused. ``row`` is the number in the user's sheet.
    """

    key: int | None
    values: Mapping[str, Any]
    version: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class RowResult:
    """What becomes of one row; ``changes`` maps field name to (before, after) as typed values.

    ``changes`` names what follows by itself too, such as the outcome of a mark. ``problems`` of a
    row that is not refused are warnings. ``key`` is that of a new row once it is written.
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
    """What was done: the operation's name in the history, empty when nothing was written."""

    operation: str
    results: list[RowResult]


@dataclass
class EditedRow:
    """One row on its way: its edit, the row itself and what has been found out about it."""

    edit: RowEdit
    item: Any = None
    title: str = ""
    changes: Changes = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    version: int | None = None
    touched: bool = False
    refused: bool = False

    def settle(self, before: Mapping[str, Any], warnings: Sequence[Problem]) -> None:
        """Take down what was written: also values that followed from those given."""
        self.problems = tuple(replace(one, row=self.edit.row) for one in warnings)
        if self.edit.key is not None:
            for name, after in own_values(self.item).items():
                if name not in self.changes and before[name] != after:
                    self.changes[name] = (before[name], after)

    def refuse(self, refusal: AppError) -> None:
        """Leave the row out, for this reason."""
        problems = problems_in(refusal)
        self.problems = tuple(replace(one, row=self.edit.row) for one in problems)
        self.refused = True

    def result(self) -> RowResult:
        """The row as the caller is told of it."""
        status: Status = "changed" if self.edit.key is not None else "new"
        if self.refused:
            status = "refused"
        elif self.edit.key is not None and not self.changes:
            status = "unchanged"
        key = self.item.id if status == "new" else self.edit.key
        # A new row's title may be the number that it gets when it is written.
        title = self.title or ("" if self.refused else str(self.item))
        return RowResult(self.edit, title, status, self.changes, self.problems, key)


def problems_in(refusal: AppError) -> Sequence[Problem]:
    """A refusal as problems of its row."""
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
    """The declared values of a row that stand in its own columns, as they are now."""
    have: Mapping[str, Any] = inspect(item).dict
    model: Any = type(item)
    return {name: have.get(name) for name in _own_names(model)}


@lru_cache(maxsize=256)
def _own_names(model: type[Any]) -> tuple[str, ...]:
    columns = inspect(model).columns
    return tuple(one.name for one in describe(model).fields if one.name in columns)
