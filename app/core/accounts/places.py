"""To which places may the people of a product belong?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import BadConfig, Problem
from app.core.roles import Actor
from app.core.tables.user import user_class


@dataclass(frozen=True)
class PlaceLink:
    """A link from the user to a place: ``name`` on the model, with its key in ``name`` + ``_id``.

    If there are ``many`` places they are searched by name or code; few are shown as a choice,
    which also filters the list of accounts. ``label`` and ``help`` appear on the form, ``none``
    is the text of an empty choice.
    """

    name: str
    label: str
    help: str = ""
    none: str = ""
    many: bool = False


def _no_problems(_role: str, _rows: Mapping[str, Any]) -> list[Problem]:
    return []


def _own_place(actor: Actor) -> list[tuple[str, Any]]:
    return [] if actor.place is None else [(actor.place.kind, actor.place.key)]


@dataclass(frozen=True)
class Places:
    """How the product's users become actors, and which place each role requires.

    ``links`` are ordered from the narrowest place to the widest. ``check`` returns problems with
    the places chosen for a role, by names of links. ``around`` returns the places whose shared
    lists an actor also sees, each as a kind and a key, or a select of the key.
    """

    actor: Callable[..., Actor]
    links: tuple[PlaceLink, ...] = ()
    check: Callable[[str, Mapping[str, Any]], list[Problem]] = _no_problems
    around: Callable[[Actor], list[tuple[str, Any]]] = _own_place


_declared: list[Places] = []


def declare(places: Places) -> None:
    """Register the product's places, replacing an earlier registration."""
    _declared[:] = [places]


def places() -> Places:
    """Return the registered places; raises BadConfig if there are none."""
    if not _declared:
        raise BadConfig("还没有声明帐号归属（app.core.accounts.places.declare），请先声明")
    return _declared[0]


def place_row(user: Any) -> Any:
    """Return the narrowest place that a user belongs to, or None."""
    rows = (getattr(user, link.name) for link in places().links)
    return next((row for row in rows if row is not None), None)


def target_of(link: PlaceLink) -> Any:
    """Return the table of the places that a link refers to."""
    return user_class().__mapper__.relationships[link.name].mapper.class_
