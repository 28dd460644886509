"""Which figures does the home page show this user?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.core.scope import AnySession
from app.models import Batch, Body, CertificateSegment

FINISHED = ("archived", "withdrawn")


@dataclass(frozen=True)
class Figures:
    """The figures of the home page, within the user's scope."""

    bodies: int
    batches_open: int
    batches_of_year: int
    certificates_of_year: int


def figures(session: AnySession, today: date) -> Figures:
    """Count registered bodies, open batches, and this year's batches and certificates."""
    this_year = Batch.exam_date.between(date(today.year, 1, 1), date(today.year, 12, 31))
    bodies = select(func.count(Body.id)).where(Body.state == "registered")
    # Select from the entity: the scope filter does not find one inside a filtered count alone.
    batches = select(
        func.count(Batch.id).filter(Batch.state.not_in(FINISHED)),
        func.count(Batch.id).filter(this_year),
    ).select_from(Batch)
    # Sum the segments rather than count certificates, of which there are far more rows.
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
