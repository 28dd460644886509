"""Along which paths does a row belong to a place? Declared here, judged by scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class By:
    """The row belongs to the place whose key stands in ``column``.

    A product derives a class for each ``kind`` of place that it knows, such as a branch.
    """

    column: str
    kind: ClassVar[str]


@dataclass(frozen=True)
class Via:
    """The row is seen by whoever sees its parent, named by the relation ``relation``."""

    relation: str


@dataclass(frozen=True)
class NotYet:
    """As ``rule``, but for rows with all of these values, which are not to be known yet."""

    rule: Via
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Linked:
    """The row is seen by whoever sees a row of ``model`` that refers to it through ``column``."""

    model: str
    column: str


@dataclass(frozen=True)
class OpenWhenNull:
    """A row without owner in ``column`` belongs to the common pool and is seen by all."""

    column: str


@dataclass(frozen=True)
class ByParent:
    """The row belongs to whoever stands in a key column of its parent, named by ``relation``."""

    relation: str
    rule: By


@dataclass(frozen=True)
class AnyOf:
    """A public register: seen by everyone at a place of ``kind``, whoever entered the row."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class Everyone:
    """Reference data: seen by every user."""


Rule = By | Via | NotYet | Linked | OpenWhenNull | ByParent | AnyOf | Everyone
Reach = tuple[Rule, ...]
EVERYONE: Reach = (Everyone(),)
