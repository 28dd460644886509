"""Which screens does a package contain?"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

from app.core.views.base import EntityView


def screens_in(root: ModuleType) -> tuple[type[EntityView], ...]:
    """Import all modules of a package and return its screens by name."""
    for module in walk_packages(root.__path__, f"{root.__name__}."):
        import_module(module.name)
    found = {one for one in _below(EntityView) if "datamodel" in one.__dict__}
    return tuple(sorted(found, key=lambda one: one.__name__))


def _below(base: type[EntityView]) -> Iterator[type[EntityView]]:
    for one in base.__subclasses__():
        yield one
        yield from _below(one)
