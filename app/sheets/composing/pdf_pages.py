"""How are pages that were drawn a few at a time joined into one PDF?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

from pypdf import PdfReader, PdfWriter

Progress = Callable[[int, int], None]
"""Called with the number of parts done and the number of all parts."""

PAGES_AT_A_TIME = 25
"""What draws pages keeps them all in memory until they are written: so many are drawn at a time."""


def silent(_done: int, _total: int) -> None:
    """Ignore progress: the default callback."""


def bound(parts: Iterable[bytes], title: str) -> bytes:
    """Return one PDF with the pages of all parts in order; a single part is returned as is.

    Equal parts give equal bytes.
    """
    first, *others = parts
    if not others:
        return first
    writer = PdfWriter()
    for part in (first, *others):
        writer.append(PdfReader(BytesIO(part)), import_outline=False)
    writer.add_metadata({"/Title": title})
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
