"""Which official sheets does a product take, and what does it say of each of them?

A product declares its kinds once (``declare_kinds``); everything that brings them in asks here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from sqlalchemy import inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.declarations.links import target_of
from app.core.declarations.opening import OpenWhile, openings_of
from app.core.errors import NotFound, Problem
from app.core.importing.result import Judged
from app.core.importing.wordings import Wordings
from app.core.scope import AnySession
from app.core.sheets.reading.table import Reading


class Judge(Protocol):
    """A sheet against what is known of the record into which it is brought."""

    words: Wordings

    def absent(self, fields: frozenset[str]) -> tuple[str, ...]:
        """Fields of which a sheet needs at least this one, where it has none of their columns."""

    def judge(self, reading: Reading) -> list[Judged]:
        """Every row of the sheet, each by itself and beside the earlier ones."""

    def notes(self, judged: Sequence[Judged]) -> list[Problem]:
        """What the sheet as a whole leaves open."""


@dataclass(frozen=True)
class SheetColumn:
    """A field of a table that a sheet gives; ``required``: no sheet goes without its column."""

    field: Field
    model: type[Entity]
    required: bool


class SheetKind(ABC):
    """A kind of sheet: its rows become rows of ``model``, which hang on one record by ``link``.

    ``result`` names the button that leads to what was written, ``parent_label`` the record in a
    sentence. ``judged_by`` are tables whose rows of the same record decide how a row is judged;
    ``edition`` is raised when rows come to be judged in another way.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    hint: ClassVar[str]
    result: ClassVar[str]
    model: ClassVar[type[Entity]]
    link: ClassVar[str]
    parent_label: ClassVar[str]
    judged_by: ClassVar[tuple[type[Entity], ...]] = ()
    edition: ClassVar[int] = 1

    #: Needed in a row, but found out where a sheet has no such column.
    found_out: ClassVar[frozenset[str]] = frozenset()
    #: Text that a spreadsheet likes to turn into a number.
    long_numbers: ClassVar[frozenset[str]] = frozenset()
    #: Columns of the table that a cell decides beside the one of its own name.
    decides: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    #: Whether new rows are columns alone, counted by ``serial``: then they go in by one statement.
    plain_rows: ClassVar[bool] = False

    @property
    def parent(self) -> type[Entity]:
        """The table of the records into which the sheet is brought."""
        found: type[Entity] = inspect(self.model).relationships[self.link].mapper.class_
        return found

    def of_parent(self, model: type[Any], parent: Entity) -> Any:
        """The condition for rows of ``model`` that hang on the record."""
        return getattr(model, f"{self.link}_id") == parent.id

    def parent_title(self, parent: Any) -> str:
        """The record as people tell it from others."""
        return str(parent)

    def columns(self) -> Sequence[SheetColumn]:
        """What the sheet gives: the fields of its table that are declared for it."""
        return imported(self.model, self.found_out)

    @abstractmethod
    def judge_of(self, session: AnySession, parent: Any) -> Judge:
        """Whoever judges the rows of a sheet for this record."""

    @abstractmethod
    def sender(self, parent: Any) -> str:
        """Who heads the columns of this record's sheets always in the same way."""

    def open_states(self) -> frozenset[str] | None:
        """In which states the record takes such a sheet: those in which its rows are open.

        None where the record does not close them.
        """
        for one in openings_of(self.model):
            if isinstance(one, OpenWhile) and target_of(self.model, one.links) is self.parent:
                return frozenset(one.states)
        return None

    def before_saving(self, session: AnySession, parent: Any, rows: Sequence[Any]) -> None:
        """What the product adds to the rows of an accepted sheet before they are written."""
        return

    def after_saving(self, session: AnySession, parent: Any) -> None:
        """What follows for the record once the rows are written."""
        return

    def printed_order(self) -> Sequence[str]:
        """The fields in the order of the paper form; those that it has not come last."""
        return ()

    def offered(self, session: AnySession, parent: Any | None) -> Mapping[str, tuple[str, ...]]:
        """What a blank sheet offers to choose from, by field."""
        return {}

    def prefilled(
        self, session: AnySession, parent: Any, names: Sequence[str]
    ) -> Sequence[Sequence[Any]]:
        """The rows with which a blank sheet for the record begins, in these columns."""
        return ()


KINDS: dict[str, SheetKind] = {}


def declare_kinds(*kinds: SheetKind) -> None:
    """Give the product its kinds of sheets; declaring the same again changes nothing."""
    KINDS.update({kind.name: kind for kind in kinds})


def kind_named(name: str) -> SheetKind:
    """The kind of that name; NotFound for one that nobody knows."""
    if name not in KINDS:
        raise NotFound(f"没有“{name}”这种导入，可用的有：{'、'.join(KINDS)}")
    return KINDS[name]


def kinds_into(parent: type[Entity]) -> tuple[SheetKind, ...]:
    """The kinds that are brought into records of that table."""
    return tuple(kind for kind in KINDS.values() if kind.parent is parent)


def parents_of_sheets() -> frozenset[type[Entity]]:
    """The tables into whose records sheets are brought."""
    return frozenset(kind.parent for kind in KINDS.values())


def imported(model: type[Entity], found_out: frozenset[str] = frozenset()) -> list[SheetColumn]:
    """The fields that a table declares for its sheet."""
    return [
        SheetColumn(field, model, field.required and field.name not in found_out)
        for field in describe(model).where("imp")
    ]
