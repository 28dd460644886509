"""Who may do what, by role, power, area and place?

A product on this core declares these once (``declare``); nothing here names any of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Power(StrEnum):
    """What a role may do besides working with the tables of its areas."""

    #: Sign in; every role may.
    ENTER = "enter"
    #: See the rows of every place.
    SEE_ALL = "see_all"
    #: Change rows, where the areas allow it; a role without this can only read.
    CHANGE = "change"
    #: Create, change and close accounts.
    ACCOUNTS = "accounts"
    #: Look after the installation: disk, database, jobs.
    UPKEEP = "upkeep"
    #: Read the history of all tables.
    HISTORY = "history"
    #: Restore deleted records.
    RESTORE = "restore"
    #: See the matrix of roles.
    MATRIX = "matrix"
    #: Open pages that declare no roles of their own.
    GUESTS = "guests"
    #: Share a saved list with any role.
    SHARE = "share"
    #: Share a saved list within one's own place, with the roles that are ``near``.
    SHARE_NEAR = "share_near"


@dataclass(frozen=True)
class Role:
    """A role: its name in code and database, its Chinese title and its powers.

    ``near`` marks roles at or below a place, with whom lists saved there may be shared.
    ``own_work`` marks roles that count every move they may make as their own work; for such moves
    other roles only stand in.
    """

    name: str
    title: str
    powers: frozenset[Power] = frozenset({Power.CHANGE})
    near: bool = False
    own_work: bool = False


@dataclass(frozen=True)
class Area:
    """Which roles may read the tables of an area, add and edit rows, and delete them."""

    title: str
    read: frozenset[str]
    write: frozenset[str]
    delete: frozenset[str]


#: Who may open a page: one or several roles by name, or all that have a power.
Grant = Collection[str] | Power


@dataclass(frozen=True)
class PlaceKind:
    """A kind of place that separates people, and the name of the table of such places.

    ``only``: people of such a place deal with no other one, so it is filled in for them.
    """

    name: str
    entity: str
    only: bool = False


ROLES: dict[str, Role] = {}
TITLES: dict[str, str] = {}
AREAS: dict[str, Area] = {}
PLACES: dict[str, PlaceKind] = {}


def declare(
    roles: Iterable[Role], areas: Mapping[str, Area], places: Iterable[PlaceKind] = ()
) -> None:
    """Register the product's roles, areas and places; repeating it changes nothing."""
    ROLES.update({role.name: role for role in roles})
    TITLES.update({role.name: role.title for role in ROLES.values()})
    AREAS.update(areas)
    PLACES.update({place.name: place for place in places})


def granted(grant: Grant) -> frozenset[str]:
    """Return the names of the roles that a grant includes."""
    if not isinstance(grant, Power):
        return frozenset({grant} if isinstance(grant, str) else grant)
    return frozenset(
        role.name for role in ROLES.values() if grant is Power.ENTER or grant in role.powers
    )


def titles_with(power: Power) -> str:
    """Return the titles of the roles with a power, joined by 或, the last declared first."""
    return "或".join(role.title for role in reversed(ROLES.values()) if power in role.powers)


class Place(NamedTuple):
    """The place that a person belongs to: its kind and its key."""

    kind: str
    key: int


@dataclass(frozen=True)
class Actor:
    """The person on whose behalf an act is done.

    ``all_rows`` marks the system itself (seed, migrations), which passes every check of scope and
    role. A product whose rows belong to places derives a class that knows the person's place.
    """

    id: int | None
    username: str
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    source: str = "screen"
    all_rows: bool = False

    def has(self, *roles: str) -> bool:
        """Return whether the actor has one of ``roles``."""
        return self.all_rows or not self.roles.isdisjoint(roles)

    def can(self, power: Power) -> bool:
        """Return whether one of the actor's roles has the power."""
        return self.all_rows or any(
            power is Power.ENTER or power in ROLES[name].powers
            for name in self.roles
            if name in ROLES
        )

    @property
    def place(self) -> Place | None:
        """The place that the actor belongs to; None for an actor without one."""
        return None

    def key_at(self, kind: str) -> int | None:
        """Return the key of the actor's place if that is of this kind, else None."""
        here = self.place
        return here.key if here is not None and here.kind == kind else None

    @property
    def only_place(self) -> Place | None:
        """The actor's place if people of its kind deal with no other one, else None."""
        here = self.place
        kind = PLACES.get(here.kind) if here is not None else None
        return here if kind is not None and kind.only else None

    @property
    def sees_all(self) -> bool:
        """Whether no scope restricts this actor."""
        return self.can(Power.SEE_ALL)

    @property
    def bounds(self) -> tuple[object, ...]:
        """Everything that decides what the actor sees and may do, in comparable form."""
        return (self.place, self.sees_all, sorted(self.roles))


#: The source of acts on the command line.
COMMAND = "command"

SYSTEM = Actor(id=None, username="system", name="系统", source="system", all_rows=True)


def may_write(actor: Actor, area: str) -> bool:
    """Return whether the actor's role may add and edit in ``area``."""
    return actor.has(*AREAS[area].write)


def may_delete(actor: Actor, area: str) -> bool:
    """Return whether the actor's role may delete in ``area``."""
    return actor.has(*AREAS[area].delete)
