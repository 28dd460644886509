"""How do files become one archive whose bytes follow from their names and contents alone?"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The earliest moment that the format knows: when a file was packed is nobody's business.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A .zip of (name, content) in the order given; the same files give the same bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = ZipInfo(name, _MOMENT)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _READABLE
            archive.writestr(entry, content)
    return buffer.getvalue()


def repacked(data: bytes) -> bytes:
    """The same archive without the moments at which its parts were written."""
    with ZipFile(BytesIO(data)) as archive:
        return pack([(one.filename, archive.read(one)) for one in archive.infolist()])
