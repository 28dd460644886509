"""How many candidates of one batch, or of many, passed, failed or did not sit?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, Table, case, exists, extract, func, or_, select

from app.core.scope import AnySession
from app.models import Batch, Candidate, Level, Occupation, Score, WorkType
from app.rules.results.results import GroupCount, count_results
from app.services.reference import vocabulary
from app.services.results import scoring

#: The most batches listed on the page, latest first.
LISTED = 100
_WORDS = ("passed", "failed", "absent", "violation", "deferred", "unfinished")


@dataclass(frozen=True)
class BatchCount:
    """Head counts of one batch."""

    batch_id: int
    no: str
    name: str
    exam_date: date
    state: str
    count: GroupCount


def of_batch(session: AnySession, batch: Batch) -> list[GroupCount]:
    """Count the batch's outcomes by occupation, work type and level."""
    return count_results(scoring.results(session, batch), vocabulary.levels(session).names)


def of_batches(session: AnySession, year: int, occupation: str = "") -> list[BatchCount]:
    """Return head counts of an exam year's batches with scores, latest first; one statement.

    Counts stored outcomes. ``occupation`` keeps candidates whose occupation contains the text.
    """
    heads = (Batch.id, Batch.no, Batch.name, Batch.exam_date, Batch.state)
    rows = session.execute(
        select(*heads, *_counted())
        .select_from(Candidate)
        .join(Candidate.batch)
        .join(Candidate.occupation)
        .join(Candidate.scores, isouter=True)
        .where(*_chosen(year, occupation))
        .group_by(*heads)
        .order_by(Batch.exam_date.desc(), Batch.id.desc())
        .limit(LISTED)
    ).all()
    return [
        BatchCount(key, no, name, day, state, _group(("", "", ""), counts))
        for (key, no, name, day, state, *counts) in map(tuple, rows)
    ]


def of_year(session: AnySession, year: int, occupation: str = "") -> list[GroupCount]:
    """Count the same candidates by occupation, work type and level, lowest level first."""
    rows = session.execute(
        select(Occupation.name, WorkType.name, Level.digit, *_counted())
        .select_from(Candidate)
        .join(Candidate.batch)
        .join(Candidate.occupation)
        .join(Candidate.work_type)
        .join(Candidate.level)
        .join(Candidate.scores, isouter=True)
        .where(*_chosen(year, occupation))
        .group_by(Occupation.name, WorkType.name, Level.digit, Level.order)
        .order_by(Occupation.name, WorkType.name, Level.order)
    ).all()
    return [_group(row[:3], row[3:]) for row in map(tuple, rows)]


def years(session: AnySession) -> list[int]:
    """Return the exam years that have scores, latest first."""
    year = extract("year", Batch.exam_date)
    found = session.scalars(
        select(year).select_from(Batch).where(_scored()).distinct().order_by(year.desc())
    )
    return [int(one) for one in found]


def _scored() -> ColumnElement[bool]:
    """Return the condition that the batch has scores.

    Uses an alias of the table, because the query around it may join Score itself.
    """
    kept = cast(Table, Score.__table__).alias("kept")
    return exists().where(kept.c.batch_id == Batch.id)


def _chosen(year: int, occupation: str) -> list[ColumnElement[bool]]:
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    found = [Batch.exam_date >= first, Batch.exam_date < after, _scored()]
    if occupation:
        found.append(Occupation.name.contains(occupation, autoescape=True))
    return found


def _word() -> ColumnElement[str]:
    """Return the outcome in the words of the tables.

    The stored outcome only says failed; the states of the papers tell violation and absence.
    """
    states = [getattr(Score, f"{name}_state") for name in scoring.PAPERS]
    return case(
        (Score.outcome.in_(("passed", "deferred")), Score.outcome),
        (Score.outcome.is_(None) | (Score.outcome == ""), "unfinished"),
        (or_(*(state == "violation" for state in states)), "violation"),
        (or_(*(state == "absent" for state in states)), "absent"),
        else_="failed",
    )


def _counted() -> list[ColumnElement[int]]:
    word = _word()
    return [func.count(), *(func.sum(case((word == one, 1), else_=0)) for one in _WORDS)]


def _group(key: tuple[str, str, str], counts: Sequence[object]) -> GroupCount:
    entered, *rest = (int(str(one or 0)) for one in counts)
    return GroupCount(*key, entered, *rest)
