"""Which encoding and which separator does a text file with separated values have?"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass

from app.core.errors import BadSheet
from app.core.sheets.reading.limits import Limits, check_cells, check_extent

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",\t;|，"
_SNIFFED_LINES = 60
_SNIFFED = 20_000  # characters
_ANNOUNCED = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
# Some exports write ="13010…" so that Excel keeps a number as text; it is not a computation.
_QUOTED_TEXT = re.compile(r'^="([^"]*)"$')
_COMMON_ENOUGH = 0.7


@dataclass(frozen=True)
class Delimited:
    """Rows of text; ``doubtful`` if the characters suggest a wrong encoding."""

    rows: list[list[object]]
    doubtful: bool


def read_delimited(data: bytes, limits: Limits) -> Delimited:
    """Decode and split; raises ``BadSheet`` for binary data, bad encoding or unclosed quotes."""
    text, encoding = _decode(data)
    announced = _ANNOUNCED.match(text)
    separator = announced.group(1) if announced else _sniff(text)
    # Excel treats the line that announces the separator as an instruction and shows no row for it.
    body = text[announced.end() :] if announced else text
    rows = _split(body, separator, limits)
    return Delimited(rows, doubtful=encoding == "gb18030" and _looks_garbled(text))


def wrong_encoding() -> BadSheet:
    """Return the error for text in an unknown encoding."""
    return BadSheet(
        "无法识别文件的文字编码（不是 UTF-8、UTF-16、GBK 或 GB18030），读出来是乱码。"
        "请用 Excel 或 WPS 打开它，确认文字正常后另存为 .xlsx 再上传。",
        "wrong_encoding",
    )


def _decode(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding), encoding
    if b"\0" in data:
        raise BadSheet(
            "这不是电子表格（内容是二进制数据）。请上传 .xlsx、.xls 或 .csv。", "not_workbook"
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # GB18030 includes GBK and GB2312.
        return _strictly(data, "gb18030"), "gb18030"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as cause:
        raise wrong_encoding() from cause


def _looks_garbled(text: str) -> bool:
    """Return whether most wide characters are rare, as in Big5 or damaged UTF-8 read as GB18030."""
    wide = [character for character in text[:_SNIFFED] if character > "\x7f"]
    common = sum(1 for character in wide if _is_common(character))
    return bool(wide) and common < len(wide) * _COMMON_ENOUGH


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _sniff(text: str) -> str:
    """Return the separator that occurs most often outside quotes in the first lines."""
    head = "".join(text[:_SNIFFED].splitlines(keepends=True)[:_SNIFFED_LINES])
    bare = re.sub(r'"[^"]*"', "", head)
    return max(_SEPARATORS, key=bare.count)


def _split(text: str, separator: str, limits: Limits) -> list[list[object]]:
    """Return all rows up to the last with content; blank rows count, as in a spreadsheet."""
    rows: list[list[object]] = []
    blank = width = cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            if not any(row):
                blank += 1
                continue
            width = max(width, len(row))
            cells += len(row)
            check_extent("CSV", len(rows) + blank + 1, width, limits)
            check_cells(cells, limits)
            rows.extend([] for _ in range(blank))
            rows.append([_plain(value) for value in row])
            blank = 0
    except csv.Error as cause:
        raise BadSheet(
            f"CSV 第 {reader.line_num} 行附近的双引号不成对，无法分清各列。"
            "请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再上传。",
            "bad_quotes",
        ) from cause
    return rows


def _plain(value: str) -> str:
    if not value.startswith("="):
        return value
    quoted = _QUOTED_TEXT.match(value)
    return quoted.group(1) if quoted else value
