"""Is an attached file acceptable, and how is it stored?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

LARGEST_MB = 20
LARGEST = LARGEST_MB * 2**20
LONGEST_NAME = 200

_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)

#: The first bytes of each kind of file, since a name alone proves nothing.
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "doc": _OLE,
    "xls": _OLE,
    "docx": _ZIP,
    "xlsx": _ZIP,
    "zip": _ZIP,
    "txt": (),
}
KINDS = "、".join(BEGINNINGS)


@dataclass(frozen=True)
class Attachment:
    """An accepted file: its name without a path, its content and the digest of that."""

    filename: str
    content: bytes

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def file_fault(filename: str, content: bytes) -> str:
    """Return why the file is not accepted, in Chinese; empty if it is."""
    kind = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if kind not in BEGINNINGS:
        return f"不能上传这种文件，请上传 {KINDS} 之一"
    if not content:
        return "文件是空的，请核对后重新选择"
    if len(content) > LARGEST:
        return f"文件超过 {LARGEST_MB} MB，请压缩或拆分后上传"
    if not _begins_as(kind, content):
        return f"文件内容不是 {kind} 格式，请核对文件，不要只改扩展名"
    return ""


def _begins_as(kind: str, content: bytes) -> bool:
    if kind == "txt":
        return b"\0" not in content
    return content.startswith(BEGINNINGS[kind])


def safe_name(filename: str) -> str:
    """Return the name without path and control characters, shortened but with its extension."""
    name = re.split(r"[\\/]", filename)[-1]
    name = re.sub(r"[\x00-\x1f\x7f]", "", name).strip() or "附件"
    stem, dot, kind = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(kind) - 1]}{dot}{kind}" if dot else name[:LONGEST_NAME]


def read(upload: Any) -> tuple[Attachment | None, str]:
    """Return the uploaded file, or None and the reason; reads no more than the limit."""
    name = safe_name(upload.filename or "")
    content = upload.stream.read(LARGEST + 1)
    why = file_fault(name, content)
    return (None, why) if why else (Attachment(name, content), "")


def keep(attached: Attachment | None, item: Any) -> None:
    """Store an accepted file in the row, with name, size and digest; None changes nothing."""
    # The same file again replaces nothing.
    if attached is None or attached.digest == item.digest:
        return
    item.filename, item.content = attached.filename, attached.content
    item.size, item.digest = len(attached.content), attached.digest
