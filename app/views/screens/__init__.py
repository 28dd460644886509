"""Which screens are there? One small class per table, grouped by the steps of the procedure.

Every module of this package is read: a new screen is there as soon as its class is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from app.views.base import EntityView


def screens() -> tuple[type[EntityView], ...]:
    """The screen of every table, by name."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    found = {one for one in _below(EntityView) if "datamodel" in one.__dict__}
    return tuple(sorted(found, key=lambda one: one.__name__))


def _below(base: type[EntityView]) -> Iterator[type[EntityView]]:
    for one in base.__subclasses__():
        yield one
        yield from _below(one)
