"""Which values do the cells sent by a grid stand for?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect, select

from app.core.bulk.grid_lines import Line, OwnRows
from app.core.bulk.row_edit import RowEdit
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.records.values import Reader
from app.core.refusals.changes import LOCKED


@dataclass(frozen=True)
class Sent:
    """The changed cells of one line, as texts typed by a person.

    ``keys`` holds, by field, the ids of related rows that were picked from suggestions.
    """

    id: str
    version: int | None
    cells: Mapping[str, str]
    keys: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RefusedCells:
    """A problem with a cell of the line that has this id."""

    id: str
    problem: Problem


def edits_of(
    rows: OwnRows, lines: Mapping[str, Line], sent: Sequence[Sent]
) -> tuple[dict[str, RowEdit], list[RefusedCells]]:
    """Return the edits by line id, and the problems of lines with unreadable or locked cells.

    A line with such a problem gets no edit.
    """
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
    """Return the problems of cells that are closed to input; the browser is not trusted here."""
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
    """Return the related rows picked by key that the actor sees, by line and field."""
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
    # Relations come first, as declared: each one helps to distinguish the records of the next.
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
