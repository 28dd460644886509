"""Which official sheets does the product accept, and how does it declare each of them?

A product declares its kinds once, with ``declare_kinds``; every import looks them up here.
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
    """Judges the rows of a sheet against one record; loads what it needs when it is made."""

    words: Wordings

    def absent(self, fields: frozenset[str]) -> tuple[str, ...]:
        """Return the fields that are missing where the sheet needs one of several columns.

        ``fields`` are those for which it has a column; empty if these suffice.
        """

    def judge(self, reading: Reading) -> list[Judged]:
        """Judge every row of the sheet, by itself and against the earlier rows."""

    def notes(self, judged: Sequence[Judged]) -> list[Problem]:
        """Return notes on the sheet as a whole."""


@dataclass(frozen=True)
class SheetColumn:
    """A field of a table in a sheet; if ``required``, the sheet must have its column."""

    field: Field
    model: type[Entity]
    required: bool


class SheetKind(ABC):
    """A kind of sheet whose rows become rows of ``model``, linked to one record by ``link``.

    ``result`` labels the button that leads to the rows written, ``parent_label`` names the record
    in a sentence. ``judged_by`` lists tables whose rows of the same record affect how a row is
    judged. Raise ``edition`` when rows are to be judged in a different way.
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

    #: Fields that a row needs, but whose value is found out if the sheet has no such column.
    found_out: ClassVar[frozenset[str]] = frozenset()
    #: Fields of text that spreadsheets tend to turn into numbers.
    long_numbers: ClassVar[frozenset[str]] = frozenset()
    #: By field, further columns of the table that its cell decides.
    decides: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    #: Whether new rows have only columns and a ``serial``, so that one statement can insert them.
    plain_rows: ClassVar[bool] = False

    @property
    def parent(self) -> type[Entity]:
        """The table of the records into which the sheet is imported."""
        found: type[Entity] = inspect(self.model).relationships[self.link].mapper.class_
        return found

    def of_parent(self, model: type[Any], parent: Entity) -> Any:
        """Return the condition for rows of ``model`` that belong to the record."""
        return getattr(model, f"{self.link}_id") == parent.id

    def parent_title(self, parent: Any) -> str:
        """Return a title that distinguishes the record for users."""
        return str(parent)

    def columns(self) -> Sequence[SheetColumn]:
        """Return the columns of the sheet: the fields declared for import."""
        return imported(self.model, self.found_out)

    @abstractmethod
    def judge_of(self, session: AnySession, parent: Any) -> Judge:
        """Return the judge of a sheet's rows for this record."""

    @abstractmethod
    def sender(self, parent: Any) -> str:
        """Return the name of the sender, whose sheets are assumed to share their headings."""

    def open_states(self) -> frozenset[str] | None:
        """Return the states in which the record accepts such a sheet, those that leave rows open.

        None if the record's state does not matter.
        """
        for one in openings_of(self.model):
            if isinstance(one, OpenWhile) and target_of(self.model, one.links) is self.parent:
                return frozenset(one.states)
        return None

    def before_saving(self, session: AnySession, parent: Any, rows: Sequence[Any]) -> None:
        """Complete the rows of an accepted sheet before they are written."""
        return

    def after_saving(self, session: AnySession, parent: Any) -> None:
        """Update the record after the rows were written."""
        return

    def printed_order(self) -> Sequence[str]:
        """Return the fields in the order of the paper form; fields not named come last."""
        return ()

    def offered(self, session: AnySession, parent: Any | None) -> Mapping[str, tuple[str, ...]]:
        """Return, by field, the choices that a blank sheet offers."""
        return {}

    def prefilled(
        self, session: AnySession, parent: Any, names: Sequence[str]
    ) -> Sequence[Sequence[Any]]:
        """Return the rows with which a blank sheet for the record starts, in these columns."""
        return ()


KINDS: dict[str, SheetKind] = {}


def declare_kinds(*kinds: SheetKind) -> None:
    """Register the product's kinds of sheets; registering the same again changes nothing."""
    KINDS.update({kind.name: kind for kind in kinds})


def kind_named(name: str) -> SheetKind:
    """Return the kind with that name; raises NotFound if there is none."""
    if name not in KINDS:
        raise NotFound(f"没有“{name}”这种导入，可用的有：{'、'.join(KINDS)}")
    return KINDS[name]


def kinds_into(parent: type[Entity]) -> tuple[SheetKind, ...]:
    """Return the kinds that are imported into records of that table."""
    return tuple(kind for kind in KINDS.values() if kind.parent is parent)


def parents_of_sheets() -> frozenset[type[Entity]]:
    """Return the tables into whose records sheets are imported."""
    return frozenset(kind.parent for kind in KINDS.values())


def imported(model: type[Entity], found_out: frozenset[str] = frozenset()) -> list[SheetColumn]:
    """Return the fields that a table declares for its sheet."""
    return [
        SheetColumn(field, model, field.required and field.name not in found_out)
        for field in describe(model).where("imp")
    ]
