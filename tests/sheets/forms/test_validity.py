"""Do all files open without a repair: by two readers, by the schema, by the programs' own rules?"""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from app.sheets.forms import compose_applications, compose_form, write
from tests.sheets.forms.people import application, roster
from tests.sheets.forms.samples import SAMPLES, sample, written

VALIDATOR = OpenXmlValidator()
HOSTILE = "甲\x00\x0b\ufffe\uffff\ud800[]:*?/\\'_x0041_<&>乙" * 3


def objections(data: bytes, folder: Path, form: str) -> list[str]:
    """What a port of Microsoft's own validator says against the file."""
    path = folder / f"form.{form}"
    path.write_bytes(data)
    return [str(one.description) for one in VALIDATOR.validate(path).errors]


def cells(page: Worksheet) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def structure_problems(data: bytes) -> list[str]:
    """What Excel would offer to repair although each part is valid by itself."""
    book = load_workbook(BytesIO(data))
    names = [name.casefold() for name in book.sheetnames]
    found = [f"name {one}" for one in names if not 0 < len(one) <= 31 or set(one) & set("[]:*?/\\")]
    found += [f"name {one} starts or ends with '" for one in names if one.strip("'") != one]
    if len(set(names)) < len(names):
        found.append("names are not unique")
    for page in book.worksheets:
        found += page_problems(page)
    return found


def page_problems(page: Worksheet) -> list[str]:
    areas = page.merged_cells.ranges
    found = [f"{a} overlaps {b}" for a, b in combinations(areas, 2) if not a.isdisjoint(b)]
    found += [
        f"{area} is one cell" for area in areas if area.size["rows"] * area.size["columns"] < 2
    ]
    found += [f"{area} leaves the paper" for area in areas if area.max_row > page.max_row]
    breaks = [one.id for one in page.row_breaks.brk]
    found += [f"break {one}" for one in breaks if not 0 < one < page.max_row]
    if breaks != sorted(set(breaks)) or len(breaks) > 1023:
        found.append("breaks are not in order or too many")
    if not page.print_area.startswith(f"'{page.title.replace(chr(39), chr(39) * 2)}'!$A$1:"):
        found.append(f"print area {page.print_area}")
    for row in page.row_dimensions.values():
        if row.height is not None and not 0 < row.height <= 409:
            found.append(f"height {row.height}")
    return found


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_workbook_is_valid_by_the_schema(kind: str, tmp_path: Path) -> None:
    for number, long in ((0, False), (25, True)):
        assert objections(written(kind, number, long=long), tmp_path, "xlsx") == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_document_is_valid_by_the_schema_and_says_what_the_form_says(
    kind: str, tmp_path: Path
) -> None:
    data = written(kind, 3, long=True, form="docx")

    assert objections(data, tmp_path, "docx") == []
    said = {
        cell.text.strip()
        for table in Document(BytesIO(data)).tables
        for row in table.rows
        for cell in row.cells
    }
    for sheet in sample(kind, 3, long=True).sheets:
        assert {cell.text.strip() for line in sheet.lines for cell in line.cells} <= said | {""}


@pytest.mark.parametrize("kind", SAMPLES)
def test_two_readers_read_the_same_in_every_workbook(kind: str) -> None:
    data = written(kind, 25, long=True)
    pages = load_workbook(BytesIO(data)).worksheets
    other = CalamineWorkbook.from_filelike(BytesIO(data))

    assert other.sheet_names == [page.title for page in pages]
    for index, page in enumerate(pages):
        rows = other.get_sheet_by_index(index).to_python()
        assert [
            f"{cell:g}" if isinstance(cell, float) else str(cell)
            for row in rows
            for cell in row
            if cell != ""
        ] == cells(page)


@pytest.mark.parametrize("kind", SAMPLES)
def test_nothing_in_a_workbook_calls_for_a_repair(kind: str) -> None:
    for number, long in ((0, False), (25, True)):
        assert structure_problems(written(kind, number, long=long)) == []


def test_names_that_no_worksheet_may_have_make_valid_files_all_the_same(tmp_path: Path) -> None:
    people = [
        application(name=name, employer=HOSTILE) for name in (HOSTILE, HOSTILE, "", "History")
    ]
    made = compose_applications(people)

    for form in ("xlsx", "docx"):
        data = write(made, form)
        assert objections(data, tmp_path, form) == []
        for name in zipfile.ZipFile(BytesIO(data)).namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))
    assert structure_problems(write(made, "xlsx")) == []
    assert write(made, "pdf").startswith(b"%PDF")


def test_what_xml_cannot_hold_is_left_out_and_the_rest_stays() -> None:
    page = load_workbook(BytesIO(write(compose_form(roster(1, name=HOSTILE)), "xlsx"))).worksheets[
        0
    ]

    assert any(value.startswith("甲[]:*?/\\'") and value.endswith("<&>乙") for value in cells(page))
