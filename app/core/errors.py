"""What can go wrong for a user, sorted by what the user should do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One objection in words that say what to do; made by a ``Rule`` or a ``Refusal`` alone.

    ``code`` is the id that programs rely on, ``mark`` what people see in its place (规则 3-02).
    ``row`` is the row number that the user sees in the spreadsheet, ``field`` a model's field name,
    ``clause`` the place in the notice (empty where the notice is silent). ``rows`` are the serial
    numbers (序号) of all candidates or sessions concerned where an objection is to several at once;
    ``remedy`` is the next step in words.
    """

    code: str
    message: str
    field: str = ""
    row: int | None = None
    clause: str = ""
    severity: Severity = "error"
    rows: tuple[int, ...] = ()
    remedy: str = ""
    mark: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The rows concerned, whether it is one or several."""
        return self.rows or (() if self.row is None else (self.row,))


class AppError(Exception):
    """A refusal that the user can do something about; ``message`` is Chinese and complete.

    ``title`` and ``next_step`` stand on its page where a kind of refusal has words of its own.
    """

    title = ""
    next_step = ""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(AppError):
    """The record is not there, or not there for this user; the two are never told apart."""


class NotPermitted(AppError):
    """The record is there, but this act is another person's."""


class WrongState(AppError):
    """The act is this person's, but the record stands elsewhere in its procedure."""


class Stale(AppError):
    """Somebody else saved the record first."""


class Busy(AppError):
    """Others hold the database: nothing was changed, and the same act will do in a moment."""


class BadConfig(AppError):
    """A setting stops the start; the message names it and the remedy."""


class DiskTrouble(Exception):
    """What the machine refuses, whoever asks: no act may take it for a refusal of its own.

    ``message`` is Chinese and complete.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class DiskFull(DiskTrouble):
    """The computer has no room left for what was to be written; nothing of it is kept."""


class DiskRefused(DiskTrouble):
    """The disk is read-only or fails, or the data may not be read."""


class DatabaseDamaged(DiskTrouble):
    """What the database holds can no longer be trusted; a backup has to be put back."""


class RulesBroken(AppError):
    """The act is possible for this person here, but rules of the notice or the centre object."""

    def __init__(self, problems: Iterable[Problem], message: str = "") -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__(message or "；".join(problem.message for problem in self.problems))


class BadSheet(AppError):
    """The file as a whole cannot be read as what it should be; nothing has been changed."""

    def __init__(self, message: str, code: str = "bad_sheet") -> None:
        super().__init__(message)
        self.code = code
