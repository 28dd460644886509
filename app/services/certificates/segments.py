"""Do the segments of certificate numbers add up: with the passes, the rule and each other?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import aliased

from app.core.errors import Problem
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
from app.rules.certificates import number_rule
from app.rules.certificates.number_rule import NumberRow
from app.rules.certificates.segment import (
    Segment,
    bounds_problems,
    overlap_problems,
    segment_problems,
    skipped_problems,
)
from app.services.certificates import number_rules

#: From which state on a batch has its numbers.
NUMBERED = ("registered", "certified", "archived")
PORTION = 5000


@dataclass(frozen=True)
class Finding:
    """An objection to the numbers of a batch, or ('') to those of a whole body."""

    body: str
    batch: str
    problem: Problem


@dataclass(frozen=True)
class Checked:
    """How many segments and certificates were looked at, and what was found."""

    segments: int
    certificates: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Group:
    """The numbers of one batch and level: what is on record and how many have passed."""

    body: str
    batch: str
    level: str
    prefixes: frozenset[str]
    numbers: tuple[str, ...]
    passes: int


@dataclass(frozen=True)
class _Row:
    """A segment with the names of what it belongs to; ``mark`` is the level's in numbers."""

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
class _Taken:
    """The certificates of one segment, in the order of their numbers."""

    numbers: tuple[str, ...] = ()
    days: frozenset[date] = frozenset()


def check_segments(session: AnySession, batch: Batch) -> list[Problem]:
    """Every objection to the batch's numbers: by themselves, and against every other segment.

    A fixed number of statements. Numbers of other batches are compared across the database,
    whatever the actor sees of them.
    """
    mine = CertificateSegment.batch_id == batch.id
    rows = _segments(session, mine)
    taken = _certificates(session, mine)
    found = [one.problem for one in _of_batches(session, rows, taken, Batch.id == batch.id)]
    beside = rows + _segments(session, _touching(batch))
    for _key, alike in _alike(beside):
        found += overlap_problems([_as_rule(row, taken) for row in alike])
    return found


def audit(session: AnySession, *, batch: Batch | None = None, body: Body | None = None) -> Checked:
    """Check all segments, or those of a batch or a body; a fixed number of statements."""
    if batch is not None:
        problems = check_segments(session, batch)
        mine = CertificateSegment.batch_id == batch.id
        found = tuple(Finding(batch.body.name, batch.no, one) for one in problems)
        return Checked(*_counted(session, mine), found)
    where = true() if body is None else CertificateSegment.body_id == body.id
    of = true() if body is None else Batch.body_id == body.id
    rows, taken = _segments(session, where), _certificates(session, where)
    findings = [*_of_batches(session, rows, taken, of), *_of_bodies(session, rows, taken, body)]
    certificates = sum(len(one.numbers) for one in taken.values())
    return Checked(len(rows), certificates, tuple(findings))


def _counted(session: AnySession, mine: ColumnElement[bool]) -> tuple[int, int]:
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(CertificateSegment.count), 0))
        .select_from(CertificateSegment)
        .where(mine)
    ).one()
    return int(row[0]), int(row[1])


def _segments(session: AnySession, where: ColumnElement[bool]) -> list[_Row]:
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
        # Serials are compared across the whole database, whatever the actor sees of it.
        .execution_options(unscoped=True)
    )  # fmt: skip
    return [_Row(*list(row)) for row in session.execute(found)]


def _touching(batch: Batch) -> ColumnElement[bool]:
    """Segments of the body's other batches whose serials fall among those of this batch."""
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


def _certificates(session: AnySession, where: ColumnElement[bool]) -> dict[int, _Taken]:
    """Segment id → its certificates; a void one keeps its number and counts."""
    rows = session.execute(
        select(Certificate.segment_id, Certificate.number, Certificate.issued_on)
        .join(CertificateSegment, Certificate.segment_id == CertificateSegment.id)
        .where(where)
        .order_by(Certificate.segment_id, Certificate.number)
        .execution_options(unscoped=True, yield_per=PORTION)
    )
    found = {}
    for segment_id, members in groupby(rows, key=lambda row: row[0]):
        ones = list(members)
        found[segment_id] = _Taken(tuple(one[1] for one in ones), frozenset(one[2] for one in ones))
    return found


def _passes(session: AnySession, where: ColumnElement[bool]) -> dict[tuple[int, int], int]:
    """(batch, level) → how many have passed, of batches that have their numbers."""
    rows = session.execute(
        select(Score.batch_id, Candidate.level_id, func.count())
        .select_from(Score)
        .join(Candidate, Score.candidate_id == Candidate.id)
        .join(Batch, Score.batch_id == Batch.id)
        .where(where, Score.outcome == "passed")
        .group_by(Score.batch_id, Candidate.level_id)
        .execution_options(unscoped=True)
    )
    return {(batch_id, level_id): count for batch_id, level_id, count in rows}


def _of_batches(
    session: AnySession,
    rows: Sequence[_Row],
    taken: Mapping[int, _Taken],
    where: ColumnElement[bool],
) -> Iterator[Finding]:
    for row in rows:
        for problem in bounds_problems(_as_rule(row, taken)):
            message = f"批次{row.batch} {row.level}：{problem.message}"
            yield Finding(row.body, row.batch, replace(problem, message=message))
    for group in _groups(session, rows, taken, where):
        yield from _of_group(group)


def _of_group(group: _Group) -> Iterator[Finding]:
    prefix = next(iter(group.prefixes)) if len(group.prefixes) == 1 else ""
    for problem in segment_problems(group.numbers, passes=group.passes, prefix=prefix):
        message = f"批次{group.batch} {group.level}：{problem.message}"
        yield Finding(group.body, group.batch, replace(problem, message=message))


def _groups(
    session: AnySession,
    rows: Sequence[_Row],
    taken: Mapping[int, _Taken],
    where: ColumnElement[bool],
) -> list[_Group]:
    """One for every batch and level with numbers or, once it is registered, with passes."""
    passes = _passes(session, and_(where, Batch.state.in_(NUMBERED)))
    kept: dict[tuple[int, int], list[_Row]] = defaultdict(list)
    for row in rows:
        kept[row.batch_id, row.level_id].append(row)
    named = _names(session, set(passes) - set(kept))
    rules = number_rules.rows_of(session, {row.body_id for row in rows})
    groups = []
    for key in sorted({*kept, *passes}):
        ones = kept.get(key, [])
        body, batch, level = (ones[0].body, ones[0].batch, ones[0].level) if ones else named[key]
        groups.append(
            _Group(
                body,
                batch,
                level,
                frozenset(_prefix(one, taken, rules) for one in ones),
                tuple(number for one in ones for number in _taken(one, taken).numbers),
                passes.get(key, 0),
            )
        )
    return groups


def _names(
    session: AnySession, keys: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], tuple[str, str, str]]:
    """Body, batch and level of groups that have no segment at all."""
    wanted = set(keys)
    if not wanted:
        return {}
    batches = {batch_id for batch_id, _ in wanted}
    levels = dict(session.execute(select(Level.id, Level.name)).all())
    rows = session.execute(
        select(Batch.id, Body.name, Batch.no)
        .join(Body, Batch.body_id == Body.id)
        .where(Batch.id.in_(batches))
        .execution_options(unscoped=True)
    )
    known = {batch_id: (body, no) for batch_id, body, no in rows}
    return {key: (*known[key[0]], levels[key[1]]) for key in wanted}


def _prefix(row: _Row, taken: Mapping[int, _Taken], rules: Mapping[int, list[NumberRow]]) -> str:
    """What the numbers of the segment must begin with; '' where the body had no rule."""
    day = min(_taken(row, taken).days, default=date(row.year, 12, 31))
    known = number_rule.in_force(rules.get(row.body_id, ()), day)
    if known is None:
        return ""
    mark = row.mark
    return known.rule_for(mark).prefix(known.parts(row.year, mark, row.first_serial))


def _taken(row: _Row, taken: Mapping[int, _Taken]) -> _Taken:
    return taken.get(row.id, _Taken())


def _of_bodies(
    session: AnySession,
    rows: Sequence[_Row],
    taken: Mapping[int, _Taken],
    body: Body | None,
) -> Iterator[Finding]:
    """Overlaps and skipped serials: what only shows when all segments stand side by side."""
    given = _counters(session, body)
    for key, alike in _alike(rows):
        first = alike[0]
        segments = [_as_rule(row, taken) for row in alike]
        counted = given.pop(key, 0)
        for problem in [*overlap_problems(segments), *skipped_problems(segments, counted)]:
            message = f"{first.body} {first.year}年 {first.level}：{problem.message}"
            yield Finding(first.body, "", replace(problem, message=message))


def _counters(session: AnySession, body: Body | None) -> dict[tuple[int, str, int, int], int]:
    rows = session.execute(
        select(
            CertificateCounter.body_id,
            CertificateCounter.rule,
            CertificateCounter.year,
            CertificateCounter.level_id,
            CertificateCounter.last_serial,
        )
        .where(true() if body is None else CertificateCounter.body_id == body.id)
        .execution_options(unscoped=True)
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows}


def _alike(
    rows: Iterable[_Row],
) -> list[tuple[tuple[int, str, int, int], list[_Row]]]:
    """Segments whose serials are counted together."""
    found: dict[tuple[int, str, int, int], list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.body_id, row.rule, row.year, row.level_id].append(row)
    return list(found.items())


def _as_rule(row: _Row, taken: Mapping[int, _Taken]) -> Segment:
    known = _taken(row, taken)
    return Segment(
        row.batch,
        row.year,
        row.first_serial,
        row.last_serial,
        row.count,
        row.first_number,
        row.last_number,
        known.numbers,
        frozenset(day.year for day in known.days),
    )
