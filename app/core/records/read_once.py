"""How is a fact that many rows need read only once per act?"""

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
    """Cache inside the block what functions marked ``read_once`` return.

    All rows of an act are then judged by the same facts. A nested block shares the outer cache.
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
    """Cache results per arguments inside a ``reading`` block; elsewhere ask every time."""

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
