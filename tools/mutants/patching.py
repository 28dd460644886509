"""How does a running process take on the functions of another text of one of its modules?"""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType
from typing import Any

#: The type of functions under ``lru_cache`` or ``cache``.
_REMEMBERING = type(functools.cache(str))


def replaced_codes(path: str, text: str, other: str) -> dict[CodeType, CodeType]:
    """Map the code of each function of ``text`` that differs in ``other`` → its code there.

    Raises ValueError where something besides functions differs: that was done on import.
    """
    # Not by the ``__future__`` of this file.
    codes = (compile(one, path, "exec", dont_inherit=True) for one in (text, other))
    pairs = list(_pairs(*codes))
    return {old: new for old, new in pairs if old != new and old.co_flags & CO_OPTIMIZED}


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    inner = [[one for one in code.co_consts if isinstance(one, CodeType)] for code in (old, new)]
    shape = [[one.co_name for one in codes] for codes in inner]
    if shape[0] != shape[1]:
        # Inside a function that is replaced itself, what it holds is made again by it.
        if old.co_flags & CO_OPTIMIZED:
            return
        raise ValueError(f"{old.co_filename}: the change is not within a function")
    for one, other in zip(*inner, strict=True):
        yield one, other
        yield from _pairs(one, other)


def put_in_place(replaced: dict[CodeType, CodeType], filename: str) -> int:
    """Give every function of the process its new code; return how many there were.

    Answers that functions of the product have remembered are forgotten. Raises ValueError for a
    function that cannot take its code because it uses other variables of the one around it.
    """
    found = 0
    for one in _objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == filename:
            new = replaced.get(one.__code__)
            if new is not None:
                one.__code__ = new
                found += 1
    for one in remembering():
        one.cache_clear()
    return found


def remembering() -> list[Any]:
    """Return the functions of the product that remember their answers (``lru_cache``)."""
    known = (one for one in _objects() if isinstance(one, _REMEMBERING))
    return [one for one in known if str(one.__module__).startswith("app.")]


def _objects() -> list[Any]:
    # What a process has set aside from collection is not listed.
    gc.unfreeze()
    return gc.get_objects()
