"""How is the judgement of an upload kept page by page, as long as it is valid?"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Delete, delete, insert, select

from app.core.errors import Problem
from app.core.importing.judged_against import Basis, still_stands
from app.core.importing.result import Counts, Heading, Preview, PreviewCell, PreviewRow, Status
from app.core.refusals.refusal import read_back
from app.core.scope import AnySession
from app.core.tables import ImportRun, JudgedPart, JudgedSheet

#: The number of rows on one page of a preview.
PAGE = 100


@dataclass(frozen=True)
class Head:
    """A preview's information on the whole sheet; ``total`` and ``wrong`` count its rows."""

    sheet: str
    header_rows: tuple[int, int]
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    counts: Counts
    notes: tuple[Problem, ...]
    total: int
    wrong: int


@dataclass(frozen=True)
class ShownRow:
    """A row of a preview as it is displayed."""

    number: int
    status: Status
    cells: tuple[PreviewCell, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Page:
    """Page ``number`` of ``last`` of a preview, of all rows or of those with problems."""

    head: Head
    rows: tuple[ShownRow, ...]
    number: int
    last: int
    total: int


@dataclass(frozen=True)
class Packed:
    """A judgement ready to be stored; packed before the write lock is taken, to keep that short."""

    basis: Basis
    head: dict[str, Any]
    parts: tuple[dict[str, Any], ...]


def head_of(shown: Preview) -> Head:
    """Return the preview's information on the whole sheet."""
    return Head(
        shown.sheet,
        shown.header_rows,
        shown.headings,
        shown.missing,
        shown.fields,
        shown.counts,
        shown.notes,
        len(shown.rows),
        len(_wrong(shown.rows)),
    )


def page_of(shown: Preview, number: int, *, only: bool) -> Page:
    """Return a page of a preview that has just been made."""
    head, rows = head_of(shown), _wrong(shown.rows) if only else shown.rows
    number, last = _within(number, len(rows))
    some = rows[(number - 1) * PAGE : number * PAGE]
    rows_shown = tuple(ShownRow(one.number, one.status, one.cells, one.problems) for one in some)
    return Page(head, rows_shown, number, last, len(rows))


def pack(shown: Preview, basis: Basis) -> Packed:
    """Convert the preview to the form in which it is stored."""
    parts = [*_parts(shown.rows, only=False), *_parts(_wrong(shown.rows), only=True)]
    return Packed(basis, asdict(head_of(shown)), tuple(parts))


def put(session: AnySession, run: ImportRun, packed: Packed) -> None:
    """Store a judgement of the upload, replacing an earlier one."""
    forget(session, run)
    session.execute(
        insert(JudgedSheet).values(run_id=run.id, head=packed.head, **asdict(packed.basis))
    )
    if packed.parts:
        session.execute(insert(JudgedPart), [one | {"run_id": run.id} for one in packed.parts])


def forget(session: AnySession, run: ImportRun) -> None:
    """Delete the judgements of this upload and of all uploads that are over."""
    for model in (JudgedPart, JudgedSheet):
        session.connection().execute(left_behind(model, ImportRun.id != run.id))


def left_behind(model: type[JudgedPart | JudgedSheet], *which: ColumnElement[bool]) -> Delete:
    """Return the statement that deletes judgements, except of waiting uploads that match."""
    waiting = select(ImportRun.id).where(ImportRun.state == "staged", *which)
    return delete(model).where(model.run_id.not_in(waiting))


def find_head(session: AnySession, run: ImportRun, now: Basis) -> Head | None:
    """Return the stored information on the whole sheet; None if missing or outdated."""
    kept = session.scalar(select(JudgedSheet).where(JudgedSheet.run_id == run.id))
    if kept is None:
        return None
    then = Basis(kept.digest, kept.changes, kept.steps)
    return _read_head(kept.head) if still_stands(session, run, then, now) else None


def find_page(session: AnySession, run: ImportRun, head: Head, number: int, *, only: bool) -> Page:
    """Return a page of the stored judgement."""
    total = head.wrong if only else head.total
    number, last = _within(number, total)
    packed = session.scalar(
        select(JudgedPart.rows).where(
            JudgedPart.run_id == run.id, JudgedPart.only == only, JudgedPart.number == number
        )
    )
    rows = json.loads(zlib.decompress(packed)) if packed else []
    return Page(head, tuple(map(_read_row, rows)), number, last, total)


def _within(number: int, rows: int) -> tuple[int, int]:
    last = max(1, -(-rows // PAGE))
    return min(max(1, number), last), last


def _wrong(rows: Sequence[PreviewRow]) -> Sequence[PreviewRow]:
    return [row for row in rows if row.problems or row.status == "refused"]


def _parts(rows: Sequence[PreviewRow], *, only: bool) -> Iterable[dict[str, Any]]:
    for start in range(0, len(rows), PAGE):
        packable = [
            [one.number, one.status, list(map(asdict, one.cells)), list(map(asdict, one.problems))]
            for one in rows[start : start + PAGE]
        ]
        packed = zlib.compress(json.dumps(packable, ensure_ascii=False).encode(), 1)
        yield {"only": only, "number": start // PAGE + 1, "rows": packed}


def _read_row(stored: Any) -> ShownRow:
    number, status, cells, problems = stored
    return ShownRow(
        number, status, tuple(PreviewCell(**one) for one in cells), tuple(map(read_back, problems))
    )


def _read_head(stored: Any) -> Head:
    first, last = stored["header_rows"]
    return Head(
        stored["sheet"],
        (first, last),
        tuple(Heading(**one) for one in stored["headings"]),
        tuple(stored["missing"]),
        tuple((name, label) for name, label in stored["fields"]),
        Counts(**stored["counts"]),
        tuple(map(read_back, stored["notes"])),
        stored["total"],
        stored["wrong"],
    )
