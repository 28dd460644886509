"""How are tables linked, according to their many-to-one relations?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import RelationshipDirection

Path = tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A many-to-one relation to ``target``: its name and the attribute of its key."""

    name: str
    key: str
    target: type[Any]
    required: bool


@lru_cache(maxsize=256)
def links_of(model: Any) -> tuple[Link, ...]:
    """Return the many-to-one relations of ``model``."""
    mapper = inspect(model)
    found = []
    for one in mapper.relationships:
        if one.direction is RelationshipDirection.MANYTOONE:
            column = next(iter(one.local_columns))
            key = mapper.get_property_by_column(column).key
            found.append(Link(one.key, key, one.mapper.class_, not column.nullable))
    return tuple(found)


def link_named(model: Any, name: str) -> Link:
    """Return the link of that name; raises KeyError if the model has none."""
    for link in links_of(model):
        if link.name == name:
            return link
    raise KeyError(f"{model.__name__}.{name}")


def target_of(model: type[Any], path: Path) -> type[Any]:
    """Return the table to which the links in ``path`` lead; raises KeyError for an unknown link."""
    for name in path:
        model = link_named(model, name).target
    return model


def row_at(item: Any, path: Path) -> Any:
    """Return the row to which the links lead from ``item``; None if one of them is empty."""
    for name in path:
        item = None if item is None else getattr(item, name)
    return item


@lru_cache(maxsize=256)
def above(model: Any) -> Mapping[type[Any], Path]:
    """Return the tables of which a row must have one, each with the shortest path of links."""
    found: dict[type[Any], Path] = {}
    for path, target in sorted(_paths(model), key=lambda one: (len(one[0]), one[0])):
        if link_named(model, path[0]).required:
            found.setdefault(target, path)
    return found


def _paths(model: Any, met: tuple[type[Any], ...] = ()) -> Iterator[tuple[Path, type[Any]]]:
    """Yield every path upwards with its end: any first link, then only required ones."""
    for link in links_of(model):
        if link.target in (*met, model) or (met and not link.required):
            continue
        yield (link.name,), link.target
        for path, target in _paths(link.target, (*met, model)):
            yield (link.name, *path), target


@dataclass(frozen=True)
class Agreement:
    """Two paths from a row to the same table that must therefore lead to the same row."""

    near: Path
    far: Path
    target: type[Any]

    def broken_by(self, item: Any) -> bool:
        """Return whether the paths lead to different rows; an incomplete path breaks nothing."""
        one, other = _key_at(item, self.near), _key_at(item, self.far)
        return one is not None and other is not None and one != other


def _key_at(item: Any, path: Path) -> Any:
    """Return the key at the end of the path without reading that row; a new row is its own key."""
    last = row_at(item, path[:-1])
    if last is None:
        return None
    state = inspect(last)
    given = state.dict.get(path[-1])
    if given is not None:
        return given.id if given.id is not None else given
    return getattr(last, link_named(type(last), path[-1]).key)


@lru_cache(maxsize=256)
def agreements(model: Any) -> tuple[Agreement, ...]:
    """Return the pairs of paths up from a row of ``model`` that must meet.

    Reference data is left out, since two parents may well refer to different levels or centres.
    So are pairs that already follow from an agreement on a nearer table.
    """
    ways = [(path, target) for path, target in _paths(model) if _is_owned(target)]
    ways.sort(key=lambda one: (len(one[0]), one[0]))
    found: list[Agreement] = []
    for at, (far, target) in enumerate(ways):
        nearer = [
            near for near, other in ways[:at] if other is target and _are_two_parents(near, far)
        ]
        if not any(_implied(found, near, far) for near in nearer):
            sure = [near for near in nearer if link_named(model, near[0]).required]
            found.extend(Agreement(near, far, target) for near in sure[:1] or nearer)
    return tuple(found)


@dataclass(frozen=True)
class Dependent:
    """Rows of ``model`` whose ``path`` leads to a row that must agree with them on ``name``."""

    model: type[Any]
    path: Path
    name: str


def dependents(model: Any, models: Iterable[Any]) -> list[Dependent]:
    """Return which rows of ``models`` could disagree if a link of a row of ``model`` changed."""
    found = {
        Dependent(child, way[:at], way[at])
        for child in models
        for one in agreements(child)
        for way in (one.near, one.far)
        for at in range(1, len(way))
        if target_of(child, way[:at]) is model
    }
    return sorted(found, key=lambda one: (one.model.__name__, one.path, one.name))


def _are_two_parents(near: Path, far: Path) -> bool:
    """Return whether the paths start with different links; two direct links may differ freely."""
    return near[0] != far[0] and (len(near), len(far)) != (1, 1)


def _is_owned(target: type[Any]) -> bool:
    return getattr(target, "__area__", "reference") != "reference"


def _implied(found: list[Agreement], near: Path, far: Path) -> bool:
    """Return whether both paths continue alike from a row on which they already agree."""
    return any(
        near[len(one.near) :] == far[len(one.far) :]
        and near[: len(one.near)] == one.near
        and far[: len(one.far)] == one.far
        for one in found
    )
