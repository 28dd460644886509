"""What would a sheet do to the rows of any table, and why are some rows refused?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect, select

from app.core.bulk import row_changes
from app.core.bulk.row_edit import RowEdit, RowResult
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import NotPermitted
from app.core.importing.accept import changed_meanwhile, check_columns
from app.core.importing.entities import ROWS, importable_named, row_fields, rows_form
from app.core.importing.heading_memory import recall, sender_of_rows
from app.core.importing.preview_notes import (
    MASKS,
    assemble,
    check_rows,
    known_columns,
    sheet_notes,
    wrong_cells,
)
from app.core.importing.result import Imported, Judged, Preview, PreviewCell, PreviewRow
from app.core.importing.row_values import Line, Lines, Parents, own_values
from app.core.records.numbering import next_value
from app.core.records.values import Reader
from app.core.roles import AREAS, Actor, may_write
from app.core.scope import AnySession
from app.core.sheets.reading.reader import read
from app.core.sheets.reading.table import Reading


def check_rows_open(actor: Actor, model: type[Entity]) -> None:
    """Raise NotFound or NotPermitted unless the actor may import rows into the table."""
    importable_named(model.__name__)
    if not may_write(actor, model.__area__):
        raise NotPermitted(f"您的角色不能导入“{AREAS[model.__area__].title}”类的数据")


def read_rows(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    parents: Parents,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
) -> Reading:
    """Read the file as a sheet of the table; raises as ``preview_rows``."""
    check_rows_open(actor, model)
    assigned = {**recall(session, sender_of_rows(actor, model)), **(mapping or {})}
    given = {*parents, *own_values(session, model)}
    reading = read(data, filename, rows_form(model, given), assigned)
    check_rows(reading)
    return reading


def preview_rows(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    parents: Parents,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
) -> Preview:
    """Return what accepting the file would do; writes nothing.

    ``parents`` are related rows that every row of the sheet belongs to. Raises NotFound,
    NotPermitted, or BadSheet if the file as a whole cannot be read as this table.
    """
    reading = read_rows(session, actor, model, parents, data, filename, mapping)
    sheet = _Sheet(session, model, parents, reading, filename)
    return sheet.shown(row_changes.judge(session, actor, model, sheet.edits()))


def write_rows(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    parents: Parents,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
    hold: Callable[[Preview], None] = lambda shown: None,
) -> Imported:
    """Write the rows that the preview of the file accepts; refused rows are left out.

    A blank cell keeps the stored value. Raises as ``preview_rows``, BadSheet also if a required
    column is missing, and Stale if somebody else wrote the same rows meanwhile. The file is read
    and judged while others may write; ``hold`` is called once writing begins.
    """
    reading = read_rows(session, actor, model, parents, data, filename, mapping)
    sheet = _Sheet(session, model, parents, reading, filename)
    if sheet.missing:
        check_columns(sheet.shown([]))
    look = _Look(session, model, sheet, hold)
    edits, source = sheet.edits(), f"import:{filename}"
    written = row_changes.put(
        session, actor, model, edits, source=source, only_sound=True, look=look
    )
    # A row that the preview accepted was refused under the lock. Raising rolls back the others too:
    # what is written must be what was shown.
    if [one.written for one in written.results] != [one.written for one in look.results]:
        raise changed_meanwhile("类")
    return Imported(look.shown(), written.operation)


class _Look:
    """Keeps the judgement of the sheet and checks it again before it is written."""

    def __init__(
        self,
        session: AnySession,
        model: type[Entity],
        sheet: _Sheet,
        hold: Callable[[Preview], None],
    ) -> None:
        self._session, self._model, self._sheet, self._hold = session, model, sheet, hold
        self.results: list[RowResult] = []

    def judged(self, results: list[RowResult]) -> None:
        self.results = results
        self._shown = self._sheet.shown(results)

    def about_to_write(self) -> None:
        self._hold(self._shown)
        # Serialise imports into a table: its natural key may have no unique constraint behind it.
        next_value(self._session, f"import-{self._model.__name__}")
        if self._sheet.known_by_now(self.results):
            raise changed_meanwhile("类")

    def shown(self) -> Preview:
        return self._shown


class _Sheet:
    """A sheet, with the results for those rows that can be read without a problem."""

    def __init__(
        self,
        session: AnySession,
        model: type[Entity],
        parents: Parents,
        reading: Reading,
        filename: str,
    ) -> None:
        self._reading, self._filename = reading, filename
        self._form = rows_form(model)
        self.missing = [column.field for column in reading.missing]
        self._lines = Lines(session, model, parents)
        self._all = [] if self.missing else self._lines.read(reading)
        self._sound = [one for one in self._all if not one.problems]

    def edits(self) -> list[RowEdit]:
        """Return the edits that the readable rows ask for."""
        return [RowEdit(one.key, one.values, row=one.row.number) for one in self._sound]

    def shown(self, results: Sequence[RowResult]) -> Preview:
        """Return the preview, given the results of the readable rows."""
        known = dict(zip(map(id, self._sound), results, strict=bool(results)))
        columns = known_columns(self._reading)
        rows = [_shown(one, known.get(id(one)), columns, self._lines.reader) for one in self._all]
        notes = sheet_notes(self._reading)
        return assemble(ROWS, self._filename, self._form, self._reading, self.missing, rows, notes)

    def known_by_now(self, results: Sequence[RowResult]) -> bool:
        """Return whether somebody else has meanwhile stored a row that is about to be added."""
        judged = zip(self._sound, results, strict=True)
        return self._lines.known_by_now([one for one, result in judged if result.written])


def _shown(
    one: Line,
    result: RowResult | None,
    columns: Sequence[tuple[str, str]],
    reader: Reader,
) -> PreviewRow:
    problems = tuple(one.problems) if result is None else result.problems
    changes = result.changes if result is not None and result.status == "changed" else {}
    wrong = wrong_cells(problems)
    cells = tuple(
        PreviewCell(
            name,
            heading,
            one.row.text(name),
            wrong.get(name, ""),
            _before(reader, name, changes[name][0]) if name in changes else None,
        )
        for name, heading in columns
    )
    status = "refused" if result is None else result.status
    return PreviewRow(one.row.number, status, cells, problems, Judged(one.row, one.values, None))


def _before(reader: Reader, name: str, value: Any) -> str:
    """Return the stored value as text, masked as everywhere else."""
    text = reader.write(name, value)
    sensitive = describe(reader.model).field(name).sensitive
    return MASKS[sensitive](text) if sensitive else text


def related_parents(
    session: AnySession, model: type[Entity], keys: Mapping[str, int]
) -> dict[str, Entity]:
    """Return those related rows that filtered a list, as far as the actor sees them."""
    found: dict[str, Entity] = {}
    relations = inspect(model).relationships
    entered = {one.name for one in row_fields(model)}
    for name, key in keys.items():
        if name in relations and name in entered and not relations[name].uselist:
            target: Any = relations[name].mapper.class_
            row = session.scalar(select(target).where(target.id == key))
            if row is not None:
                found[name] = row
    return found
