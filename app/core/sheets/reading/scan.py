"""What does a sheet's XML say about its extent, formulas and errors?"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from app.core.sheets.reading.container import damaged

_CONTENT = frozenset({"v", "is", "f"})
_LAST_LETTERS = 3  # XFD is Excel's last column
_LETTERS_IN_ALPHABET = 26
# A cell takes at least this many bytes of XML: <c><v>0</v></c>.
_BYTES_OF_CELL = 12
_CHARACTERS_WORTH_COUNTING = 50_000_000


@dataclass
class Scan:
    """The last row and column with content (1-based) and the 0-based places of special cells.

    ``texts`` are formulas whose result is a text, so that an empty result is intended.
    ``characters`` is the length of all shared strings, expanded at each of their cells; it is
    counted only if the longest string could make it large.
    """

    rows: int = 0
    columns: int = 0
    characters: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    texts: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)


def elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return local name and attributes of all elements in order; raises ``BadSheet``."""
    found: list[tuple[str, dict[str, str]]] = []
    _parse(xml, lambda name, attrs: found.append((_local(name), attrs)))
    return found


def shared_lengths(xml: bytes, *, most: int) -> list[int]:
    """Return the length of each shared string; raises ``BadSheet`` for more than ``most``."""
    lengths: list[int] = []

    def start(name: str, attrs: dict[str, str]) -> None:
        if _local(name) == "si":
            lengths.append(0)
        elif _local(name) == "sst" and int(attrs.get("uniqueCount") or 0) > most:
            raise damaged()

    def text(content: str) -> None:
        if lengths:
            lengths[-1] += len(content)

    if xml:
        _parse(xml, start, text)
    return lengths


def scan_sheet(xml: bytes, shared: list[int]) -> Scan:
    """Scan a sheet once; ``shared`` are the lengths of the workbook's shared strings."""
    scanner = _Scanner(shared)
    if max(shared, default=0) * len(xml) < _CHARACTERS_WORTH_COUNTING * _BYTES_OF_CELL:
        _parse(xml, scanner.start)
    else:
        _parse(xml, scanner.start, scanner.text, scanner.end)
    return scanner.scan


def _parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    try:
        parser.ParseFile(io.BytesIO(xml))
    except (expat.ExpatError, ValueError, LookupError) as cause:
        raise damaged() from cause


def _refuse_doctype(*_: object) -> None:
    """Refuse a document type: workbooks have none, and its entities could be an attack."""
    raise damaged()


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Scanner:
    """Follows the elements of a sheet and keeps track of the current cell."""

    def __init__(self, shared: list[int]) -> None:
        self.scan = Scan()
        self._shared = shared
        self._columns: dict[str, int] = {}
        self._reference: str | None = None
        self._type: str | None = None
        self._row = 0
        self._row_text = "0"
        self._column = 0
        self._index = ""
        self._in_value = False

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Record the beginning of rows and cells, and cells with content."""
        if ":" in name:
            name = _local(name)
        if name == "c":
            self._reference = attrs.get("r")
            self._type = attrs.get("t")
            self._column += 1
        elif name in _CONTENT:
            self._note_content(name)
        elif name == "row":
            self._row_text = attrs.get("r") or str(self._row + 1)
            self._row = int(self._row_text)
            self._column = 0

    def _note_content(self, name: str) -> None:
        row, column = self._place()
        scan = self.scan
        if row > scan.rows:
            scan.rows = row
        if column > scan.columns:
            scan.columns = column
        if name == "f":
            scan.formulas.add((row - 1, column - 1))
            if self._type == "str":
                scan.texts.add((row - 1, column - 1))
        elif self._type == "e":
            scan.errors.add((row - 1, column - 1))
        self._in_value = name == "v"

    def _place(self) -> tuple[int, int]:
        """Return 1-based row and column of the current cell, counted if it has no reference."""
        reference = self._reference
        if reference is None:
            return self._row, self._column
        known = self._columns.get(reference[: -len(self._row_text)])
        if known is not None and reference.endswith(self._row_text):
            return self._row, known
        letters = reference.rstrip("0123456789")
        column = self._columns[letters] = column_number(letters)
        return int(reference[len(letters) :]), column

    def text(self, content: str) -> None:
        """Collect the index of a shared string."""
        if self._in_value and self._type == "s":
            self._index += content

    def end(self, name: str) -> None:
        """Add the length of the shared string that the finished value refers to."""
        if self._index and _local(name) == "v":
            position = int(self._index)
            if 0 <= position < len(self._shared):
                self.scan.characters += self._shared[position]
            self._index = ""
            self._in_value = False


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA; raises ``ValueError`` for anything but a column."""
    if not 0 < len(letters) <= _LAST_LETTERS:
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        digit = ord(letter) - ord("A") + 1
        if not 0 < digit <= _LETTERS_IN_ALPHABET:
            raise ValueError(letters)
        number = number * _LETTERS_IN_ALPHABET + digit
    return number
