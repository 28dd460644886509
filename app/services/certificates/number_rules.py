"""Which rule and which parts number a body's certificates on a given day?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import Body, BodyNumberRule, Certificate
from app.rules.certificates import number_rule
from app.rules.certificates.number_rule import NumberRow
from app.services.reference.terms import number_terms


def rows_of(session: AnySession, body_ids: Iterable[int] | None) -> Mapping[int, list[NumberRow]]:
    """Map body id → its number rules (None: of all bodies), in one SQL statement."""
    statement = select(BodyNumberRule)
    if body_ids is not None:
        statement = statement.where(BodyNumberRule.body_id.in_(list(body_ids)))
    found: dict[int, list[NumberRow]] = defaultdict(list)
    # The numbering of a body must not depend on the scope of whoever asks.
    for row in session.scalars(statement.execution_options(unscoped=True)):
        found[row.body_id].append(row_of(row))
    return found


def row_of(row: BodyNumberRule) -> NumberRow:
    """Return the row as input to the rules."""
    return NumberRow(
        row.rule, row.since, row.letters or "", row.filing or "", row.region or "", row.serial or ""
    )


def in_force(session: AnySession, body_id: int, day: date) -> NumberRow | None:
    """Return the body's rule in force on ``day``, or None."""
    return number_rule.in_force(rows_of(session, [body_id]).get(body_id, ()), day)


def missing(session: AnySession, body: Body, day: date) -> list[Problem]:
    """Return the problem if the body has no rule in force on ``day``."""
    return number_rule.missing_problems(in_force(session, body.id, day), day)


def fill_in(row: BodyNumberRule) -> None:
    """Fill empty parts from the body and the settings, and normalise the letters."""
    terms, short = number_terms(), row.rule != "20"
    if short:
        row.letters = row.letters or terms.letters.get(row.body.kind, "")
        row.filing = row.filing or "0000"
        row.region = row.region or terms.province
    else:
        row.region = row.region or row.body.region.code
        row.filing = row.filing or ""
    row.letters = (row.letters or "").strip().upper()


def problems(session: AnySession, row: BodyNumberRule) -> list[Problem]:
    """Return all problems of a body's number rule."""
    asked, last = row_of(row), last_numbered(session, row.body.id)
    stored = stored_since(session, row)
    late = number_rule.since_problems(replace(asked, since=stored), last) if stored else []
    return [
        *number_rule.row_problems(asked),
        *(late or number_rule.since_problems(asked, last)),
        *number_rule.taken_problems(asked, _namesake(session, row)),
    ]


def in_use(session: AnySession, row: BodyNumberRule) -> list[Problem]:
    """Return the problem with deleting a rule under which certificates were numbered."""
    return number_rule.since_problems(row_of(row), last_numbered(session, row.body_id))


def stored_since(session: AnySession, row: BodyNumberRule) -> date | None:
    """Return the stored first day of the rule; None for a new row."""
    return session.scalar(select(BodyNumberRule.since).where(BodyNumberRule.id == (row.id or 0)))


def last_numbered(session: AnySession, body_id: int) -> date | None:
    """Return the last day on which a certificate of the body was numbered, in any scope."""
    return session.scalar(
        select(func.max(Certificate.issued_on))
        .where(Certificate.body_id == body_id)
        # Certificates outside the actor's scope have used the rule as well.
        .execution_options(unscoped=True)
    )


def _namesake(session: AnySession, row: BodyNumberRule) -> str:
    """Return the name of another body with the same rule and parts at any time, or ''."""
    same = (
        select(Body.name)
        .join(BodyNumberRule, BodyNumberRule.body_id == Body.id)
        .where(
            BodyNumberRule.body_id != row.body.id,
            BodyNumberRule.rule == row.rule,
            BodyNumberRule.letters == row.letters,
            BodyNumberRule.filing == (row.filing or ""),
            BodyNumberRule.region == row.region,
            BodyNumberRule.serial == row.serial,
        )
    )
    # Bodies with the same parts would issue the same numbers, whatever their scopes.
    return session.scalar(same.limit(1).execution_options(unscoped=True)) or ""
