"""Files made to do harm, or locked, or broken."""

from __future__ import annotations

import io
import struct

import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

from tests.sheets.awkward import HEADINGS, ZHANG, with_part, xls, xlsx

SHEET = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"


def with_sheet_data(inner: str) -> bytes:
    """A workbook whose first sheet has these rows, as XML, behind its own."""
    return with_part(
        xlsx([HEADINGS, ZHANG]),
        SHEET,
        lambda xml: xml.replace(b"</sheetData>", inner.encode() + b"</sheetData>"),
    )


def locked_xlsx() -> bytes:
    """An .xlsx with a password: an OLE file with an encrypted stream in place of the workbook."""
    old = "Workbook".encode("utf-16-le")
    new = "EncryptedPackage".encode("utf-16-le")
    return xls([HEADINGS]).replace(old + bytes(64 - len(old)), new + bytes(64 - len(new)))


def locked_xls() -> bytes:
    """An .xls with a password: a FILEPASS record right after the first BOF."""
    workbook = xlwt.Workbook()
    workbook.add_sheet("名册").write(0, 0, "姓名")
    stream = workbook.get_biff_data()
    (size,) = struct.unpack_from("<H", stream, 2)
    begin = 4 + size
    filepass = struct.pack("<HH", 0x2F, 6) + struct.pack("<HHH", 0, 0x1234, 0x5678)
    target = io.BytesIO()
    XlsDoc().save(target, stream[:begin] + filepass + stream[begin:])
    return target.getvalue()


def understated(data: bytes, name: str, size: int) -> bytes:
    """The zip with the stated size of one part made smaller than what it inflates to."""
    changed = bytearray(data)
    encoded = name.encode()
    for signature, at_size, at_name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        place = changed.find(signature)
        while place >= 0:
            if changed[place + at_name : place + at_name + len(encoded)] == encoded:
                struct.pack_into("<I", changed, place + at_size, size)
            place = changed.find(signature, place + 4)
    return bytes(changed)


def with_shared_strings(*texts: str) -> bytes:
    """A workbook whose texts stand in the table of shared strings, in its first row."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        workbook.add_worksheet().write_row(0, 0, texts)
    return target.getvalue()


def repeated_long_string(length: int, times: int) -> bytes:
    """A small file in which one long shared string stands in very many cells."""
    rows = "".join(f'<row r="{n}"><c r="B{n}" t="s"><v>1</v></c></row>' for n in range(2, times))
    return with_part(
        with_shared_strings("姓名", "长" * length),
        SHEET,
        lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>"),
    )
