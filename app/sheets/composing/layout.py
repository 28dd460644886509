"""Which words does a form describe itself in, so that an edition of it is data?

Lengths are millimetres on paper, heights and font sizes points. A slot's text may name values in
braces, "评价机构（章）：{body_name}"; "{department:6}" underlines the value, or six full-width
places to write it into. Which names there are is said by the form's own module.
"""

from dataclasses import dataclass
from datetime import date

BOX = "LRTB"
"""The four sides of a cell that carry a line: left, right, top, bottom."""


@dataclass(frozen=True)
class Edition:
    """Which issue of the official form this is, since when, and where it stands."""

    name: str
    issued: date
    source: str


@dataclass(frozen=True)
class Font:
    """A font by the name that Chinese offices know it by; size in points, colour as RRGGBB."""

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
    """A cell or merged cells: how many grid columns and lines it takes, and what it says.

    `picture` names a value that may hold an image, placed `picture_mm` (width, height) instead of
    the text. `push` moves the text so many steps of 3.2 mm away from the side that it leans to.
    `pitch` sets the lines of a letter just so many points apart; `rule` draws the double line under
    a letter's head, in the colour of its font.
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
    rule: bool = False


@dataclass(frozen=True)
class SlotLine:
    """One line of slots, at least `height` points high.

    `needs` names a value without which the line is not printed at all; `keep` ties the line to the
    next on one page.
    """

    slots: tuple[Slot, ...]
    height: float
    needs: str = ""
    keep: bool = True


@dataclass(frozen=True)
class Column:
    """A column of a form's table: the row's attribute it prints and the caption over it.

    Neighbours with the same `group` stand under one merged heading of that name. Rows that follow
    each other and agree in all attributes named in `shared` have one merged cell in this column, as
    long as it is not empty and no page ends between them.
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
    """The part of a form that has a line per row; `side` is a caption down its left edge.

    At least `least_lines` lines are printed, empty ones where rows are fewer.
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
    """Boxes that can be ticked: the value's name, their wording, how many stand on a line."""

    name: str
    wording: tuple[str, ...]
    per_line: int


@dataclass(frozen=True)
class Layout:
    """One edition of one form: everything about its paper that is not a batch's data.

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
