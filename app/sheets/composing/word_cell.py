"""How is a cell of a form written in a Word document?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from app.sheets.composing.grid import ILLEGAL, Cell, Run
from app.sheets.composing.layout import Font

TWIPS_PER_MM = 1440 / 25.4
_TWIPS_PER_POINT = 20
_LINE = 1.3
_INDENT_MM = 3.2
_AIR_MM = 0.9
_SIDES = (("T", "top"), ("L", "left"), ("B", "bottom"), ("R", "right"))
_DOUBLE_LINE = "thickThinSmallGap"
_VALIGN = {"top": "top", "vcenter": "center", "bottom": "bottom"}


def table_cell(
    cell: Cell | None, width_mm: float, scale: float, document: Any, *, goes_on: bool = False
) -> Any:
    """Return the scaled cell; `goes_on` if it continues a cell merged from above."""
    made = OxmlElement("w:tc")
    twips = round(width_mm * scale * TWIPS_PER_MM)
    if cell is None:
        made.append(deepcopy(_bare(twips)))
    else:
        merge = "continue" if goes_on else "restart" if cell.lines > 1 else ""
        made.append(
            deepcopy(
                _properties(twips, cell.columns, merge, cell.sides, cell.valign, _double_line(cell))
            )
        )
    _fill(made, None if goes_on else cell, document, scale)
    return made


def _double_line(cell: Cell) -> str:
    """Return the colour of the double line under the cell, or '' if there is none."""
    return (cell.font.colour or "000000") if cell.double_line else ""


@cache
def _bare(twips: int) -> Any:
    properties = OxmlElement("w:tcPr")
    properties.append(element("tcW", w=str(twips), type="dxa"))
    return properties


@cache
def _properties(
    twips: int, columns: int, merge: str, sides: str, valign: str, double_line: str
) -> Any:
    properties = deepcopy(_bare(twips))
    if columns > 1:
        properties.append(element("gridSpan", val=str(columns)))
    if merge:
        properties.append(element("vMerge", val=merge))
    borders = OxmlElement("w:tcBorders")
    for letter, side in _SIDES:
        drawn = "single" if letter in sides else "nil"
        if double_line and letter == "B":
            borders.append(element(side, val=_DOUBLE_LINE, sz="24", space="0", color=double_line))
        else:
            borders.append(element(side, val=drawn, sz="4", space="0", color="000000"))
    properties.append(borders)
    properties.append(element("vAlign", val=_VALIGN[valign]))
    return properties


def _fill(made: Any, cell: Cell | None, document: Any, scale: float) -> None:
    for runs in _paragraphs(cell):
        paragraph = OxmlElement("w:p")
        made.append(paragraph)
        if cell is None:
            paragraph.append(deepcopy(tight(1.0)))
            continue
        pitch = 0.0 if cell.picture else (cell.pitch or cell.font.size * _LINE) * scale
        paragraph.append(deepcopy(tight(round(pitch, 2), cell.align, _inset(cell, scale))))
        if cell.picture is not None:
            picture = cell.picture
            size = Mm(picture.width_mm * scale), Mm(picture.height_mm * scale)
            run = Paragraph(paragraph, document).add_run()
            run.add_picture(BytesIO(picture.data), *size)
            for frame in paragraph.iter(qn("wp:inline")):
                # Some programs assume an eighth of an inch if these are missing.
                for side in ("distT", "distB", "distL", "distR"):
                    frame.set(side, "0")
        font = replace(cell.font, size=cell.font.size * scale)
        for one in runs:
            write_run(paragraph, one.text, font, underlined=one.underlined)


def _inset(cell: Cell, scale: float) -> tuple[int, int]:
    """Return the left and right insets in twips: space beside borders, and the cell's push."""
    air = _AIR_MM if cell.indent > cell.push else 0.0
    pushed = {cell.align: cell.push * _INDENT_MM}
    left, right = (
        round((air + pushed.get(side, 0.0)) * scale * TWIPS_PER_MM) for side in ("left", "right")
    )
    return left, right


def _paragraphs(cell: Cell | None) -> Sequence[Sequence[Run]]:
    """Return the runs of each explicit line of the text; at least one, possibly empty."""
    if cell is None:
        return [[]]
    if isinstance(cell.content, int):
        return [[Run(str(cell.content))]]
    return [*_split(cell.content)] or [[]]


def _split(runs: Sequence[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.translate(ILLEGAL).split("\n")
        line.append(Run(first, run.underlined))
        for text in others:
            yield line
            line = [Run(text, run.underlined)]
    if line:
        yield line


@cache
def tight(points: float, align: str = "left", inset: tuple[int, int] = (0, 0)) -> Any:
    """Return paragraph properties: exact line spacing in points (0: automatic), no gaps.

    ``inset`` is left and right, in twips. Cached: callers must copy the result.
    """
    properties = OxmlElement("w:pPr")
    pitch = {"line": str(round(points * _TWIPS_PER_POINT)), "lineRule": "exact"}
    if not points:
        pitch = {"line": "240", "lineRule": "auto"}
    # Turn off the gap that Word puts between Chinese and digits: the forms' widths lack the room.
    for name in ("autoSpaceDE", "autoSpaceDN"):
        properties.append(element(name, val="0"))
    properties.append(element("spacing", before="0", after="0", **pitch))
    if any(inset):
        properties.append(element("ind", left=str(inset[0]), right=str(inset[1])))
    properties.append(element("jc", val=align))
    return properties


def write_run(paragraph: Any, text: str, font: Font, *, underlined: bool = False) -> None:
    """Append a run of text to a paragraph's element."""
    run, letters = OxmlElement("w:r"), OxmlElement("w:t")
    run.append(deepcopy(_look(font, underlined)))
    letters.text = text
    letters.set(qn("xml:space"), "preserve")
    run.append(letters)
    paragraph.append(run)


@cache
def _look(font: Font, underlined: bool) -> Any:  # noqa: FBT001 - a part of the cache's key
    look = OxmlElement("w:rPr")
    name = font.name
    look.append(element("rFonts", ascii=name, hAnsi=name, eastAsia=name))
    if font.bold:
        look.append(OxmlElement("w:b"))
    if font.colour:
        look.append(element("color", val=font.colour))
    look.append(element("sz", val=str(round(font.size * 2))))
    if underlined:
        look.append(element("u", val="single"))
    return look


def element(name: str, **attributes: str) -> Any:
    """Return a new ``w:`` element with these attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
