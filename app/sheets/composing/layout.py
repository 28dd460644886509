"""In which terms is a form's layout described, so that an edition is data?

Lengths are millimetres on paper, heights and font sizes points. A slot's text may name values in
braces, "评价机构（章）：{body_name}"; "{department:6}" underlines the value, or six full-width
places to write it into. The available names are documented in the form's own module.
"""

from dataclasses import dataclass
from datetime import date

BOX = "LRTB"
"""The four sides of a cell that carry a line: left, right, top, bottom."""


@dataclass(frozen=True)
class Edition:
    """An issue of the official form, its date and its source."""

    name: str
    issued: date
    source: str


@dataclass(frozen=True)
class Font:
    """A font by its usual Chinese name; size in points, colour as RRGGBB."""

    name: str
    size: float
    bold: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Page:
    """An A4 page; margins in millimetres."""

    landscape: bool
    left: float
    right: float
    top: float
    bottom: float
    numbered: bool = True
    single: bool = False

    @property
    def width_mm(self) -> float:
        """Width between the margins."""
        return (297.0 if self.landscape else 210.0) - self.left - self.right

    @property
    def height_pt(self) -> float:
        """Height between the margins, in points."""
        return ((210.0 if self.landscape else 297.0) - self.top - self.bottom) * 72 / 25.4


@dataclass(frozen=True)
class Slot:
    """A cell or merged cells: the number of grid columns and lines, and the text.

    `picture` names a value that may hold an image, shown at `picture_mm` (width, height) instead of
    the text. `push` indents the text by steps of 3.2 mm from its aligned side. `pitch` is the exact
    line spacing of letters in points. `double_line` draws the one under a letter's head in
    the colour of its font.
    """

    text: str = ""
    columns: int = 1
    lines: int = 1
    align: str = "center"
    valign: str = "vcenter"
    sides: str = BOX
    font: Font | None = None
    picture: str = ""
    picture_mm: tuple[float, float] = (0.0, 0.0)
    push: int = 0
    pitch: float = 0.0
    double_line: bool = False


@dataclass(frozen=True)
class SlotLine:
    """One line of slots, at least `height` points high.

    `needs` names a value without which the line is omitted; `keep` holds the line on one page with
    the next.
    """

    slots: tuple[Slot, ...]
    height: float
    needs: str = ""
    keep: bool = True


@dataclass(frozen=True)
class Column:
    """A column of a form's table: the row attribute that it prints, and its caption.

    Adjacent columns with the same `group` get a merged heading of that name. Consecutive rows that
    agree in all attributes named in `shared` get one merged cell in this column, unless it is empty
    or a page ends between them.
    """

    key: str
    caption: str
    columns: int = 1
    align: str = "center"
    group: str = ""
    font: Font | None = None
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The part of a form with a line per row; `side` is a caption down its left edge.

    At least `least_lines` lines are printed, filled up with empty ones.
    """

    columns: tuple[Column, ...]
    heading_height: float
    line_height: float
    least_lines: int
    side: Slot | None = None
    heading_font: Font | None = None
    font: Font | None = None
    repeat_heading: bool = True


@dataclass(frozen=True)
class Choices:
    """Check boxes: the value's name, their wording and the number of boxes per line."""

    name: str
    wording: tuple[str, ...]
    per_line: int


@dataclass(frozen=True)
class Layout:
    """One edition of one form: everything printed that is not a batch's data.

    A letter has no table.
    """

    edition: Edition
    title: str
    page: Page
    widths: tuple[float, ...]
    font: Font
    above: tuple[SlotLine, ...]
    table: Table | None = None
    below: tuple[SlotLine, ...] = ()
    choices: tuple[Choices, ...] = ()
