"""How large may an uploaded sheet be, before it is refused unread?"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import BadSheet

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of one upload; sizes in bytes, rows and columns as seen in the spreadsheet.

    ``cells`` limits the rectangles from A1 to the last cell with content, summed over all sheets.
    ``characters`` limits the text with shared strings expanded at each of their cells.
    """

    file_bytes: int = 20 * MEGABYTE
    inflated_bytes: int = 200 * MEGABYTE
    ratio: int = 200
    parts: int = 5_000
    sheets: int = 60
    rows: int = 200_000
    columns: int = 500
    cells: int = 3_000_000
    characters: int = 200_000_000


def check_file_size(data: bytes, limits: Limits) -> None:
    """Raise ``BadSheet`` for an upload that is empty or too large."""
    if not data:
        raise BadSheet("文件是空的（0 字节），请重新选择文件后上传。", "empty_file")
    if len(data) > limits.file_bytes:
        most = limits.file_bytes // MEGABYTE
        raise BadSheet(
            f"文件超过 {most} MB，未读取。请删除图片和无关的工作表，或分成几个文件上传。",
            "too_large",
        )


def check_extent(sheet: str, rows: int, columns: int, limits: Limits) -> None:
    """Raise ``BadSheet`` for a sheet with content beyond the last allowed row or column."""
    if rows > limits.rows:
        raise BadSheet(
            f"工作表“{sheet}”第 {rows} 行还有内容，超过 {limits.rows} 行的上限。"
            "请删除数据下方多余的内容，或分成几个文件上传。",
            "too_many_rows",
        )
    if columns > limits.columns:
        raise BadSheet(
            f"工作表“{sheet}”第 {columns} 列还有内容，超过 {limits.columns} 列的上限。"
            "请删除表格右侧多余的内容后再上传。",
            "too_many_columns",
        )


def check_cells(cells: int, limits: Limits) -> None:
    """Raise ``BadSheet`` for a workbook whose sheets together span too many cells."""
    if cells > limits.cells:
        raise BadSheet(
            f"工作簿的表格范围共 {cells} 个单元格，超过 {limits.cells} 个的上限。"
            "请删除数据以外的内容和无关的工作表，或分成几个文件上传。",
            "too_many_cells",
        )
