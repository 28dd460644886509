"""Which examiners of an arrangement lack a valid card and must be registered first?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core import scope
from app.core.records import record
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.models import Assessor, Body, Occupation, Supervisor
from app.services.demonstration import stand_ins
from app.services.demonstration.workbook_facts import Named
from app.services.exam.examiner_names import Cards, Person
from app.services.reference import vocabulary

CARD_YEARS = 3


def register(
    session: AnySession, clerk: Actor, body: Body, named: Named, days: Sequence[date]
) -> None:
    """See to it that everyone named has a card valid on ``days``: known, renewed or new.

    A person never gets a second card, which would make the name ambiguous.
    """
    _assessors(session, clerk, body, named, days)
    _supervisors(session, body, named, days)


def _assessors(
    session: AnySession, clerk: Actor, body: Body, named: Named, days: Sequence[date]
) -> None:
    approved = vocabulary.approved_scope(session, body.id)
    jobs = {
        row.name: row
        for row in session.scalars(
            select(Occupation).where(
                Occupation.name.in_([one.occupation for one in approved.items])
            )
        )
    }
    wanted = {
        name: [jobs[job] for job in sorted(map(approved.occupation_name, written)) if job in jobs]
        for name, written in named.assessors.items()
    }
    own = _own(session, Assessor, Assessor.body_id == body.id)
    with transaction(session, clerk):
        for name in _without_card(session, Assessor, wanted, body, days):
            if name in own:
                _renew(session, clerk, own[name], days)
                continue
            made = Assessor(
                name=name,
                card_no=_card_number("KP", body, name, days[0].year),
                employer=body.name,
                body=body,
                centre=body.centre,
                occupations=wanted[name],
                **_validity(days),
            )
            record.put(session, clerk, made)
        session.flush()
        _widen(session, clerk, body, wanted, days[0])


def _widen(
    session: AnySession,
    clerk: Actor,
    body: Body,
    wanted: Mapping[str, Sequence[Occupation]],
    day: date,
) -> None:
    """Add to known cards the occupations in which their holders are to examine."""
    known = Cards(session, Assessor, wanted, body)
    for name, jobs in wanted.items():
        for card in known.find([name], day, "")[0]:
            missing = [job for job in jobs if job not in card.occupations]
            if not missing:
                continue
            own = card.body_id == body.id
            actor = clerk if own else stand_ins.officer_of(session, card.centre_id)
            with scope.acting(session, actor):
                card.occupations = [*card.occupations, *missing]
                record.edit(session, actor, card)


def _supervisors(session: AnySession, body: Body, named: Named, days: Sequence[date]) -> None:
    officer = stand_ins.officer_of(session, body.city_centre_id)
    own = _own(session, Supervisor, Supervisor.centre_id == body.city_centre_id)
    missing = _without_card(session, Supervisor, named.supervisors, body, days)
    with transaction(session, officer):
        for name in missing:
            if name in own:
                _renew(session, officer, own[name], days)
                continue
            made = Supervisor(
                name=name,
                card_no=_card_number("DD", body, name, days[0].year),
                employer=body.city_centre.name,
                centre=body.city_centre,
                **_validity(days),
            )
            record.put(session, officer, made)


def _without_card(
    session: AnySession,
    model: type[Person],
    names: Iterable[str],
    body: Body,
    days: Sequence[date],
) -> list[str]:
    """Return, in order, the names that do not lead to a valid card on each of ``days``."""
    wanted = list(dict.fromkeys(names))
    known = Cards(session, model, wanted, body)
    return [name for name in wanted if any(known.find([name], day, "")[1] for day in days)]


def _own(session: AnySession, model: type[Person], mine: Any) -> dict[str, Person]:
    """Map name → card matching ``mine``; of several cards the one valid longest."""
    rows = session.scalars(select(model).where(mine).order_by(model.valid_to, model.id))
    return {row.name: row for row in rows}


def _renew(session: AnySession, actor: Actor, card: Person, days: Sequence[date]) -> None:
    wanted = _validity(days)
    card.valid_from = min(card.valid_from, wanted["valid_from"])
    card.valid_to = max(card.valid_to, wanted["valid_to"])
    record.edit(session, actor, card)


def _validity(days: Sequence[date]) -> dict[str, date]:
    first, last = days[0], days[-1]
    return {"valid_from": date(first.year, 1, 1), "valid_to": date(last.year + CARD_YEARS, 12, 31)}


def _card_number(kind: str, body: Body, name: str, year: int) -> str:
    digest = hashlib.sha256(f"{body.code}{name}{year}".encode()).hexdigest()
    return f"{kind}{digest[:10].upper()}"
