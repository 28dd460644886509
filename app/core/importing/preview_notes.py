"""What does the preview of any sheet contain besides its judged rows?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from app.core.errors import BadSheet, Problem
from app.core.importing.result import (
    Counts,
    Heading,
    Judged,
    Preview,
    PreviewCell,
    PreviewRow,
    Status,
)
from app.core.masking import mask_identity, mask_phone
from app.core.refusals.cells import COLUMN_MISSING, OTHER_SHEETS, ROWS_SKIPPED
from app.core.sheets.reading.cell import text_of
from app.core.sheets.reading.table import Reading, Row, SheetForm

#: How the stored value of a sensitive field is masked.
MASKS: dict[str, Callable[[str], str]] = {"id_number": mask_identity, "phone": mask_phone}

_SAMPLE = 20
_SHOWN_ROWS = 10
_NOT_IMPORTED = frozenset({"序号", "序", "顺序号", "行号", "no", "问题"})
_STATUSES: tuple[Status, ...] = ("new", "changed", "unchanged", "refused")


def check_rows(reading: Reading) -> None:
    """Raise BadSheet if the sheet has no rows of data."""
    if not reading.rows:
        message = f"工作表“{reading.sheet}”的表头下面没有数据行，请填写后再上传"
        raise BadSheet(message, "no_rows")


def sheet_notes(reading: Reading) -> list[Problem]:
    """Return a note on further sheets and on skipped rows that were not read."""
    found = []
    if reading.other_sheets:
        names = "、".join(f"“{name}”" for name in reading.other_sheets)
        found.append(OTHER_SHEETS.of(sheet=reading.sheet, names=names))
    reasons: dict[str, list[str]] = {}
    for one in reading.skipped:
        reasons.setdefault(one.reason, []).append(str(one.number))
    for reason, numbers in reasons.items():
        more = f"等{len(numbers)}行" if len(numbers) > _SHOWN_ROWS else "行"
        rows = "、".join(numbers[:_SHOWN_ROWS]) + more
        found.append(ROWS_SKIPPED.of(rows=rows, reason=reason))
    return found


def known_columns(reading: Reading) -> list[tuple[str, str]]:
    """Return the recognised columns as (field, heading as written)."""
    return [(one.field, one.text) for one in reading.headings if one.field]


def assemble(
    kind: str,
    filename: str,
    form: SheetForm,
    reading: Reading,
    absent: Sequence[str],
    rows: Sequence[PreviewRow],
    notes: Sequence[Problem],
) -> Preview:
    """Build the preview of a sheet; if columns are missing, every row is refused."""
    labels = {column.field: column.heading for column in form.columns}
    if absent:
        rows = tuple(_unjudged(row, known_columns(reading)) for row in reading.rows)
        problems = tuple(_absent(field, labels[field]) for field in absent)
    else:
        problems = tuple(p for row in rows for p in row.problems if p.severity == "error")
    counted = Counter(row.status for row in rows)
    return Preview(
        kind=kind,
        filename=filename,
        sheet=reading.sheet,
        header_rows=reading.header_rows,
        headings=_headings(reading),
        missing=tuple(labels[field] for field in absent),
        fields=tuple(labels.items()),
        rows=tuple(rows),
        counts=Counts(**{status: counted[status] for status in _STATUSES}),
        problems=problems,
        notes=tuple(notes),
        reading=reading,
    )


def wrong_cells(problems: Iterable[Problem]) -> dict[str, str]:
    """Return the problems of a row's cells, as one text for each field."""
    wrong: dict[str, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.field, []).append(problem.message)
    return {field: "；".join(messages) for field, messages in wrong.items()}


def _absent(field: str, label: str) -> Problem:
    return COLUMN_MISSING.of(field=field, label=label)


def _unjudged(row: Row, columns: Iterable[tuple[str, str]]) -> PreviewRow:
    cells = tuple(PreviewCell(field, heading, row.text(field)) for field, heading in columns)
    return PreviewRow(row.number, "refused", cells, (), Judged(row, {}, None))


def _headings(reading: Reading) -> tuple[Heading, ...]:
    """Return the headings that could mean a field; a row number and our own 问题 cannot."""
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
