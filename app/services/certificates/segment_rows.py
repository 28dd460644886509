"""Which segments, certificates and passes are on record?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import aliased

from app.core.scope import AnySession
from app.models import (
    Batch,
    Body,
    Candidate,
    Certificate,
    CertificateCounter,
    CertificateSegment,
    Level,
    Score,
)

PORTION = 5000


@dataclass(frozen=True)
class SegmentRow:
    """A segment with its batch, body and level; ``mark`` is the level's sign in numbers."""

    id: int
    batch_id: int
    body_id: int
    rule: str
    year: int
    level_id: int
    first_serial: int
    last_serial: int
    first_number: str
    last_number: str
    count: int
    batch: str
    body: str
    level: str
    mark: str


@dataclass(frozen=True)
class Taken:
    """The certificate numbers of one segment in order, and their days of issue."""

    numbers: tuple[str, ...] = ()
    days: frozenset[date] = frozenset()


def segments_where(session: AnySession, where: ColumnElement[bool]) -> list[SegmentRow]:
    """Return the segments matching ``where`` with their names, ordered by id."""
    kept = CertificateSegment
    found = (
        select(
            kept.id, kept.batch_id, kept.body_id, kept.rule, kept.year, kept.level_id,
            kept.first_serial, kept.last_serial, kept.first_number, kept.last_number, kept.count,
            Batch.no, Body.name, Level.name, Level.digit,
        )
        .join(Batch, kept.batch_id == Batch.id)
        .join(Body, kept.body_id == Body.id)
        .join(Level, kept.level_id == Level.id)
        .where(where)
        .order_by(kept.id)
        # Serials must not overlap anywhere, so they are compared beyond the actor's scope.
        .execution_options(unscoped=True)
    )  # fmt: skip
    return [SegmentRow(*list(row)) for row in session.execute(found)]


def touching(batch: Batch) -> ColumnElement[bool]:
    """Return the condition for segments of other batches that overlap this batch's serials."""
    mine = aliased(CertificateSegment)
    other = CertificateSegment
    shared = and_(
        mine.batch_id == batch.id,
        other.body_id == mine.body_id,
        other.rule == mine.rule,
        other.year == mine.year,
        other.level_id == mine.level_id,
        other.first_serial <= mine.last_serial,
        other.last_serial >= mine.first_serial,
    )
    return and_(other.batch_id != batch.id, select(mine.id).where(shared).exists())


def certificates_where(session: AnySession, where: ColumnElement[bool]) -> dict[int, Taken]:
    """Map segment id → its certificates. Void ones count, since they keep their number."""
    rows = session.execute(
        select(Certificate.segment_id, Certificate.number, Certificate.issued_on)
        .join(CertificateSegment, Certificate.segment_id == CertificateSegment.id)
        .where(where)
        .order_by(Certificate.segment_id, Certificate.number)
        # Numbers must add up over all rows, also those outside the actor's scope.
        .execution_options(unscoped=True, yield_per=PORTION)
    )
    found = {}
    for segment_id, members in groupby(rows, key=lambda row: row[0]):
        ones = list(members)
        found[segment_id] = Taken(tuple(one[1] for one in ones), frozenset(one[2] for one in ones))
    return found


def passes_where(session: AnySession, where: ColumnElement[bool]) -> dict[tuple[int, int], int]:
    """Map (batch id, level id) → how many have passed, for the batches matching ``where``."""
    rows = session.execute(
        select(Score.batch_id, Candidate.level_id, func.count())
        .select_from(Score)
        .join(Candidate, Score.candidate_id == Candidate.id)
        .join(Batch, Score.batch_id == Batch.id)
        .where(where, Score.outcome == "passed")
        .group_by(Score.batch_id, Candidate.level_id)
        # Numbers must add up over all rows, also those outside the actor's scope.
        .execution_options(unscoped=True)
    )
    return {(batch_id, level_id): count for batch_id, level_id, count in rows}


def names_where(
    session: AnySession, keys: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], tuple[str, str, str]]:
    """Map (batch id, level id) → names of body, batch and level, for groups without segment."""
    wanted = set(keys)
    if not wanted:
        return {}
    batches = {batch_id for batch_id, _ in wanted}
    levels = dict(session.execute(select(Level.id, Level.name)).all())
    rows = session.execute(
        select(Batch.id, Body.name, Batch.no)
        .join(Body, Batch.body_id == Body.id)
        .where(Batch.id.in_(batches))
        # Numbers must add up over all rows, also those outside the actor's scope.
        .execution_options(unscoped=True)
    )
    known = {batch_id: (body, no) for batch_id, body, no in rows}
    return {key: (*known[key[0]], levels[key[1]]) for key in wanted}


def counters_where(session: AnySession, body: Body | None) -> dict[tuple[int, str, int, int], int]:
    """Map (body id, rule, year, level id) → last serial given out; None: of all bodies."""
    rows = session.execute(
        select(
            CertificateCounter.body_id,
            CertificateCounter.rule,
            CertificateCounter.year,
            CertificateCounter.level_id,
            CertificateCounter.last_serial,
        )
        .where(true() if body is None else CertificateCounter.body_id == body.id)
        # Numbers must add up over all rows, also those outside the actor's scope.
        .execution_options(unscoped=True)
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows}
