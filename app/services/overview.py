"""How does the work stand for this person, in a few figures?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.core.scope import AnySession
from app.models import Batch, Body, CertificateSegment

FINISHED = ("archived", "withdrawn")


@dataclass(frozen=True)
class Figures:
    """The figures of the home page, within the person's scope."""

    bodies: int
    batches_open: int
    batches_of_year: int
    certificates_of_year: int


def figures(session: AnySession, today: date) -> Figures:
    """Registered bodies, open batches, batches and certificates of this year."""
    this_year = Batch.exam_date.between(date(today.year, 1, 1), date(today.year, 12, 31))
    bodies = select(func.count(Body.id)).where(Body.state == "registered")
    # Named as an entity: inside a filtered count alone the session would not see what to bound.
    batches = select(
        func.count(Batch.id).filter(Batch.state.not_in(FINISHED)),
        func.count(Batch.id).filter(this_year),
    ).select_from(Batch)
    # Segments, not certificates: a few rows stand for all numbers of the year.
    certificates = select(func.sum(CertificateSegment.count)).where(
        CertificateSegment.year == today.year
    )
    still_open, of_year = session.execute(batches).one()
    return Figures(
        bodies=session.scalar(bodies) or 0,
        batches_open=still_open,
        batches_of_year=of_year,
        certificates_of_year=int(session.scalar(certificates) or 0),
    )
