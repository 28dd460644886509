"""When may the rows of a table be added, changed and deleted by hand? Said on its model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OpenIn:
    """A row is open while it stands itself in one of these states of its procedure."""

    states: tuple[str, ...]

    def __init__(self, *states: str) -> None:
        object.__setattr__(self, "states", states)


@dataclass(frozen=True)
class OpenWhile:
    """A row is open while the record that it hangs on stands in one of these states.

    ``path`` leads there by the names of links, with dots between them: ``candidate.batch``. By its
    first link the row is placed for good. ``called`` is what the row is called where it is closed.
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
        """The links along the path."""
        return tuple(self.path.split("."))


@dataclass(frozen=True)
class AlwaysOpen:
    """No state closes a row of the table; ``reason`` is for whoever reads the model."""

    reason: str


@dataclass(frozen=True)
class Issued:
    """The procedure makes the rows by itself: nobody adds, edits or deletes one by hand."""


Opening = OpenIn | OpenWhile | AlwaysOpen | Issued


def openings_of(model: type[Any]) -> tuple[Opening, ...]:
    """Everything that must hold for a row of ``model`` to be open; empty where nothing is said."""
    said: Opening | tuple[Opening, ...] = getattr(model, "__open__", ())
    return said if isinstance(said, tuple) else (said,)


def is_issued(model: type[Any]) -> bool:
    """Whether the procedure fills the table by itself."""
    return any(isinstance(one, Issued) for one in openings_of(model))
