"""How do pages that were drawn a few at a time become one PDF?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

from pypdf import PdfReader, PdfWriter

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""

PAGES_AT_A_TIME = 25
"""What draws pages keeps them all in memory until they are written: so many are drawn at a time."""


def silent(_done: int, _total: int) -> None:
    """For those who do not ask."""


def bound(parts: Iterable[bytes], title: str) -> bytes:
    """One PDF of the pages of these, in order; a single one is left as it is.

    The same parts give the same bytes.
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
