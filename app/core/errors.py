"""What can go wrong for a user, and what should the user then do?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

#: A caution stops a move until the person acknowledges it with a note; elsewhere it is a warning.
Severity = Literal["error", "warning", "caution"]


@dataclass(frozen=True)
class Problem:
    """One problem in words that say what to do; made only by a ``Rule`` or a ``Refusal``.

    ``code`` is the id that programs rely on, ``mark`` what people see instead (规则 3-02). ``row``
    is the row number in the user's spreadsheet, ``field`` a field name of the model, ``clause``
    the place in the notice (empty if it says nothing). ``rows`` are the serial numbers (序号) of
    all candidates or sessions concerned if there are several. ``remedy`` is what to do next.
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
    """An error that the user can act on; ``message`` is a complete Chinese sentence.

    ``title`` and ``remedy`` appear on its page, for classes that set them.
    """

    title = ""
    remedy = ""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(AppError):
    """The record does not exist, or not for this user; the two are indistinguishable on purpose."""


class NotPermitted(AppError):
    """The record is visible to this user, but the act is reserved to others."""


class WrongState(AppError):
    """The user may do this, but not in the record's present state."""


class Stale(AppError):
    """Somebody else saved the record first."""


class Busy(AppError):
    """The database is locked by others: nothing was changed, and a retry may succeed."""


class BadConfig(AppError):
    """A setting or declaration prevents the start; the message names it and the remedy."""


class DiskTrouble(Exception):
    """A failure of the machine; not an AppError, so that no act handles it as a refusal.

    ``message`` is a complete Chinese sentence.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class DiskFull(DiskTrouble):
    """The disk has no room left for what was to be written; none of it was saved."""


class DiskRefused(DiskTrouble):
    """The disk is read-only or failing, or the data must not be read."""


class DatabaseDamaged(DiskTrouble):
    """The database is damaged and must be restored from a backup."""


class RulesBroken(AppError):
    """The user may do this now, but rules of the notice or the centre forbid it."""

    def __init__(self, problems: Iterable[Problem], message: str = "") -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__(message or "；".join(problem.message for problem in self.problems))


class Unacknowledged(RulesBroken):
    """The user may do this, but only after acknowledging these cautions and saying why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        given = tuple(problems)
        said = "；".join(problem.message for problem in given)
        super().__init__(given, f"{said}。确需办理的，请确认已知悉上述情况，并写明理由")


class BadSheet(AppError):
    """The file as a whole cannot be read as expected; nothing was changed."""

    def __init__(self, message: str, code: str = "bad_sheet") -> None:
        super().__init__(message)
        self.code = code
