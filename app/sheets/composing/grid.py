"""Which cells, lines and pages does a form consist of once layout and data are combined?"""

from dataclasses import dataclass

from app.sheets.composing.layout import Font, Page

_CONTROLS = (code for code in range(32) if chr(code) != "\n")
ILLEGAL = dict.fromkeys((*_CONTROLS, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))
"""For str.translate: takes out what no form prints and XML cannot hold."""


@dataclass(frozen=True)
class Run:
    """A piece of a cell's text; an underlined one is drawn on a line to sign or fill in."""

    text: str
    underlined: bool = False


Content = int | tuple[Run, ...]
"""A count, printed as a number, or text, printed as nothing but text."""


@dataclass(frozen=True)
class Picture:
    """An image file's bytes and its size on paper in millimetres."""

    data: bytes
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class Cell:
    """A cell, or `columns` × `lines` merged cells, starting at grid column `column`.

    `push`, `pitch` and `double_line` are those of its `Slot`.
    Vertically adjacent cells with the same non-empty `shared` are to be merged.
    """

    column: int
    columns: int
    lines: int
    content: Content
    font: Font
    align: str
    valign: str
    sides: str
    picture: Picture | None = None
    shared: tuple[str | int, ...] = ()
    push: int = 0
    pitch: float = 0.0
    double_line: bool = False

    @property
    def indent(self) -> int:
        """Indent steps from the aligned side; one more where the text would touch a border."""
        return self.push + (1 if self.sides and self.align in ("left", "right") else 0)

    @property
    def text(self) -> str:
        """The content as plain text."""
        if isinstance(self.content, int):
            return str(self.content)
        return "".join(run.text for run in self.content)


@dataclass(frozen=True)
class Line:
    """A line of the grid, at least `height` points high; `keep` holds it with the next line."""

    cells: tuple[Cell, ...]
    height: float
    keep: bool = False


@dataclass(frozen=True)
class Sheet:
    """One worksheet: column widths in millimetres, its lines, and those repeated on each page.

    `rows` are the lines of its table below the heading; empty without a table.
    """

    name: str
    title: str
    page: Page
    widths: tuple[float, ...]
    lines: tuple[Line, ...]
    heading: range | None = None
    rows: range = range(0)

    @property
    def height(self) -> float:
        """Height of all lines in points, unscaled."""
        return sum(line.height for line in self.lines)

    @property
    def scale(self) -> float:
        """Scale factor that fits the sheet to its page's width; at most 1."""
        return min(1.0, self.page.width_mm / sum(self.widths))

    def cell_width(self, cell: Cell) -> float:
        """Return the width of a cell with all its merged columns, in millimetres."""
        return sum(self.widths[cell.column : cell.column + cell.columns])
