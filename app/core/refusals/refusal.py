"""What is a technical refusal: an id for programs, a name for people, and the words to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import Problem, Severity


@dataclass(frozen=True)
class Refusal:
    """One technical refusal.

    ``code`` is the stable id; ``{field}`` in it stands for the name of the field. ``name`` is what
    people see where programs see the id. ``words`` is the message, with places in braces for what
    the caller knows.
    """

    code: str
    name: str
    words: str
    severity: Severity = "error"

    def of(self, *, field: str = "", row: int | None = None, **given: object) -> Problem:
        """The objection in the refusal's own words."""
        return self.saying(self.words.format(**given), field=field, row=row)

    def saying(self, message: str, *, field: str = "", row: int | None = None) -> Problem:
        """The objection in words that say more of the case."""
        code = self.code.replace("{field}", field)
        return Problem(code, message, field, row, severity=self.severity, mark=self.name)


def read_back(kept: Mapping[str, Any]) -> Problem:
    """An objection that was kept as plain values, e.g. with the judgement of an upload."""
    return Problem(**{**kept, "rows": tuple(kept["rows"])})
