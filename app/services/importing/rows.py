"""What would a sheet do to the rows of any table: which are new, changed, refused, and why?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect, select

from app.errors import NotPermitted
from app.models import Entity
from app.models.field import describe
from app.roles import AREAS, Actor, may_write
from app.scope import AnySession
from app.services import many
from app.services.importing.accept import check_columns
from app.services.importing.entities import (
    ROWS,
    importable_named,
    row_fields,
    rows_form,
)
from app.services.importing.lines import Line, Lines, Parents, own_body
from app.services.importing.memory import place_of_rows, recall
from app.services.importing.result import Imported, Judged, Preview, PreviewCell, PreviewRow
from app.services.importing.shown import (
    MASKS,
    assemble,
    check_rows,
    known_columns,
    sheet_notes,
    wrong_cells,
)
from app.services.many import RowEdit, RowResult, Written
from app.services.values import Reader
from app.sheets.reader import read
from app.sheets.table import Reading

Attempt = Callable[[Sequence[RowEdit]], list[RowResult]]


def check_rows_open(actor: Actor, model: type[Entity]) -> None:
    """Raise NotFound or NotPermitted unless the actor may bring rows of the table in."""
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
    """The file read as a sheet of the table; raises as ``preview_rows``."""
    check_rows_open(actor, model)
    assigned = {**recall(session, place_of_rows(actor, model)), **(mapping or {})}
    given = {*parents, *own_body(session, model)}
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
    """What accepting the file would do; writes nothing.

    ``parents`` are related rows that every row of the sheet hangs on. Raises NotFound, NotPermitted
    and BadSheet (the file as a whole cannot be read as this table).
    """
    reading = read_rows(session, actor, model, parents, data, filename, mapping)
    attempt = lambda edits: many.judge(session, actor, model, edits)  # noqa: E731 - one line
    return shown_rows(session, model, parents, reading, filename, attempt)


def write_rows(
    session: AnySession,
    actor: Actor,
    model: type[Entity],
    parents: Parents,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
) -> Imported:
    """Write what the preview of the file shows, and leave the refused rows out; not committed.

    A blank cell leaves what is stored. Raises as ``preview_rows``, BadSheet also where a column is
    missing.
    """
    reading = read_rows(session, actor, model, parents, data, filename, mapping)
    written: list[Written] = []

    def attempt(edits: Sequence[RowEdit]) -> list[RowResult]:
        source = f"import:{filename}"
        written.append(many.put(session, actor, model, edits, source=source, only_sound=True))
        return written[-1].results

    shown = shown_rows(session, model, parents, reading, filename, attempt)
    check_columns(shown)
    return Imported(shown, "".join(one.operation for one in written))


def shown_rows(
    session: AnySession,
    model: type[Entity],
    parents: Parents,
    reading: Reading,
    filename: str,
    attempt: Attempt,
) -> Preview:
    """The sheet with what ``attempt`` says of the rows that nothing by itself speaks against."""
    form, lacking = rows_form(model), [column.field for column in reading.missing]
    rows: list[PreviewRow] = []
    if not lacking:
        sheet = Lines(session, model, parents)
        lines = sheet.read(reading)
        sound = [one for one in lines if not one.problems]
        results = attempt([RowEdit(one.key, one.values, row=one.row.number) for one in sound])
        known = {id(one): result for one, result in zip(sound, results, strict=True)}
        columns = known_columns(reading)
        rows = [_shown(one, known.get(id(one)), columns, sheet.reader) for one in lines]
    return assemble(ROWS, filename, form, reading, lacking, rows, sheet_notes(reading))


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
    """The stored value as staff read it, masked like everywhere else."""
    text = reader.write(name, value)
    sensitive = describe(reader.model).field(name).sensitive
    return MASKS[sensitive](text) if sensitive else text


def related_parents(
    session: AnySession, model: type[Entity], keys: Mapping[str, int]
) -> dict[str, Entity]:
    """The related rows that a list was narrowed to, as far as the actor sees them."""
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
