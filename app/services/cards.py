"""Who in an exam arrangement has no card yet? Those are registered before it is imported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from app import scope
from app.models import (
    Assessor,
    Body,
    Occupation,
    Supervisor,
)
from app.roles import Actor
from app.scope import AnySession
from app.services import people, record, vocabulary
from app.services.glance import Named

CARD_YEARS = 3


CARD_YEARS = 3


def register(
    session: AnySession, clerk: Actor, body: Body, named: Named, days: Sequence[date]
) -> None:
    """Cards for the assessors and supervisors who have none yet."""
    _assessors(session, clerk, body, named, days)
    _supervisors(session, body, named, days)


def _assessors(
    session: AnySession, clerk: Actor, body: Body, named: Named, days: Sequence[date]
) -> None:
    known = _holders(session, Assessor, named.assessors, days)
    approved = vocabulary.approved_scope(session, body.id)
    jobs = {
        row.name: row
        for row in session.scalars(
            select(Occupation).where(
                Occupation.name.in_([one.occupation for one in approved.items])
            )
        )
    }
    for name in sorted(set(named.assessors) - known):
        made = Assessor(
            name=name,
            card_no=_card_number("KP", body, name, days[0].year),
            employer=body.name,
            body=body,
            centre=body.centre,
            occupations=[
                jobs[job]
                for job in sorted(map(approved.occupation_name, named.assessors[name]))
                if job in jobs
            ],
            **_validity(days),
        )
        record.put(session, clerk, made)
    session.commit()


def _supervisors(session: AnySession, body: Body, named: Named, days: Sequence[date]) -> None:
    known = _holders(session, Supervisor, named.supervisors, days)
    officer = people.officer_of(session, body.city_centre_id)
    with scope.acting(session, officer):
        for name in sorted(set(named.supervisors) - known):
            made = Supervisor(
                name=name,
                card_no=_card_number("DD", body, name, days[0].year),
                employer=body.city_centre.name,
                centre=body.city_centre,
                **_validity(days),
            )
            record.put(session, officer, made)
        session.commit()


def _holders(
    session: AnySession,
    model: type[Assessor | Supervisor],
    names: Iterable[str],
    days: Sequence[date],
) -> set[str]:
    """Who of the named has a card that is valid on every day."""
    return set(
        session.scalars(
            select(model.name).where(
                model.name.in_(list(names)),
                model.valid_from <= days[0],
                model.valid_to >= days[-1],
            )
        )
    )


def _validity(days: Sequence[date]) -> dict[str, date]:
    first, last = days[0], days[-1]
    return {"valid_from": date(first.year, 1, 1), "valid_to": date(last.year + CARD_YEARS, 12, 31)}


def _card_number(kind: str, body: Body, name: str, year: int) -> str:
    digest = hashlib.sha256(f"{body.code}{name}{year}".encode()).hexdigest()
    return f"{kind}{digest[:10].upper()}"
