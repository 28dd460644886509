"""Is it safe to unpack this .xlsx file?

A workbook parser trusts the sizes stated in a file and aborts the process when memory runs out.
So the parts are decompressed here within limits, measured, and packed again without compression:
the parser then sees exactly the bytes that were measured.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from app.core.errors import BadSheet
from app.core.sheets.reading.container import damaged
from app.core.sheets.reading.limits import MEGABYTE, Limits, check_cells, check_extent
from app.core.sheets.reading.scan import Scan, elements, scan_sheet, shared_lengths

_WORKBOOK = "xl/workbook.xml"
_WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
_SHARED = "xl/sharedstrings.xml"
_WHOLE_BOOK = ("[content_types].xml", "_rels/.rels", _WORKBOOK, _WORKBOOK_RELS)
# Below this size a high ratio is harmless: empty formatted rows compress very well.
_HARMLESS_BYTES = 20 * MEGABYTE


@dataclass(frozen=True)
class Xlsx:
    """A workbook, measured and packed again; one scan per sheet, in order."""

    data: bytes
    scans: tuple[Scan, ...]


def open_xlsx(data: bytes, limits: Limits) -> Xlsx:
    """Measure and repack an .xlsx; raises ``BadSheet`` for zip bombs and damaged files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = _checked_infos(archive, limits)
            parts = _inflate_parts(archive, infos, _WHOLE_BOOK)
            sheets = _sheet_parts(parts, limits)
            parts |= _inflate_parts(archive, infos, (_SHARED, "xl/styles.xml", *sheets))
        scans = _scan_sheets(parts, sheets, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as cause:
        raise damaged() from cause
    except (ValueError, KeyError) as cause:
        raise damaged() from cause
    return Xlsx(_pack(parts, infos), scans)


def _checked_infos(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Return the directory by lower-case name if its length and stated sizes are within limits."""
    infos: dict[str, zipfile.ZipInfo] = {}
    total = packed = 0
    for info in archive.infolist():
        name = info.filename.replace("\\", "/").lower()
        # Two parts of one name: one reader would measure the first, another open the second.
        if name in infos:
            raise damaged()
        infos[name] = info
        total += info.file_size
        packed += info.compress_size
    # Both sizes are stated by the file itself; reading holds it to them.
    absurd = total > _HARMLESS_BYTES and total > packed * limits.ratio
    if total > limits.inflated_bytes or absurd or len(infos) > limits.parts:
        raise _bomb(limits)
    return infos


def _bomb(limits: Limits) -> BadSheet:
    most = limits.inflated_bytes // MEGABYTE
    return BadSheet(
        f"文件解压后过大（上限 {most} MB）或压缩异常，未读取。常见原因是整列带格式的空行："
        "请新建工作簿，只复制数据区域，保存后再上传。",
        "zip_bomb",
    )


def _inflate_parts(
    archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], names: tuple[str, ...]
) -> dict[str, bytes]:
    """Return the named parts; ``zipfile`` reads no more than the stated, checked sizes."""
    return {name: archive.read(infos[name]) for name in names if name in infos}


def _pack(parts: dict[str, bytes], infos: dict[str, zipfile.ZipInfo]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(infos[name].filename.replace("\\", "/"), content)
    return packed.getvalue()


def _sheet_parts(parts: dict[str, bytes], limits: Limits) -> tuple[str, ...]:
    """Return the lower-case part name of each sheet, in the order of the workbook."""
    targets = {
        attrs["Id"]: attrs["Target"].replace("\\", "/").lower()
        for name, attrs in elements(parts[_WORKBOOK_RELS])
        if name == "Relationship"
    }
    sheets = [attrs for name, attrs in elements(parts[_WORKBOOK]) if name == "sheet"]
    if len(sheets) > limits.sheets:
        raise BadSheet(
            f"工作簿有 {len(sheets)} 张工作表，超过 {limits.sheets} 张的上限。"
            "请把要导入的那张单独存成文件再上传。",
            "too_many_sheets",
        )
    return tuple(_part_name(targets[_relation(sheet)]) for sheet in sheets)


def _relation(sheet: dict[str, str]) -> str:
    """Return the ``r:id`` of a sheet, whatever its prefix is."""
    return {key.rpartition(":")[2]: value for key, value in sheet.items()}["id"]


def _part_name(target: str) -> str:
    """Return the part that a relation of the workbook names, relative to xl/ or absolute."""
    if target.startswith("xl/"):
        return target
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _scan_sheets(
    parts: dict[str, bytes], sheets: tuple[str, ...], limits: Limits
) -> tuple[Scan, ...]:
    shared = shared_lengths(parts.get(_SHARED, b""), most=limits.cells)
    scans = []
    for number, part in enumerate(sheets, start=1):
        scan = scan_sheet(parts[part], shared)
        check_extent(f"第 {number} 张", scan.rows, scan.columns, limits)
        scans.append(scan)
    check_cells(sum(scan.rows * scan.columns for scan in scans), limits)
    # A long text that very many cells share is small in the file and huge once it is read.
    if sum(scan.characters for scan in scans) > limits.characters:
        raise _bomb(limits)
    return tuple(scans)
