"""Which rows are returned to the sender, and with which problems?"""

from __future__ import annotations

from app.core.importing.result import Preview
from app.core.sheets.writing.refused import write_refused


def refused_workbook(preview: Preview, data: bytes = b"", filename: str = "") -> bytes:
    """Return a workbook of the refused rows as sent, with an additional column 问题.

    Its cells contain no formulas. ``data`` and ``filename`` are not used: the preview already
    holds what was read.
    """
    problems = [problem for row in preview.rows for problem in row.problems]
    return write_refused(preview.reading, problems)
