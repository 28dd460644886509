"""Along which paths does a row belong to a body or a centre? Declared here, judged by scope."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ByBody:
    """The row belongs to the evaluation body whose id stands in ``column``."""

    column: str = "body_id"


@dataclass(frozen=True)
class ByCentre:
    """The row belongs to the centre whose id stands in ``column``."""

    column: str = "centre_id"


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
    rule: ByBody | ByCentre


@dataclass(frozen=True)
class AnyBody:
    """A public register: seen by the users of every body, whoever entered the row."""


@dataclass(frozen=True)
class Everyone:
    """Reference data: seen by every user."""


Rule = ByBody | ByCentre | Via | NotYet | Linked | OpenWhenNull | ByParent | AnyBody | Everyone
Reach = tuple[Rule, ...]
EVERYONE: Reach = (Everyone(),)

#: A body's own affairs: for itself, the centre that approved it and the centre of its place. Other
#: centres may see them, because the body examines in their city, and change nothing.
OF_BODY: Reach = (
    ByBody(),
    ByParent("body", ByCentre("centre_id")),
    ByParent("body", ByCentre("city_centre_id")),
)
