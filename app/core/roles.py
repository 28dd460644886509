"""Who may do what in principle? The person acting, roles, powers, areas and places of a product.

A product on this core declares these once (``declare``); nothing here names one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Power(StrEnum):
    """What a role may do beyond the tables of its areas."""

    #: Signs in; every role has it.
    ENTER = "enter"
    #: Sees the rows of every place.
    SEE_ALL = "see_all"
    #: Changes rows, where its areas let it; a role without it only looks.
    CHANGE = "change"
    #: Opens, changes and closes accounts.
    ACCOUNTS = "accounts"
    #: Keeps the installation: disk, database, jobs.
    UPKEEP = "upkeep"
    #: Looks into the history of all tables.
    HISTORY = "history"
    #: Puts back what was deleted.
    RESTORE = "restore"
    #: Looks at the matrix of roles.
    MATRIX = "matrix"
    #: Opens the pages that say of nobody that they are theirs.
    GUESTS = "guests"
    #: Shares a kept list with every role.
    SHARE = "share"
    #: Shares a kept list within its own place, with the roles that are ``near``.
    SHARE_NEAR = "share_near"


@dataclass(frozen=True)
class Role:
    """A role: its name in code and database, its Chinese title, its powers.

    ``near`` marks the roles that stand at or below a place and may be given lists kept there,
    ``own_work`` those whose own work a move is wherever they may make it: others only stand in.
    """

    name: str
    title: str
    powers: frozenset[Power] = frozenset({Power.CHANGE})
    near: bool = False
    own_work: bool = False


@dataclass(frozen=True)
class Area:
    """Which roles read the tables of an area, and which also add, edit and delete."""

    title: str
    read: frozenset[str]
    write: frozenset[str]
    delete: frozenset[str]


#: Whom a page is for: one role or several by name, or all that have a power.
Grant = Collection[str] | Power


@dataclass(frozen=True)
class PlaceKind:
    """A kind of place that keeps people apart, and the name of the table of such places.

    ``only``: people there have to do with no other one, so that a row which asks for one is theirs.
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
    """Give the product its roles, areas and places; declaring the same again changes nothing."""
    ROLES.update({role.name: role for role in roles})
    TITLES.update({role.name: role.title for role in ROLES.values()})
    AREAS.update(areas)
    PLACES.update({place.name: place for place in places})


def granted(grant: Grant) -> frozenset[str]:
    """The names of the roles that a grant means."""
    if not isinstance(grant, Power):
        return frozenset({grant} if isinstance(grant, str) else grant)
    return frozenset(
        role.name for role in ROLES.values() if grant is Power.ENTER or grant in role.powers
    )


def titles_with(power: Power) -> str:
    """The Chinese names of the roles that have a power, for a sentence; the last declared first."""
    return "或".join(role.title for role in reversed(ROLES.values()) if power in role.powers)


class Place(NamedTuple):
    """Where a person stands among those whom the scope keeps apart: a kind, and a key."""

    kind: str
    key: int


@dataclass(frozen=True)
class Actor:
    """The person on whose behalf an act is done.

    ``all_rows`` marks the system itself (seed, migrations): it passes every scope and role check.
    A product whose rows belong to places derives a class that says where the person stands.
    """

    id: int | None
    username: str
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    source: str = "screen"
    all_rows: bool = False

    def has(self, *roles: str) -> bool:
        """Whether the actor holds one of ``roles``."""
        return self.all_rows or not self.roles.isdisjoint(roles)

    def can(self, power: Power) -> bool:
        """Whether one of the actor's roles has the power."""
        return self.all_rows or any(
            power is Power.ENTER or power in ROLES[name].powers
            for name in self.roles
            if name in ROLES
        )

    @property
    def place(self) -> Place | None:
        """Where the actor stands; None for one who stands nowhere and sees what all see."""
        return None

    def key_at(self, kind: str) -> int | None:
        """The key of the actor's place, if it is one of that kind."""
        here = self.place
        return here.key if here is not None and here.kind == kind else None

    @property
    def only_place(self) -> Place | None:
        """The actor's place where people of its kind have to do with no other one."""
        here = self.place
        kind = PLACES.get(here.kind) if here is not None else None
        return here if kind is not None and kind.only else None

    @property
    def sees_all(self) -> bool:
        """Whether no scope bounds this actor."""
        return self.can(Power.SEE_ALL)

    @property
    def bounds(self) -> tuple[object, ...]:
        """All that decides what the actor sees and may do, in an order that can be compared."""
        return (self.place, self.sees_all, sorted(self.roles))


#: How an act came in that was typed on the command line.
COMMAND = "command"

SYSTEM = Actor(id=None, username="system", name="系统", source="system", all_rows=True)


def may_write(actor: Actor, area: str) -> bool:
    """Whether the actor's role adds and edits in ``area``."""
    return actor.has(*AREAS[area].write)


def may_delete(actor: Actor, area: str) -> bool:
    """Whether the actor's role deletes in ``area``."""
    return actor.has(*AREAS[area].delete)
