"""Which kinds of background jobs exist?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from app.core.errors import BadConfig
from app.core.roles import Actor
from app.core.scope import AnySession

#: Called with the number of steps done and their total.
Progress = Callable[[int, int], None]
#: The file to which a job writes its result.
Out = IO[bytes]
#: Makes what ``detail`` and ``record_id`` describe, and returns the name of the file.
Make = Callable[[AnySession, Actor, str, int, Out, Progress], str]


def _allowed(_actor: Actor, _detail: str) -> str:
    return ""


@dataclass(frozen=True)
class JobKind:
    """A kind of background job.

    ``model`` is the table of the row that the job's ``record_id`` names: the job is visible only
    while that row is in the person's scope. ``why_not`` returns why a person may not have the
    result of such a job; empty if they may.
    """

    name: str
    make: Make
    model: type[Any] | None = None
    why_not: Callable[[Actor, str], str] = _allowed


_declared: dict[str, JobKind] = {}


def declare(*kinds: JobKind) -> None:
    """Register kinds of jobs; registering the same again changes nothing."""
    _declared.update({kind.name: kind for kind in kinds})


def kind_named(name: str) -> JobKind:
    """Return the kind with that name; raises BadConfig if the product no longer has it."""
    if name not in _declared:
        raise BadConfig(f"没有“{name}”这种生成任务，可能是较早版本留下的，请重新生成")
    return _declared[name]


def known(name: str) -> bool:
    """Return whether the product has such jobs."""
    return name in _declared
