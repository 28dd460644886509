"""How do the cells of a grid reach their rows: all or none, and never over another's change?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect, select

from app.core import audit
from app.core.bulk import row_changes
from app.core.bulk.grid_lines import Cells, Line, OwnRows
from app.core.bulk.row_changes import RowEdit, RowResult
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.history import history
from app.core.records.values import Reader
from app.core.refusals.changes import LOCKED
from app.core.transaction import transaction

#: What many acts of this kind are called in the history.
SOURCE = "grid"
#: So many rows stand in one grid; more are reached page by page.
MOST = 1000


@dataclass(frozen=True)
class Sent:
    """The changed cells of one line as a person typed them.

    ``keys`` are those of related rows that were chosen from suggestions instead of only typed.
    """

    id: str
    version: int | None
    cells: Mapping[str, str]
    keys: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """One line as it stands now; ``was`` is the id under which it was sent."""

    line: Line
    cells: Cells
    was: str
    by: str = ""


@dataclass(frozen=True)
class RefusedCells:
    """A problem on a cell of the line with that id."""

    id: str
    problem: Problem


@dataclass(frozen=True)
class Outcome:
    """What became of what was sent: ``saved`` lines, or nothing saved and why.

    ``others`` are lines that somebody else changed meanwhile, ``gone`` ids that are no longer
    there, or not there for this actor.
    """

    saved: tuple[Shown, ...] = ()
    objections: tuple[RefusedCells, ...] = ()
    others: tuple[Shown, ...] = ()
    gone: tuple[str, ...] = ()


def shown(rows: OwnRows, ids: Sequence[str]) -> list[Shown]:
    """The lines with these ids, in their order."""
    return [Shown(line, rows.cells(line), line.id) for line in rows.lines(ids).values()]


def note_shown(rows: OwnRows, count: int) -> None:
    """Write down who looked at whole numbers in a grid, as for an export."""
    described = describe(rows.model)
    told = {"表格编辑": [None, f"{count} 行"], "证件号码": [None, "完整"]}
    title = f"{described.label} {count} 条"
    with transaction(rows.session, rows.actor):
        audit.record(rows.session, described.name, "export", [(0, title, told)])


def save(rows: OwnRows, sent: Sequence[Sent]) -> Outcome:
    """Keep all that was sent in one act, or nothing; the objections to all lines come back at once.

    A line with a cell that cannot be read is held against the rules only when it can.
    """
    lines = rows.lines([one.id for one in sent])
    gone = tuple(one.id for one in sent if one.id not in lines)
    stale = [one for one in sent if one.id in lines and lines[one.id].version != one.version]
    late = {one.id for one in stale}
    fresh = [one for one in sent if one.id in lines and one.id not in late]
    edits, found = _edits(rows, lines, fresh)
    others = _as_they_stand(rows, lines, stale)
    if found or gone or others:
        judged = row_changes.judge(rows.session, rows.actor, rows.model, list(edits.values()))
        found += _objections(edits, judged)
        return Outcome(objections=tuple(found), others=others, gone=gone)
    written = row_changes.write(
        rows.session, rows.actor, rows.model, list(edits.values()), source=SOURCE
    )
    found = _objections(edits, written.results)
    if found:
        return Outcome(objections=tuple(found))
    return Outcome(saved=_saved(rows, lines, edits, written.results))


def _edits(
    rows: OwnRows, lines: Mapping[str, Line], sent: Sequence[Sent]
) -> tuple[dict[str, RowEdit], list[RefusedCells]]:
    """What is to be written by line, and the cells that cannot be read; those lines are left."""
    reader = rows.readers[rows.model]
    cells = {one.id: rows.prepared(lines[one.id], one.cells) for one in sent}
    _prefetch(reader, cells.values())
    chosen = _chosen(rows, sent)
    edits: dict[str, RowEdit] = {}
    found: list[RefusedCells] = []
    for at, one in enumerate(sent):
        line = lines[one.id]
        values: dict[str, Any] = {}
        wrong = _closed(rows, line, cells[one.id])
        if not wrong:
            values, wrong = _values(reader, line, cells[one.id], chosen[one.id])
        found += [RefusedCells(one.id, problem) for problem in wrong]
        if not wrong:
            key = line.item.id if line.item is not None else None
            made = {} if key is not None else dict(line.given)
            edits[one.id] = RowEdit(key, {**made, **values}, one.version, at + 1)
    return edits, found


def _closed(rows: OwnRows, line: Line, cells: Mapping[str, str]) -> list[Problem]:
    """Cells that take no input, whatever a page was made to send."""
    if line.locked:
        return [LOCKED.saying(line.locked, field=next(iter(cells), ""))]
    open_names = {one.name for one in describe(rows.model).where("form")} & set(rows.names)
    return [
        LOCKED.saying(line.locks.get(name, LOCKED.words), field=name)
        for name in cells
        if name not in open_names or (name in line.locks and cells[name])
    ]


def _prefetch(reader: Reader, cells: Iterable[Mapping[str, str]]) -> None:
    texts: dict[str, set[str]] = {}
    for one in cells:
        for name, text in one.items():
            texts.setdefault(name, set()).add(text)
    relations = inspect(reader.model).relationships
    for name in texts.keys() & set(relations.keys()):
        reader.prefetch(name, texts[name])


def _chosen(rows: OwnRows, sent: Sequence[Sent]) -> dict[str, dict[str, Any]]:
    """The related rows that were chosen by key and are the actor's to see, by line and field."""
    relations = inspect(rows.model).relationships
    wanted: dict[str, set[int]] = {}
    for one in sent:
        for name, key in one.keys.items():
            if name in relations:
                keys = key.values() if isinstance(key, Mapping) else [key]
                wanted.setdefault(name, set()).update(one for one in keys if isinstance(one, int))
    known: dict[tuple[str, int], Any] = {}
    for name, ids in wanted.items():
        target = relations[name].mapper.class_
        for row in rows.session.scalars(select(target).where(target.id.in_(ids))):
            known[name, row.id] = row
    return {one.id: _of_line(one, known) for one in sent}


def _of_line(sent: Sent, known: Mapping[tuple[str, int], Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, key in sent.keys.items():
        if isinstance(key, Mapping):
            named = {title: known.get((name, one)) for title, one in key.items()}
            titles = [one for one in sent.cells.get(name, "").split("、") if one]
            rows = [named.get(one) for one in titles]
            if all(row is not None for row in rows):
                found[name] = rows
        elif (name, key) in known:
            found[name] = known[name, key]
    return found


def _values(
    reader: Reader, line: Line, cells: Mapping[str, str], chosen: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    found: list[Problem] = []
    relations = inspect(reader.model).relationships
    # Relations first in the order of their declaration: each tells namesakes of the next apart.
    beside = {**line.given, **_related_to(line, relations)}
    for name in sorted(cells, key=lambda one: (one not in relations, _order(reader, one))):
        value, problem = chosen.get(name), None
        if value is None:
            value, problem = reader.read(name, cells[name], beside)
        if problem is not None:
            found.append(problem)
            continue
        values[name] = value
        if name in relations and not isinstance(value, list):
            beside[name] = value
    return values, found


def _related_to(line: Line, relations: Any) -> dict[str, Any]:
    if line.item is None:
        return {}
    loaded: Any = inspect(line.item).dict
    return {one.key: loaded[one.key] for one in relations if not one.uselist and one.key in loaded}


def _order(reader: Reader, name: str) -> int:
    return describe(reader.model).field(name).order


def _objections(edits: Mapping[str, RowEdit], results: Sequence[RowResult]) -> list[RefusedCells]:
    return [
        RefusedCells(one, problem)
        for one, result in zip(edits, results, strict=True)
        if result.status == "refused"
        for problem in result.problems
    ]


def _as_they_stand(
    rows: OwnRows, lines: Mapping[str, Line], stale: Sequence[Sent]
) -> tuple[Shown, ...]:
    """The lines that somebody else saved meanwhile, with who did it and when."""
    keys = [line.item.id for one in stale if (line := lines[one.id]).item is not None]
    events = history.last_events(rows.session, rows.model, keys) if keys else {}
    last = {key: f"{one.who}于 {one.at:%Y-%m-%d %H:%M} " for key, one in events.items()}
    return tuple(
        Shown(line, rows.cells(line), one.id, last.get(getattr(line.item, "id", 0), "别人"))
        for one in stale
        for line in [lines[one.id]]
    )


def _saved(
    rows: OwnRows,
    lines: Mapping[str, Line],
    edits: Mapping[str, RowEdit],
    results: Sequence[RowResult],
) -> tuple[Shown, ...]:
    """The lines as they stand after the act; a made row now goes by its own key."""
    ids = {
        one: str(result.key) if lines[one].beside is None else one
        for one, result in zip(edits, results, strict=True)
    }
    rows.session.expire_all()
    now = rows.lines(list(ids.values()))
    return tuple(
        Shown(now[new], rows.cells(now[new]), was) for was, new in ids.items() if new in now
    )
