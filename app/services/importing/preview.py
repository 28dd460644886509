"""What would this file do to this batch? The answer for a preview and for the act itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from app.errors import BadSheet, Problem
from app.models import Batch, Entity
from app.models.field import describe
from app.roles import Actor
from app.rules.masking import mask_identity, mask_phone
from app.scope import AnySession
from app.services.importing.arrangement import ArrangementImport
from app.services.importing.forms import MODELS, form_of, other_forms
from app.services.importing.gate import check_open
from app.services.importing.memory import recall
from app.services.importing.result import (
    Counts,
    Heading,
    Judged,
    Preview,
    PreviewCell,
    PreviewRow,
    Status,
)
from app.services.importing.roster import RosterImport
from app.services.importing.scores import ScoresImport
from app.services.importing.wordings import Wordings
from app.sheets.cell import text_of
from app.sheets.reader import read
from app.sheets.table import Reading, Row, SheetForm

_SAMPLE = 20
_SHOWN_ROWS = 10
_NOT_IMPORTED = frozenset({"序号", "序", "顺序号", "行号", "no", "问题"})
_MASKS: dict[str, Callable[[str], str]] = {"id_number": mask_identity, "phone": mask_phone}


class _Import(Protocol):
    words: Wordings

    def absent(self, fields: frozenset[str]) -> tuple[str, ...]: ...

    def judge(self, reading: Reading) -> list[Judged]: ...

    def notes(self, judged: Sequence[Judged]) -> list[Problem]: ...


_IMPORTS: dict[str, Callable[[AnySession, Batch], _Import]] = {
    "roster": RosterImport,
    "scores": ScoresImport,
    "arrangement": ArrangementImport,
}

# Columns of the model that a cell decides beside the one of its own name.
_ALSO: dict[str, tuple[str, ...]] = {
    "theory": ("theory_state",),
    "practical": ("practical_state",),
    "review": ("review_state",),
    "theory_start": ("theory_end",),
    "practical_start": ("practical_end",),
}


def preview(
    session: AnySession,
    actor: Actor,
    batch: Batch,
    kind: str,
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
) -> Preview:
    """What accepting the file would do; writes nothing.

    ``mapping`` assigns headings to fields ("" ignores one), over what is remembered of the
    enterprise. Raises NotFound, NotPermitted, WrongState (the batch takes no such sheet now) and
    BadSheet (the file as a whole cannot be read as this form).
    """
    check_open(session, actor, batch, kind)
    form = form_of(kind)
    assigned = {**recall(session, batch, kind), **(mapping or {})}
    reading = read(data, filename, form, assigned, others=other_forms(kind))
    if not reading.rows:
        message = f"工作表“{reading.sheet}”的表头下面没有数据行，请填写后再上传"
        raise BadSheet(message, "no_rows")
    importer = _IMPORTS[kind](session, batch)
    fields = frozenset(heading.field for heading in reading.headings if heading.field)
    lacking = [column.field for column in reading.missing] + list(importer.absent(fields))
    judged = [] if lacking else importer.judge(reading)
    notes = [*_sheet_notes(reading), *importer.notes(judged)]
    return _answer(kind, filename, form, reading, lacking, judged, notes, importer.words)


def _sheet_notes(reading: Reading) -> list[Problem]:
    found = []
    if reading.other_sheets:
        names = "、".join(f"“{name}”" for name in reading.other_sheets)
        message = f"只读取了工作表“{reading.sheet}”；{names}里也有同样的表，需要时请另存后再导入"
        found.append(Problem("other_sheets", message, severity="warning"))
    reasons: dict[str, list[str]] = {}
    for one in reading.skipped:
        reasons.setdefault(one.reason, []).append(str(one.number))
    for reason, numbers in reasons.items():
        more = f"等{len(numbers)}行" if len(numbers) > _SHOWN_ROWS else "行"
        rows = "、".join(numbers[:_SHOWN_ROWS]) + more
        message = f"第{rows}没有作为数据读取：{reason}"
        found.append(Problem("rows_skipped", message, severity="warning"))
    return found


def _answer(
    kind: str,
    filename: str,
    form: SheetForm,
    reading: Reading,
    lacking: Sequence[str],
    judged: Sequence[Judged],
    notes: Sequence[Problem],
    words: Wordings,
) -> Preview:
    labels = {column.field: column.heading for column in form.columns}
    columns = [(h.field, h.text) for h in reading.headings if h.field]
    if lacking:
        rows = tuple(_unjudged(row, columns) for row in reading.rows)
        problems = tuple(_lacking(field, labels[field]) for field in lacking)
    else:
        rows = tuple(_row(one, columns, MODELS[kind], words) for one in judged)
        problems = tuple(p for row in rows for p in row.problems if p.severity == "error")
    counted = Counter(row.status for row in rows)
    return Preview(
        kind=kind,
        filename=filename,
        sheet=reading.sheet,
        header_rows=reading.header_rows,
        headings=_headings(reading),
        missing=tuple(labels[field] for field in lacking),
        fields=tuple(labels.items()),
        rows=rows,
        counts=Counts(**{status: counted[status] for status in _STATUSES}),
        problems=problems,
        notes=tuple(notes),
        reading=reading,
    )


_STATUSES: tuple[Status, ...] = ("new", "changed", "unchanged", "refused")


def _lacking(field: str, label: str) -> Problem:
    message = f"表中没有找到“{label}”这一列，请指定是哪一列，或补上后重新上传"
    return Problem("column_missing", message, field)


def _unjudged(row: Row, columns: Iterable[tuple[str, str]]) -> PreviewRow:
    cells = tuple(PreviewCell(field, heading, row.text(field)) for field, heading in columns)
    return PreviewRow(row.number, "refused", cells, (), Judged(row, {}, None))


def _row(
    one: Judged, columns: Iterable[tuple[str, str]], model: type[Entity], words: Wordings
) -> PreviewRow:
    status = status_of(one)
    changes = one.changes if status == "changed" else {}
    wrong: dict[str, list[str]] = {}
    for problem in one.problems:
        wrong.setdefault(problem.field, []).append(problem.message)
    cells = tuple(
        PreviewCell(
            field,
            heading,
            one.row.text(field),
            "；".join(wrong.get(field, ())),
            _before(one.stored, model, field, words) if _touches(changes, field) else None,
        )
        for field, heading in columns
    )
    return PreviewRow(one.row.number, status, cells, one.problems, one)


def status_of(one: Judged) -> Status:
    """What accepting the row would do."""
    if one.refused:
        return "refused"
    if one.stored is None:
        return "new"
    return "changed" if one.changes else "unchanged"


def _touches(changes: Mapping[str, Any], field: str) -> bool:
    return any(name in changes for name in (field, f"{field}_id", *_ALSO.get(field, ())))


def _before(stored: Any, model: type[Entity], name: str, words: Wordings) -> str:
    """The stored value as staff read it, masked like everywhere else."""
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
    return _MASKS[field.sensitive](text) if field.sensitive else text


def _choice_name(model: type[Entity], name: str, value: str) -> str:
    return dict(describe(model).field(name).choices).get(value, value)


def _headings(reading: Reading) -> tuple[Heading, ...]:
    """The headings that may mean something: a running number and our own 问题 never do."""
    return tuple(
        Heading(one.column, one.text, one.key, one.field or "", _sample(reading, one.column))
        for one in reading.headings
        if one.field or one.key not in _NOT_IMPORTED
    )


def _sample(reading: Reading, column: int) -> str:
    for row in reading.rows:
        if column < len(row.raw) and (text := text_of(row.raw[column])):
            return text[:_SAMPLE]
    return ""
