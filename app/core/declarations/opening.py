"""When may the rows of a table be added, changed and deleted by hand?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OpenIn:
    """A row is open while it is itself in one of these states of its procedure."""

    states: tuple[str, ...]

    def __init__(self, *states: str) -> None:
        object.__setattr__(self, "states", states)


@dataclass(frozen=True)
class OpenWhile:
    """A row is open while the record that it hangs on is in one of these states.

    ``path`` leads to that record by the names of links, separated by dots: ``candidate.batch``.
    The first of these links cannot change later. ``called`` is the name of the row in the
    message that says it is closed.
    """

    path: str
    states: tuple[str, ...]
    called: str

    def __init__(self, path: str, *states: str, called: str = "") -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "states", states)
        object.__setattr__(self, "called", called)

    @property
    def links(self) -> tuple[str, ...]:
        """The names of the links along the path."""
        return tuple(self.path.split("."))


@dataclass(frozen=True)
class AlwaysOpen:
    """No state closes a row of the table; ``reason`` is a note for readers of the model."""

    reason: str


@dataclass(frozen=True)
class Issued:
    """The procedure itself creates the rows; no one adds, edits or deletes them by hand."""


Opening = OpenIn | OpenWhile | AlwaysOpen | Issued


def openings_of(model: type[Any]) -> tuple[Opening, ...]:
    """Return all conditions for a row of ``model`` to be open; empty if none is declared."""
    said: Opening | tuple[Opening, ...] = getattr(model, "__open__", ())
    return said if isinstance(said, tuple) else (said,)


def is_issued(model: type[Any]) -> bool:
    """Return whether the procedure itself creates the table's rows."""
    return any(isinstance(one, Issued) for one in openings_of(model))
