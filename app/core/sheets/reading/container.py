"""Which kind of file was uploaded, whatever its name says?"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from app.core.errors import BadSheet

FileKind = Literal["xlsx", "xls", "csv"]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再上传。"
# The first bytes of files that are often chosen by mistake.
_FOREIGN = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "压缩包",
    b"PK\x05\x06": "空的压缩包",
}
_TEXT_OF_FOREIGN_FORMAT = re.compile(
    rb"^\s*(<!doctype\s+html|<html|<head|<meta|<table|<body|<script|<style|<!--|<\?xml|MIME-Version:)",
    re.IGNORECASE,
)
# Parts of a zip file that reveal its kind, the most specific first.
_ZIP_KINDS = (
    ("xl/workbook.bin", "二进制工作簿（.xlsb）"),
    ("content.xml", "OpenDocument 文件（.ods）"),
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "PowerPoint 文档"),
)


def identify(data: bytes) -> FileKind:
    """Return the kind of the file by its content; raises ``BadSheet`` if it is no table."""
    if data.startswith(_ZIP):
        return _identify_zip(data)
    if data.startswith(_OLE):
        return _identify_ole(data)
    for start, name in _FOREIGN.items():
        if data.startswith(start):
            raise BadSheet(
                f"这是{name}，不是电子表格。请上传 .xlsx、.xls 或 .csv。", "not_workbook"
            )
    if _TEXT_OF_FOREIGN_FORMAT.match(data.removeprefix(b"\xef\xbb\xbf")[:512]):
        raise BadSheet(f"这个文件实际上是网页（HTML/XML），不是工作簿。{_SAVE_AS}", "html")
    return "csv"


def _identify_zip(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
            locked = any(info.flag_bits & 1 for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as cause:
        raise damaged() from cause
    if locked:
        raise password()
    if "xl/workbook.xml" in names:
        return "xlsx"
    for part, name in _ZIP_KINDS:
        if part in names:
            raise BadSheet(f"这是{name}，不能直接读取。{_SAVE_AS}", "not_workbook")
    raise BadSheet("这是压缩包，不是电子表格。请先解压，再上传其中的表格文件。", "not_workbook")


def _identify_ole(data: bytes) -> FileKind:
    if _stream_name("EncryptedPackage") in data or _stream_name("EncryptionInfo") in data:
        raise password()
    if _stream_name("Workbook") in data or _stream_name("Book") in data:
        return "xls"
    word = _stream_name("WordDocument") in data
    name = "Word 文档" if word else "其他 Office 文件，或者文件不完整"
    raise BadSheet(f"这是{name}。请上传 .xlsx、.xls 或 .csv 电子表格。", "not_workbook")


def _stream_name(name: str) -> bytes:
    """Encode a stream's name as in an OLE directory: UTF-16 with a final zero."""
    return name.encode("utf-16-le") + b"\0\0"


def password() -> BadSheet:
    """Return the error for a workbook that needs a password to open."""
    return BadSheet(
        "文件设有打开密码，无法读取。请打开文件，取消密码（文件→信息→保护工作簿）并保存后再上传。",
        "password",
    )


def damaged() -> BadSheet:
    """Return the error for a file that looks like a workbook but cannot be read."""
    return BadSheet(
        "文件已损坏，无法读取。请用 Excel 或 WPS 打开并另存为 .xlsx 后再上传；"
        "打不开时请向报送单位重新索取。",
        "damaged",
    )
