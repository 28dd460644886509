"""How are files packed so that the archive depends only on their names and contents?"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: The earliest time that the format allows, so that the time of packing does not matter.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
#: Compressed formats: compressing them again only takes time.
_PACKED = frozenset((".jpg", ".jpeg", ".png", ".pdf", ".xlsx", ".docx", ".zip", ".rar", ".7z"))


class Archive:
    """A .zip written file by file to an open, seekable file."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = ZipFile(out, "w")

    def add(self, name: str, content: bytes) -> None:
        """Write one file."""
        entry = ZipInfo(name, _MOMENT)
        packed = PurePosixPath(name).suffix.lower() in _PACKED
        entry.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
        entry.external_attr = _READABLE
        self._zip.writestr(entry, content)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_left_by: object) -> None:
        self._zip.close()


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a .zip of (name, content) in this order; equal files give equal bytes."""
    buffer = BytesIO()
    with Archive(buffer) as archive:
        for name, content in files:
            archive.add(name, content)
    return buffer.getvalue()


def repacked(data: bytes) -> bytes:
    """Return the same archive without the times at which its parts were written."""
    with ZipFile(BytesIO(data)) as archive:
        return pack([(one.filename, archive.read(one)) for one in archive.infolist()])
