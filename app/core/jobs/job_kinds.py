"""Which kinds of long work are there? Each product declares its own; exports are the core's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from app.core.errors import BadConfig
from app.core.roles import Actor
from app.core.scope import AnySession

#: Told how many steps are done, of how many.
Progress = Callable[[int, int], None]
#: Where a job writes what it makes.
Out = IO[bytes]
#: Makes what ``detail`` and ``record_id`` name, and returns the name of the file.
Make = Callable[[AnySession, Actor, str, int, Out, Progress], str]


def _allowed(_actor: Actor, _detail: str) -> str:
    return ""


@dataclass(frozen=True)
class JobKind:
    """A kind of long work.

    ``model`` is the table whose row the job is made of, by its ``record_id``: out of the row's
    scope the job is out of sight. ``why_not`` says why a person may not take what such a job
    makes, empty where it may.
    """

    name: str
    make: Make
    model: type[Any] | None = None
    why_not: Callable[[Actor, str], str] = _allowed


_declared: dict[str, JobKind] = {}


def declare(*kinds: JobKind) -> None:
    """Let such jobs be asked for; saying the same again changes nothing."""
    _declared.update({kind.name: kind for kind in kinds})


def kind_named(name: str) -> JobKind:
    """The kind of that name; BadConfig where the product knows it no longer."""
    if name not in _declared:
        raise BadConfig(f"没有“{name}”这种生成任务，可能是较早版本留下的，请重新生成")
    return _declared[name]


def known(name: str) -> bool:
    """Whether the product has such jobs."""
    return name in _declared
