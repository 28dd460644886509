"""Which rows go back to the sender, with what is wrong beside each?"""

from __future__ import annotations

from app.core.importing.result import Preview
from app.core.sheets.writing.refused import write_refused


def refused_workbook(preview: Preview, data: bytes = b"", filename: str = "") -> bytes:
    """The refused rows as sent, with one more column 问题; nothing in them is computed.

    ``data`` and ``filename`` are those of the upload; the preview already holds what was read.
    """
    problems = [problem for row in preview.rows for problem in row.problems]
    return write_refused(preview.reading, problems)
