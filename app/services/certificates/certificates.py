"""Which certificate numbers, in contiguous segments, does a batch get?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.declarations.behaviour import procedure_of
from app.core.errors import RulesBroken
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.transaction import explained
from app.core.workflow import engine
from app.models import Batch, Candidate, Certificate, CertificateCounter, CertificateSegment, Level
from app.rules.certificates.number_rule import NumberRow, missing_problems
from app.rules.certificates.segment import issued_problems
from app.services.certificates import number_rules, segments
from app.services.results import scoring


@dataclass(frozen=True)
class _Group:
    """Passed candidates of one level, in numbering order."""

    level: Level
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class _Counter:
    """Key of a serial counter: body, rule, year and level."""

    body_id: int
    rule: str
    year: int
    level_id: int

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """The WHERE conditions that select the counter's row."""
        table = CertificateCounter
        return tuple(getattr(table, name) == value for name, value in asdict(self).items())


def reserve(session: AnySession, actor: Actor, batch: Batch, issued_on: date) -> int:
    """Number every passed candidate of the batch; return how many.

    Each level gets one contiguous segment, ordered by occupation, work type and roster, under the
    body's rule in force on ``issued_on``. The row of the counter (body, rule, year, level) serves
    as the lock, so that batches never share a number and segments have no gaps. Raises RulesBroken
    where a number cannot be formed or the segments do not add up.
    """
    row = number_rules.in_force(session, batch.body_id, issued_on)
    if row is None:
        raise RulesBroken(missing_problems(row, issued_on))
    made = 0
    for group in _groups(session, batch):
        made += _reserve_level(session, actor, batch, group, row, issued_on)
    # While it can still be rolled back: once committed, a number is never used again.
    broken = segments.check_segments(session, batch)
    if broken:
        raise RulesBroken(broken)
    return made


def _groups(session: AnySession, batch: Batch) -> Iterable[_Group]:
    outcomes = scoring.outcomes(session, batch)
    passed = [
        one for one in scoring.candidates_with_scores(session, batch) if outcomes.of(one).passed
    ]
    # The level leads, since groupby wants equal ones side by side. Within a work type the roster's
    # order stays, in which they come: the sort is stable.
    passed.sort(key=_place)
    for level, members in groupby(passed, key=lambda one: one.level):
        yield _Group(level, tuple(members))


def _place(one: Candidate) -> tuple[int, str, str]:
    return (one.level.order, one.occupation.code, one.work_type.name)


def _reserve_level(
    session: AnySession,
    actor: Actor,
    batch: Batch,
    group: _Group,
    row: NumberRow,
    issued_on: date,
) -> int:
    count, mark = len(group.candidates), group.level.digit
    number_format = row.format_for(mark)
    counter = _Counter(batch.body_id, number_format.name, issued_on.year, group.level.id)
    first = _take(session, counter, count)
    numbers = [
        number_format.produce(row.parts(issued_on.year, mark, first + offset))
        for offset in range(count)
    ]
    segment = CertificateSegment(
        batch=batch,
        body=batch.body,
        year=issued_on.year,
        level=group.level,
        rule=number_format.name,
        first_serial=first,
        last_serial=first + count - 1,
        first_number=numbers[0],
        last_number=numbers[-1],
        count=count,
    )
    session.add(segment)
    session.flush()
    _write(session, actor, segment, group, numbers, issued_on)
    return count


def _write(
    session: AnySession,
    actor: Actor,
    segment: CertificateSegment,
    group: _Group,
    numbers: Sequence[str],
    issued_on: date,
) -> None:
    """Insert a segment's certificates, their history and first steps in four statements."""
    rows = _rows_of(session, segment, group, numbers, issued_on)
    first, last = numbers[0], numbers[-1]
    taken = RulesBroken(issued_problems(first, last, issued=1))
    with explained(session, lambda: taken):
        session.execute(insert(Certificate), rows)
    made = session.scalars(
        select(Certificate).where(Certificate.segment_id == segment.id).order_by(Certificate.number)
    ).all()
    audit.write_added(session, made)
    engine.born(session, procedure_of("Certificate"), made, actor)


def _rows_of(
    session: AnySession,
    segment: CertificateSegment,
    group: _Group,
    numbers: Sequence[str],
    issued_on: date,
) -> list[dict[str, Any]]:
    common = {
        "state": procedure_of("Certificate").first,
        "batch_id": segment.batch_id,
        "body_id": segment.body_id,
        "segment_id": segment.id,
        "level_id": segment.level_id,
        "issued_on": issued_on,
        "version": 1,
        **audit.marks(session),
    }
    return [
        {
            "number": number,
            "candidate_id": one.id,
            "occupation_id": one.occupation_id,
            "work_type_id": one.work_type_id,
            # Copied, not linked: what was certified must not change with the candidate.
            "holder": one.name,
            "id_number": one.id_number,
            **common,
        }
        for one, number in zip(group.candidates, numbers, strict=True)
    ]


def _take(session: AnySession, counter: _Counter, count: int) -> int:
    """Reserve ``count`` serials; return the first.

    The counter's row stays locked until the transaction ends.
    """
    if not _advance(session, counter, count):
        try:
            # In a savepoint: PostgreSQL refuses all further statements of a transaction after an
            # error.
            with session.begin_nested():
                session.connection().execute(
                    insert(CertificateCounter).values(
                        **asdict(counter), last_serial=count, version=1
                    )
                )
        except IntegrityError:  # another batch created the counter in the meantime
            _advance(session, counter, count)
    last = session.connection().scalar(
        select(CertificateCounter.last_serial).where(*counter.conditions)
    )
    return int(last or count) - count + 1


def _advance(session: AnySession, counter: _Counter, count: int) -> bool:
    changed = session.connection().execute(
        update(CertificateCounter)
        .where(*counter.conditions)
        # Added by the database itself: a figure that was read before may be outdated by now.
        .values(last_serial=CertificateCounter.last_serial + count)
    )
    return changed.rowcount == 1


def of_batch(session: AnySession, batch: Batch) -> Sequence[Certificate]:
    """Return the batch's certificates ordered by number."""
    return session.scalars(
        select(Certificate).where(Certificate.batch_id == batch.id).order_by(Certificate.number)
    ).all()


def issue(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Issue the batch's reserved certificates, recording a step each."""
    procedure = procedure_of("Certificate")
    move = procedure.move("issue")
    reserved = [one for one in of_batch(session, batch) if one.state == procedure.first]
    engine.take_many(session, procedure, reserved, move, actor)
