"""What is a rule, and which problem does it report?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import Problem, Severity

CENTRE = "中心自定"
INFERRED = "推定"


@dataclass(frozen=True)
class Rule:
    """One requirement of the notice or the centre, declared beside the function that checks it.

    ``code`` is the stable id for programs, ``function`` the name of the checking function in the
    same module. ``number`` is shown to people: the step of the procedure that the clause belongs
    to (0 if none) and a running number, never changed later. ``clause`` is the place in the
    notice. Where the notice says nothing, ``basis`` is what the rule rests on: a standard,
    ``CENTRE`` or ``INFERRED``. ``remedy`` says what to do if the message does not.
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
        """The rule's name for people: 规则 3-02."""
        return f"规则 {self.number}" if self.number else ""

    @property
    def source(self) -> str:
        """The source of the rule, as printed in ``docs/rules.md``."""
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
        """Return the problem that this rule reports, with the given Chinese message.

        Pass ``severity`` and ``clause`` where a centre decides them by a setting or a row.
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
