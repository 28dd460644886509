"""How many lines does a text take in a cell, and how high must each form line be?

Spreadsheets do not adjust merged rows by themselves and measure with local fonts, so heights are
estimated here, generously, and written into the file.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from app.sheets.composing.grid import Cell, Line, Sheet

MAX_ROW_HEIGHT = 409.0
"""Points; no spreadsheet row can be higher."""

_POINTS_PER_MM = 72 / 25.4
_PADDING_MM = 1.7
_INDENT_MM = 3.2
# 宋体 draws Latin letters exactly half as wide; its replacements draw them wider.
_LATIN_UNITS = 1.16
_WIDE = {
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&<>=+~#", 1.55),
    **dict.fromkeys("Mw", 1.8),
    **dict.fromkeys("Wm@%", 2.0),
    **dict.fromkeys(" -.,:;!'|()[]{}/ijltfIJ", 1.0),
}
_LINE_SPACING = 1.45
_AIR = 3.0
_SMALLEST_FONT = 4.0
_BREAK = "\u200b"
# A line must not begin with a closing sign nor end with an opening one.
_WORD = re.compile(r"[!-~]+|[（《〔“]?[^!-~][、，。；：！？）》〕”]*", re.DOTALL)


def text_units(text: str) -> float:
    """Return the width in half-width units: full-width 2, half-width over 1, combining 0."""
    return sum(_character_units(character) for character in text)


def wrapped_lines(text: str, width_mm: float, font_size: float) -> int:
    """Return the number of lines of the text in a cell of that width; empty text takes one."""
    return len(line_starts(text, width_mm, font_size))


@lru_cache(maxsize=8192)
def line_starts(text: str, width_mm: float, font_size: float) -> tuple[int, ...]:
    """Return the character index at which each line starts; cached, as lists repeat texts."""
    places = _places(width_mm, font_size)
    starts: list[int] = []
    begin = 0
    for paragraph in text.split("\n"):
        starts += (begin + offset for offset in _paragraph_starts(paragraph, places))
        begin += len(paragraph) + 1
    return tuple(starts)


def breakable(text: str, width_mm: float, font_size: float) -> str:
    """Return the text with break opportunities in words that are too long for a line."""
    places = _places(width_mm, font_size)
    return _WORD.sub(
        lambda word: _BREAK.join(word[0]) if text_units(word[0]) > places else word[0], text
    )


def text_height(text: str, width_mm: float, font_size: float) -> float:
    """Return the height of the wrapped text in points, including some space around it."""
    return wrapped_lines(text, width_mm, font_size) * font_size * _LINE_SPACING + _AIR


def lines_within(height: float, cell: Cell) -> int:
    """Return how many lines of the cell's text fit into ``height`` points; at least one."""
    return max(int((height - _AIR) / (cell.pitch or cell.font.size * _LINE_SPACING)), 1)


def fitted(sheet: Sheet) -> Sheet:
    """Return the sheet with every line high enough for its texts and pictures.

    A cell that would exceed the maximum row height gets a smaller font instead: on an official form
    small text is better than missing text.
    """
    lines = [_fitted_line(sheet, line) for line in sheet.lines]
    for index, line in enumerate(lines):
        for cell in line.cells:
            if cell.lines > 1:
                _stretch(lines, index, cell, needed_height(sheet, cell))
    return replace(sheet, lines=tuple(lines))


def text_width(sheet: Sheet, cell: Cell) -> float:
    """Return the width available to a cell's text, in millimetres."""
    return sheet.cell_width(cell) - cell.indent * _INDENT_MM


def needed_height(sheet: Sheet, cell: Cell) -> float:
    """Return the height in points that a cell needs for its text or picture."""
    if cell.picture is not None:
        return cell.picture.height_mm * _POINTS_PER_MM + _AIR
    if cell.pitch:
        return wrapped_lines(cell.text, text_width(sheet, cell), cell.font.size) * cell.pitch
    return text_height(cell.text, text_width(sheet, cell), cell.font.size)


def _fitted_line(sheet: Sheet, line: Line) -> Line:
    cells = tuple(_shrunk(sheet, cell) for cell in line.cells)
    needed = [needed_height(sheet, cell) for cell in cells if cell.lines == 1]
    return replace(line, cells=cells, height=min(max([line.height, *needed]), MAX_ROW_HEIGHT))


def _stretch(lines: list[Line], first: int, cell: Cell, needed: float) -> None:
    covered = range(first, first + cell.lines)
    missing = needed - sum(lines[index].height for index in covered)
    if missing > 0:
        for index in covered:
            height = min(lines[index].height + missing / cell.lines, MAX_ROW_HEIGHT)
            lines[index] = replace(lines[index], height=height)


def _shrunk(sheet: Sheet, cell: Cell) -> Cell:
    while (
        needed_height(sheet, cell) > MAX_ROW_HEIGHT * cell.lines and cell.font.size > _SMALLEST_FONT
    ):
        cell = replace(cell, font=replace(cell.font, size=cell.font.size - 0.5))
    return cell


def _places(width_mm: float, font_size: float) -> float:
    """Return the number of half-width units per line of the cell."""
    return max((width_mm - _PADDING_MM) * _POINTS_PER_MM / (font_size / 2), 2.0)


@cache
def _character_units(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if " " <= character <= "~":
        return _WIDE.get(character, _LATIN_UNITS)
    # Neutral signs such as ☐ come from a symbol font that draws them nearly full-width.
    return 1.0 if unicodedata.east_asian_width(character) == "H" else 2.0


def _paragraph_starts(paragraph: str, places: float) -> Iterator[int]:
    """Yield line starts in the paragraph; words longer than a line break anywhere."""
    yield 0
    used = 0.0
    for word in _WORD.finditer(paragraph):
        width = text_units(word[0])
        if used + width <= places:
            used += width
            continue
        if used:
            yield word.start()
        used = 0.0
        if width <= places:
            used = width
            continue
        for offset, character in enumerate(word[0], start=word.start()):
            width = text_units(character)
            if used + width > places:
                yield offset
                used = 0.0
            used += width
