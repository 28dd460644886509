"""What does a technical refusal consist of?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import Problem, Severity


@dataclass(frozen=True)
class Refusal:
    """One technical refusal.

    ``code`` is the stable id, in which ``{field}`` stands for the name of the field. ``name`` is
    shown to people instead of the id. ``words`` is the message, with placeholders in braces for
    what the caller knows.
    """

    code: str
    name: str
    words: str
    severity: Severity = "error"

    def of(self, *, field: str = "", row: int | None = None, **given: object) -> Problem:
        """Return a problem with the refusal's own message."""
        return self.saying(self.words.format(**given), field=field, row=row)

    def saying(self, message: str, *, field: str = "", row: int | None = None) -> Problem:
        """Return a problem with a more specific message."""
        code = self.code.replace("{field}", field)
        return Problem(code, message, field, row, severity=self.severity, mark=self.name)


def read_back(kept: Mapping[str, Any]) -> Problem:
    """Rebuild a problem that was stored as plain values, e.g. in the judgement of an upload."""
    return Problem(**{**kept, "rows": tuple(kept["rows"])})
