"""Do the segments of certificate numbers agree with the passes, the rule and each other?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select, true

from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import (
    Batch,
    Body,
    CertificateSegment,
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
from app.services.certificates.segment_rows import (
    SegmentRow,
    Taken,
    certificates_where,
    counters_where,
    names_where,
    passes_where,
    segments_where,
    touching,
)

#: States in which a batch has certificate numbers.
NUMBERED = ("registered", "certified", "archived")


@dataclass(frozen=True)
class Finding:
    """A problem of the numbers of a batch, or of a whole body where ``batch`` is ''."""

    body: str
    batch: str
    problem: Problem


@dataclass(frozen=True)
class Checked:
    """Counts of the segments and certificates checked, and the findings."""

    segments: int
    certificates: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Group:
    """The recorded numbers of one batch and level, and how many have passed."""

    body: str
    batch: str
    level: str
    prefixes: frozenset[str]
    numbers: tuple[str, ...]
    passes: int


def check_segments(session: AnySession, batch: Batch) -> list[Problem]:
    """Return all problems of the batch's numbers, alone and against every other segment.

    Other batches are compared beyond the actor's scope. Runs a fixed number of SQL statements.
    """
    mine = CertificateSegment.batch_id == batch.id
    rows = segments_where(session, mine)
    taken = certificates_where(session, mine)
    found = [one.problem for one in _of_batches(session, rows, taken, Batch.id == batch.id)]
    beside = rows + segments_where(session, touching(batch))
    for _key, alike in _alike(beside):
        found += overlap_problems([_as_facts(row, taken) for row in alike])
    return found


def audit(session: AnySession, *, batch: Batch | None = None, body: Body | None = None) -> Checked:
    """Check all segments, or those of a batch or body, in a fixed number of SQL statements."""
    if batch is not None:
        problems = check_segments(session, batch)
        mine = CertificateSegment.batch_id == batch.id
        found = tuple(Finding(batch.body.name, batch.no, one) for one in problems)
        return Checked(*_counted(session, mine), found)
    where = true() if body is None else CertificateSegment.body_id == body.id
    of = true() if body is None else Batch.body_id == body.id
    rows, taken = segments_where(session, where), certificates_where(session, where)
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


def _of_batches(
    session: AnySession,
    rows: Sequence[SegmentRow],
    taken: Mapping[int, Taken],
    where: ColumnElement[bool],
) -> Iterator[Finding]:
    for row in rows:
        for problem in bounds_problems(_as_facts(row, taken)):
            message = f"批次{row.batch} {row.level}：{problem.message}"
            yield Finding(row.body, row.batch, replace(problem, message=message))
    for group in _groups(session, rows, taken, where):
        yield from _of_group(group)


def _of_group(group: _Group) -> Iterator[Finding]:
    # Segments numbered under two rules of the body share no prefix to compare with.
    prefix = next(iter(group.prefixes)) if len(group.prefixes) == 1 else ""
    for problem in segment_problems(group.numbers, passes=group.passes, prefix=prefix):
        message = f"批次{group.batch} {group.level}：{problem.message}"
        yield Finding(group.body, group.batch, replace(problem, message=message))


def _groups(
    session: AnySession,
    rows: Sequence[SegmentRow],
    taken: Mapping[int, Taken],
    where: ColumnElement[bool],
) -> list[_Group]:
    """Return a group per batch and level with numbers, or with passes once registered."""
    passes = passes_where(session, and_(where, Batch.state.in_(NUMBERED)))
    kept: dict[tuple[int, int], list[SegmentRow]] = defaultdict(list)
    for row in rows:
        kept[row.batch_id, row.level_id].append(row)
    named = names_where(session, set(passes) - set(kept))
    by_body = number_rules.rows_of(session, {row.body_id for row in rows})
    groups = []
    for key in sorted({*kept, *passes}):
        ones = kept.get(key, [])
        body, batch, level = (ones[0].body, ones[0].batch, ones[0].level) if ones else named[key]
        groups.append(
            _Group(
                body,
                batch,
                level,
                frozenset(_prefix(one, taken, by_body) for one in ones),
                tuple(number for one in ones for number in _taken(one, taken).numbers),
                passes.get(key, 0),
            )
        )
    return groups


def _prefix(
    row: SegmentRow, taken: Mapping[int, Taken], by_body: Mapping[int, list[NumberRow]]
) -> str:
    """Return the prefix that the segment's numbers must have; '' where no rule was in force."""
    # A segment whose certificates are all gone is known by its year alone.
    day = min(_taken(row, taken).days, default=date(row.year, 12, 31))
    known = number_rule.in_force(by_body.get(row.body_id, ()), day)
    if known is None:
        return ""
    mark = row.mark
    return known.format_for(mark).prefix(known.parts(row.year, mark, row.first_serial))


def _taken(row: SegmentRow, taken: Mapping[int, Taken]) -> Taken:
    return taken.get(row.id, Taken())


def _of_bodies(
    session: AnySession,
    rows: Sequence[SegmentRow],
    taken: Mapping[int, Taken],
    body: Body | None,
) -> Iterator[Finding]:
    """Yield overlaps and skipped serials, which only show when all segments are compared."""
    given = counters_where(session, body)
    for key, alike in _alike(rows):
        first = alike[0]
        segments = [_as_facts(row, taken) for row in alike]
        counted = given.pop(key, 0)
        for problem in [*overlap_problems(segments), *skipped_problems(segments, counted)]:
            message = f"{first.body} {first.year}年 {first.level}：{problem.message}"
            yield Finding(first.body, "", replace(problem, message=message))


def _alike(
    rows: Iterable[SegmentRow],
) -> list[tuple[tuple[int, str, int, int], list[SegmentRow]]]:
    """Group the segments by counter: body, rule, year and level."""
    found: dict[tuple[int, str, int, int], list[SegmentRow]] = defaultdict(list)
    for row in rows:
        found[row.body_id, row.rule, row.year, row.level_id].append(row)
    return list(found.items())


def _as_facts(row: SegmentRow, taken: Mapping[int, Taken]) -> Segment:
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
