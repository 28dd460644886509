"""Which rows go back to the sender, with what is wrong beside each? And which sheet is blank?"""

from __future__ import annotations

import io

from app.services.importing.forms import LABELS, form_of
from app.services.importing.result import Preview
from app.sheets.listing import write_xlsx
from app.sheets.refused import write_refused


def refused_workbook(preview: Preview, data: bytes = b"", filename: str = "") -> bytes:
    """The refused rows as sent, with one more column 问题; nothing in them is computed.

    ``data`` and ``filename`` are those of the upload; the preview already holds what was read.
    """
    problems = [problem for row in preview.rows for problem in row.problems]
    return write_refused(preview.reading, problems)


def blank_workbook(kind: str) -> bytes:
    """An empty sheet of that kind, headed as the fields are declared; NotFound for no kind."""
    out = io.BytesIO()
    headings = ["序号", *(column.heading for column in form_of(kind).columns)]
    write_xlsx(out, headings, (), sheet=LABELS[kind])
    return out.getvalue()
