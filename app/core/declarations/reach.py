"""By which ties does a row belong to a place?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class By:
    """The row belongs to the place whose key is in ``column``.

    A product derives one class for each ``kind`` of place, such as a branch.
    """

    column: str
    kind: ClassVar[str]


@dataclass(frozen=True)
class Via:
    """Visible to those who see its parent, the row of ``relation``."""

    relation: str


@dataclass(frozen=True)
class NotYet:
    """Like ``tie``, except for rows with all of these values, which are not yet visible."""

    tie: Via
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Linked:
    """Visible to those who see a row of ``model`` that refers to it through ``column``."""

    model: str
    column: str


@dataclass(frozen=True)
class OpenWhenNull:
    """A row without an owner in ``column`` belongs to everyone and is visible to all."""

    column: str


@dataclass(frozen=True)
class ByParent:
    """The row belongs to the place named in a key column of its parent, the row of ``relation``."""

    relation: str
    tie: By


@dataclass(frozen=True)
class AnyOf:
    """A public register: visible to everyone at a place of ``kind``."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class Everyone:
    """Reference data, visible to every user."""


Tie = By | Via | NotYet | Linked | OpenWhenNull | ByParent | AnyOf | Everyone
Reach = tuple[Tie, ...]
EVERYONE: Reach = (Everyone(),)
