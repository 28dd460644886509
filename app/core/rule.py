"""What is a rule: one sentence of the notice or the centre, under an id that never changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import Problem, Severity

CENTRE = "中心自定"
INFERRED = "推定"


@dataclass(frozen=True)
class Rule:
    """One rule, declared beside the function that checks it.

    ``code`` is the stable id that screens, reports and ``docs/rules.md`` show, ``function`` the
    name of the checking function in the same module. ``clause`` is the place in the notice, shown
    to the user; ``basis`` is what the rule rests on where the notice is silent: a standard,
    ``CENTRE`` or ``INFERRED``. ``remedy`` is what the user does about it where the message does
    not say.
    """

    code: str
    sentence: str
    function: str
    clause: str = ""
    basis: str = ""
    severity: Severity = "error"
    remedy: str = ""

    @property
    def source(self) -> str:
        """Where the rule comes from, for ``docs/rules.md``."""
        return "；".join(part for part in (self.clause, self.basis) if part)

    def broken(
        self,
        message: str,
        *,
        field: str = "",
        row: int | None = None,
        rows: Iterable[int] = (),
        severity: Severity | None = None,
        clause: str | None = None,
        remedy: str = "",
    ) -> Problem:
        """The objection that this rule raises, in the given Chinese words.

        ``severity`` and ``clause`` where a centre decides them by a setting or a row of its own.
        """
        return Problem(
            self.code,
            message,
            field,
            row,
            self.clause if clause is None else clause,
            severity or self.severity,
            tuple(rows),
            remedy or self.remedy,
        )
