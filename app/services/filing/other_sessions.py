"""Which exam sessions of other batches need the same rooms or people on the same days?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.core.scope import AnySession
from app.models import Batch, ExamSession, Level, Occupation, WorkType
from app.models.exam.exam import session_assessor, session_supervisor
from app.rules.exam.exam_facts import Card, Sitting

GONE = "withdrawn"

_SITTING_COLUMNS = (
    ExamSession.theory_start,
    ExamSession.theory_end,
    ExamSession.theory_place,
    ExamSession.theory_form,
    ExamSession.practical_start,
    ExamSession.practical_end,
    ExamSession.practical_place,
    ExamSession.practical_form,
)


def sittings_of(row: Any) -> tuple[Sitting, Sitting]:
    """Return the theory and practical sittings of an ExamSession or a row with its columns."""
    return (
        Sitting("theory", row.theory_start, row.theory_end, row.theory_place, row.theory_form),
        Sitting(
            "practical",
            row.practical_start,
            row.practical_end,
            row.practical_place,
            row.practical_form,
        ),
    )


_COLUMNS = (
    ExamSession.id,
    ExamSession.batch_id,
    ExamSession.exam_date,
    ExamSession.occupation_id,
    ExamSession.work_type_id,
    ExamSession.level_id,
    ExamSession.headcount,
    *_SITTING_COLUMNS,
    Batch.body_id,
    Batch.city_centre_id,
    Batch.state,
    Occupation.name.label("occupation"),
    WorkType.name.label("work_type"),
    Level.digit.label("level"),
)
PEOPLE = ((session_assessor, "assessors"), (session_supervisor, "supervisors"))


def _keys(sessions: Sequence[ExamSession], who: str) -> list[int]:
    return sorted({person.id for one in sessions for person in getattr(one, who)})


def sessions_that_share(
    session: AnySession,
    batch: Batch,
    first: date,
    last: date,
    mine: Sequence[ExamSession],
    doubled: Collection[int],
) -> Sequence[Any]:
    """Return sessions of other batches from ``first`` to ``last`` that may clash with ``mine``.

    A session qualifies if it belongs to the same body, to a batch sharing a candidate (ids in
    ``doubled``), uses a room of the same name in the same city, or has one of the same examiners.
    """
    found = (
        select(*_COLUMNS)
        .select_from(ExamSession)
        .join(Batch, Batch.id == ExamSession.batch_id)
        .join(ExamSession.occupation)
        .join(ExamSession.work_type)
        .join(ExamSession.level)
        .where(
            ExamSession.batch_id != batch.id,
            Batch.state != GONE,
            ExamSession.exam_date.between(first, last),
            or_(*_ways_to_share(batch, mine, doubled)),
        )
        .order_by(ExamSession.id)
        # Rooms and examiners are shared across bodies; names are withheld from the result.
        .execution_options(unscoped=True)
    )
    return session.execute(found).all()


def _ways_to_share(
    batch: Batch, mine: Sequence[ExamSession], doubled: Collection[int]
) -> list[ColumnElement[bool]]:
    places = sorted(
        {place for one in mine for place in (one.theory_place, one.practical_place) if place}
    )
    shared: list[ColumnElement[bool]] = [
        Batch.body_id == batch.body_id,
        Batch.id.in_(sorted(doubled)),
        and_(
            Batch.city_centre_id == batch.city_centre_id,
            or_(ExamSession.theory_place.in_(places), ExamSession.practical_place.in_(places)),
        ),
    ]
    for table, who in PEOPLE:
        wanted = table.c[f"{who[:-1]}_id"].in_(_keys(mine, who))
        shared.append(ExamSession.id.in_(select(table.c.session_id).where(wanted)))
    return shared


def cards_elsewhere(
    session: AnySession,
    first: date,
    last: date,
    mine: Sequence[ExamSession],
    table: Any,
    who: str,
) -> dict[int, tuple[Card, ...]]:
    """Map other sessions' ids to those of our examiners they also use, as nameless cards."""
    person = table.c[f"{who[:-1]}_id"]
    days = select(ExamSession.id).where(ExamSession.exam_date.between(first, last))
    rows = session.execute(
        select(table.c.session_id, person)
        .where(person.in_(_keys(mine, who)), table.c.session_id.in_(days))
        # Reads only keys of our own examiners, from sessions outside the scope as well.
        .execution_options(unscoped=True)
    )
    found: dict[int, tuple[Card, ...]] = {}
    for session_id, key in rows:
        found[session_id] = (*found.get(session_id, ()), Card(key, ""))
    return found
