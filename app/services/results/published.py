"""What was made public of each person, and do the results still agree with it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import Batch, Candidate, Objection, Publicity, PublishedResult
from app.rules.results import published as rules
from app.rules.results.published import PublicResult
from app.services.results import scoring

#: A cancelled publicity counts as if it had never been.
COUNTING = ("open", "closed")


def latest(session: AnySession, batch: Batch) -> dict[int, PublishedResult]:
    """Map candidate id → the row of the latest publicity of the batch that names the person."""
    newest = (
        select(func.max(PublishedResult.id))
        .join(Publicity, Publicity.id == PublishedResult.publicity_id)
        .where(Publicity.batch_id == batch.id, Publicity.state.in_(COUNTING))
        .group_by(PublishedResult.candidate_id)
    )
    rows = session.scalars(select(PublishedResult).where(PublishedResult.id.in_(newest)))
    return {row.candidate_id: row for row in rows}


def compared(session: AnySession, batch: Batch) -> dict[int, PublicResult]:
    """Map candidate id → the present result beside the public one, in roster order."""
    people = scoring.candidates_with_scores(session, batch)
    public, found = latest(session, batch), scoring.outcomes(session, batch)
    return {one.id: _beside(one, found.of(one).text, public.get(one.id)) for one in people}


def _beside(person: Candidate, now: str, public: PublishedResult | None) -> PublicResult:
    if public is None:
        return PublicResult(person.name, now, "")
    if public.result:
        return PublicResult(person.name, now, public.result)
    return PublicResult(person.name, now, "合格" if public.passed else "不合格", exact=False)


def unpublished_problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problem where a result differs from the one that was made public."""
    return rules.unpublished_problems([*compared(session, batch).values()])


def republishing_problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problem where there is nothing to publish again."""
    return rules.republishing_problems([*compared(session, batch).values()])


def correction_problems(session: AnySession, raised: Objection) -> list[Problem]:
    """Return the problem where nothing has changed since the publicity objected to."""
    batch, named = raised.publicity.batch, raised.candidate_id
    said = select(PublishedResult).where(
        PublishedResult.publicity_id == raised.publicity_id,
        *([] if named is None else [PublishedResult.candidate_id == named]),
    )
    public = {row.candidate_id: row for row in session.scalars(said)}
    found = scoring.outcomes(session, batch)
    people = scoring.candidates_with_scores(session, batch)
    return rules.correction_problems(
        [_beside(one, found.of(one).text, public[one.id]) for one in people if one.id in public]
    )


def publish(session: AnySession, publicity: Publicity) -> None:
    """Write down what a new publicity says: of those whose result is not public yet.

    Where every result is public already, as for a second place, it says it of everybody again.
    """
    batch = publicity.batch
    due = {key for key, one in compared(session, batch).items() if not one.agrees}
    made = [
        {"publicity_id": publicity.id, **one}
        for one in _present(session, batch)
        if not due or one["candidate_id"] in due
    ]
    if made:
        session.execute(insert(PublishedResult), made)


def rows(session: AnySession, publicity: Publicity) -> list[PublishedResult]:
    """Return what the publicity says, in roster order; for a draft, what it would say today."""
    said = select(PublishedResult).where(PublishedResult.publicity_id == publicity.id)
    found = session.scalars(said.order_by(PublishedResult.serial, PublishedResult.id)).all()
    if found or publicity.state != "draft":
        return [*found]
    return [PublishedResult(**one) for one in _present(session, publicity.batch)]


def _present(session: AnySession, batch: Batch) -> Iterator[dict[str, Any]]:
    found = scoring.outcomes(session, batch)
    for one in scoring.candidates_with_scores(session, batch):
        outcome = found.of(one)
        yield {
            "candidate_id": one.id,
            "serial": one.serial,
            "name": one.name,
            "id_number": one.id_number,
            "employer": one.employer or "",
            "occupation": one.occupation.name,
            "work_type": one.work_type.name,
            "level": one.level.name,
            "result": outcome.text,
            "passed": bool(outcome.passed),
        }


@dataclass(frozen=True)
class Said:
    """What one publicity said of a person; ``cancelled`` if it no longer counts."""

    publicity: str
    result: str
    cancelled: bool


@dataclass(frozen=True)
class Story:
    """A person whose result was made public differently, or has changed since."""

    candidate: Candidate
    said: tuple[Said, ...]
    now: str


def stories(session: AnySession, batch: Batch) -> list[Story]:
    """Return everybody whose result has changed since it was first made public, in roster order.

    Three statements, however many people.
    """
    wanted = (
        select(PublishedResult, Publicity.no, Publicity.state)
        .join(Publicity, Publicity.id == PublishedResult.publicity_id)
        .where(Publicity.batch_id == batch.id)
        .order_by(PublishedResult.id)
    )
    noted: dict[int, list[Said]] = {}
    for row, no, state in session.execute(wanted):
        words = row.result or ("合格" if row.passed else "不合格")
        noted.setdefault(row.candidate_id, []).append(Said(no, words, state == "cancelled"))
    if not noted:
        return []
    found = scoring.outcomes(session, batch)
    made = [
        Story(one, tuple(noted.get(one.id, ())), found.of(one).text)
        for one in scoring.candidates_with_scores(session, batch)
    ]
    return [one for one in made if {*(said.result for said in one.said), one.now} - {one.now}]
