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

    ``code`` is the stable id that programs get, ``function`` the name of the checking function in
    the same module. ``number`` is what people see: the step of the procedure that the clause
    names (0 where it names none) and a running number in it, given once and never changed.
    ``clause`` is the place in the notice, shown to the user; ``basis`` is what the rule rests on
    where the notice is silent: a standard, ``CENTRE`` or ``INFERRED``. ``remedy`` is what the
    user does about it where the message does not say.
    """

    code: str
    sentence: str
    function: str
    clause: str = ""
    basis: str = ""
    severity: Severity = "error"
    remedy: str = ""
    number: str = ""

    @property
    def mark(self) -> str:
        """How people call the rule: 规则 3-02."""
        return f"规则 {self.number}" if self.number else ""

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
            self.mark,
        )
