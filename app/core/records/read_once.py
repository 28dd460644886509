"""What has this act read already? Code lists, levels, calendars: once for all of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from app.core.scope import AnySession

_READ = "read_once"

Args = ParamSpec("Args")
Found = TypeVar("Found")


@contextmanager
def reading(session: AnySession) -> Iterator[None]:
    """Remember inside the block what functions marked ``read_once`` have found.

    An act over many rows judges all of them by the same facts; a block inside another shares them.
    """
    if _READ in session.info:
        yield
        return
    session.info[_READ] = {}
    try:
        yield
    finally:
        del session.info[_READ]


def read_once(
    function: Callable[Concatenate[AnySession, Args], Found],
) -> Callable[Concatenate[AnySession, Args], Found]:
    """Ask the database once for the same arguments while ``reading``, and each time otherwise."""

    @wraps(function)
    def asked(session: AnySession, /, *args: Args.args, **named: Args.kwargs) -> Found:
        found: dict[Any, Found] | None = session.info.get(_READ)
        if found is None:
            return function(session, *args, **named)
        key = (function, args, tuple(sorted(named.items())))
        if key not in found:
            found[key] = function(session, *args, **named)
        return found[key]

    return asked
