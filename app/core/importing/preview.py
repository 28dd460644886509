"""What would accepting this file do to this record?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.importing.forms import form_of, other_forms
from app.core.importing.heading_memory import recall, sender_of
from app.core.importing.permission import check_open
from app.core.importing.preview_notes import (
    MASKS,
    assemble,
    check_rows,
    known_columns,
    sheet_notes,
    wrong_cells,
)
from app.core.importing.result import Judged, Preview, PreviewCell, PreviewRow, Status
from app.core.importing.sheet_kinds import SheetKind, kind_named
from app.core.importing.wordings import Wordings
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.sheets.reading.cell import text_of
from app.core.sheets.reading.reader import read


def preview(
    session: AnySession,
    actor: Actor,
    parent: Any,
    kind: str,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
) -> Preview:
    """Return what accepting the file would do; writes nothing.

    ``mapping`` assigns headings to fields ("" ignores one) and overrides what is remembered of
    the sender. Raises NotFound, NotPermitted, WrongState if the record takes no such sheet now,
    or BadSheet if the file as a whole cannot be read as this form.
    """
    check_open(session, actor, parent, kind)
    sheet = kind_named(kind)
    form = form_of(kind)
    assigned = {**recall(session, sender_of(parent, kind)), **(mapping or {})}
    reading = read(data, filename, form, assigned, others=other_forms(kind))
    check_rows(reading)
    judge = sheet.judge_of(session, parent)
    fields = frozenset(heading.field for heading in reading.headings if heading.field)
    missing = [column.field for column in reading.missing] + list(judge.absent(fields))
    judged = [] if missing else judge.judge(reading)
    notes = [*sheet_notes(reading), *judge.notes(judged)]
    columns = known_columns(reading)
    rows = [_row(one, columns, sheet, judge.words) for one in judged]
    return assemble(kind, filename, form, reading, missing, rows, notes)


def _row(
    one: Judged, columns: Iterable[tuple[str, str]], sheet: SheetKind, words: Wordings
) -> PreviewRow:
    status = status_of(one)
    changes = one.changes if status == "changed" else {}
    wrong = wrong_cells(one.problems)
    cells = tuple(
        PreviewCell(
            field,
            heading,
            one.row.text(field),
            wrong.get(field, ""),
            _before(one.stored, sheet.model, field, words)
            if _touches(sheet, changes, field)
            else None,
        )
        for field, heading in columns
    )
    return PreviewRow(one.row.number, status, cells, one.problems, one)


def status_of(one: Judged) -> Status:
    """Return what accepting the row would do."""
    if one.refused:
        return "refused"
    if one.stored is None:
        return "new"
    return "changed" if one.changes else "unchanged"


def _touches(sheet: SheetKind, changes: Mapping[str, Any], field: str) -> bool:
    decided = (field, f"{field}_id", *sheet.decides.get(field, ()))
    return any(name in changes for name in decided)


def _before(stored: Any, model: type[Entity], name: str, words: Wordings) -> str:
    """Return the stored value as text, masked as everywhere else."""
    field = describe(model).field(name)
    value = getattr(stored, name)
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if value is None or value == "":
        state = getattr(stored, f"{name}_state", "")
        return _choice_name(model, f"{name}_state", state) if state else ""
    if field.codes:
        return words.name(field.codes, str(value))
    text = text_of(value)
    return MASKS[field.sensitive](text) if field.sensitive else text


def _choice_name(model: type[Entity], name: str, value: str) -> str:
    return dict(describe(model).field(name).choices).get(value, value)
