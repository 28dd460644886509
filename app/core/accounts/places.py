"""Where may the people of a product stand? Its links from users to places, declared once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import BadConfig, Problem
from app.core.roles import Actor
from app.core.tables.user import user_class


@dataclass(frozen=True)
class PlaceLink:
    """A link of the user to a place: ``name`` on the model, with its key in ``name`` + ``_id``.

    ``many`` places are searched for by name or code, few are listed at once and narrow the list of
    accounts. ``label`` and ``help`` stand on the form, ``none`` where nothing is chosen.
    """

    name: str
    label: str
    help: str = ""
    none: str = ""
    many: bool = False


def _no_objection(_role: str, _rows: Mapping[str, Any]) -> list[Problem]:
    return []


def _own_place(actor: Actor) -> list[tuple[str, Any]]:
    return [] if actor.place is None else [(actor.place.kind, actor.place.key)]


@dataclass(frozen=True)
class Places:
    """How the product's users become actors, and which place each role must have.

    ``links`` stand from the narrowest place to the widest. ``check`` judges the places chosen for
    a role, by the names of the links. ``around`` names the places whose shared lists are an
    actor's too: each a kind, and a key or the select that finds it.
    """

    actor: Callable[..., Actor]
    links: tuple[PlaceLink, ...] = ()
    check: Callable[[str, Mapping[str, Any]], list[Problem]] = _no_objection
    around: Callable[[Actor], list[tuple[str, Any]]] = _own_place


_declared: list[Places] = []


def declare(places: Places) -> None:
    """Say where the product's people stand; what was said before is no longer so."""
    _declared[:] = [places]


def places() -> Places:
    """What the product declared."""
    if not _declared:
        raise BadConfig("还没有声明帐号归属（app.core.accounts.places.declare），请先声明")
    return _declared[0]


def place_row(user: Any) -> Any:
    """The place where a user stands, the narrowest; None for one who stands nowhere."""
    rows = (getattr(user, link.name) for link in places().links)
    return next((row for row in rows if row is not None), None)


def target_of(link: PlaceLink) -> Any:
    """The table of the places that a link leads to."""
    return user_class().__mapper__.relationships[link.name].mapper.class_
