"""Do letters, notices and lists of the exam day say all that they were given?"""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from app.sheets.composing.grid import Sheet
from app.sheets.composing.paginate import page_breaks
from app.sheets.forms.editions import layout_on
from app.sheets.forms.labels import label_sheet
from app.sheets.forms.plain import KINDS, document_sheet
from app.sheets.forms.plain_documents import (
    ArchiveInventory,
    CommissionLetter,
    DeskLabel,
    InventoryRow,
    NoticeRow,
    PlainDocument,
    PublicityNotice,
    ResultNotice,
    SignInRow,
    SignInSheet,
)

DAY = date(2021, 4, 24)
ROWS = {
    PublicityNotice: NoticeRow,
    SignInSheet: SignInRow,
    ArchiveInventory: InventoryRow,
}


def filled(kind: type[PlainDocument], number: int = 2) -> PlainDocument:
    """A paper of that kind with a word of its own in every field."""
    values = _words(kind)
    if kind in ROWS:
        row = ROWS[kind]
        values["rows"] = tuple(row(**_words(row, f"{index}")) for index in range(number))
    return kind(**values)


def _words(kind: type, end: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for field in fields(kind):
        if field.name == "rows":
            continue
        dated = "date" in str(field.type)
        found[field.name] = DAY if dated else 7 if field.type == "int" else f"〈{field.name}{end}〉"
    return found


def text(sheet: Sheet) -> str:
    return "".join(cell.text for line in sheet.lines for cell in line.cells)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_value_is_on_the_paper(kind: type[PlainDocument]) -> None:
    document = filled(kind)
    written = text(document_sheet(document, layout_on(KINDS[kind])))
    for name, value in _words(kind).items():
        if name == "number":
            continue  # said by the name of the sheet
        shown = "2021年4月24日" if isinstance(value, date) else str(value)
        assert shown in written, name
    for row in getattr(document, "rows", ()):
        for field in fields(row):
            if field.name in ("occupation", "archived_on"):
                continue  # said above the list, or once for the whole of it
            value = getattr(row, field.name)
            shown = value.isoformat() if isinstance(value, date) else str(value)
            assert shown in written, field.name


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("number", [0, 1, 200])
def test_lists_of_any_length_repeat_their_heading(kind: type[PlainDocument], number: int) -> None:
    sheet = document_sheet(filled(kind, number), layout_on(KINDS[kind]))
    assert sheet.heading is not None
    assert bool(page_breaks(sheet)) is (number == 200)


@pytest.mark.parametrize("kind", [CommissionLetter, ResultNotice])
def test_a_letter_of_usual_length_stands_on_one_page(kind: type[PlainDocument]) -> None:
    assert page_breaks(document_sheet(filled(kind), layout_on(KINDS[kind]))) == ()


def test_labels_lie_two_by_two_and_are_never_cut() -> None:
    labels = [DeskLabel(f"{index:02d}", f"王{index}") for index in range(1, 14)]
    sheet = label_sheet(labels)
    written = text(sheet)
    assert all(f"座位号 {one.seat}" in written for one in labels)
    starts = [index for index, line in enumerate(sheet.lines) if "座位号" in text_of(line)]
    assert len(starts) == 7
    assert set(page_breaks(sheet)) <= set(starts)
    assert page_breaks(sheet)


def test_no_labels_are_an_empty_page() -> None:
    assert text(label_sheet([])) == ""


def text_of(line: object) -> str:
    return "".join(cell.text for cell in line.cells)  # type: ignore[attr-defined]
