"""Is a file judged by what it is, and refused unharmed when it is no table?"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import BadSheet
from app.core.sheets.reading.limits import Limits
from app.core.sheets.reading.reader import read
from app.core.sheets.reading.source import open_source
from tests.sheets import hostile
from tests.sheets.awkward import (
    HEADINGS,
    LI,
    ZHANG,
    book,
    names,
    roster,
    sample,
    text,
    with_part,
    xls,
    xlsx,
    zipped,
)
from tests.sheets.known_forms import ROSTER


def refusal(data: bytes, name: str = "名册.xlsx", **options: Any) -> BadSheet:
    with pytest.raises(BadSheet) as refused:
        roster(data, name, **options)
    assert any("\u4e00" <= character <= "\u9fff" for character in refused.value.message)
    return refused.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7 \0\0", "not_workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_workbook"),
        (b"\xff\xd8\xff\xe0\0\0", "not_workbook"),
        (b"Rar!\x1a\x07\0", "not_workbook"),
        (b"PK\x05\x06" + bytes(18), "not_workbook"),
        (b"\x7fELF\0\0\0", "not_workbook"),
        (zipped({"word/document.xml": b"<x/>"}), "not_workbook"),
        (zipped({"content.xml": b"<x/>", "mimetype": b"ods"}), "not_workbook"),
        (zipped({"xl/workbook.bin": b"x"}), "not_workbook"),
        (zipped({"名册.xlsx": xlsx([HEADINGS])}), "not_workbook"),
        (b"<html><body><table><tr><td>\xe5</table>", "html"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:x">', "html"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "html"),
        (b"PK\x03\x04 and then nothing of a zip", "damaged"),
        (sample("roster-tidy")[:5000], "damaged"),
        (xls([HEADINGS, ZHANG])[:1500], "not_workbook"),
        (xls([HEADINGS, ZHANG]).replace(b"\x09\x08\x10\x00", b"\x09\x07\x10\x00"), "damaged"),
        (hostile.locked_xlsx(), "password"),
        (hostile.locked_xls(), "password"),
        (
            xls([HEADINGS]).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")),
            "not_workbook",
        ),
        (xlsx([]), "empty"),
        (xlsx([("", "")]), "empty"),
        (b"\r\n\r\n,,,\r\n", "empty"),
    ],
)
def test_what_is_no_readable_table_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_refusal_says_what_to_do_next() -> None:
    assert "另存为 .xlsx" in refusal(b"<html><table></table>").message
    assert "取消密码" in refusal(hostile.locked_xlsx()).message
    assert "解压" in refusal(zipped({"a.txt": b"x"})).message


@pytest.mark.parametrize("name", ["名册.xls", "名册.csv", "名册", "名册.PDF"])
def test_a_workbook_with_a_wrong_name_is_read_for_what_it_is(name: str) -> None:
    assert names(roster(xlsx([HEADINGS, ZHANG]), name)) == ["张三"]


def test_separated_text_named_xls_is_read_for_what_it_is() -> None:
    assert names(roster(text([HEADINGS, ZHANG], "gbk", "\t"), "名册.xls")) == ["张三"]


def test_an_encrypted_zip_asks_for_the_password_to_be_removed() -> None:
    data = bytearray(zipped({"xl/workbook.xml": b"<x/>"}))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)).code == "password"


def test_parts_that_inflate_absurdly_are_refused_by_their_stated_size() -> None:
    bomb = with_part(xlsx([HEADINGS]), "xl/styles.xml", lambda _: bytes(40 << 20))
    assert refusal(bomb).code == "zip_bomb"


def test_many_parts_that_are_large_together_are_refused() -> None:
    parts = {"xl/workbook.xml": b"x"} | {f"xl/media/{n}": bytes(1 << 20) for n in range(30)}
    assert refusal(zipped(parts)).code == "zip_bomb"


def test_a_part_that_inflates_to_more_than_it_states_never_gets_room() -> None:
    honest = with_part(xlsx([HEADINGS]), hostile.SHEET, lambda xml: xml + b" " * (30 << 20))
    lying = hostile.understated(honest, hostile.SHEET, 1000)
    with zipfile.ZipFile(io.BytesIO(lying)) as archive:
        assert archive.getinfo(hostile.SHEET).file_size == 1000
    assert refusal(lying).code == "damaged"


def test_a_long_string_in_very_many_cells_is_refused() -> None:
    assert refusal(hostile.repeated_long_string(30_000, 10_000)).code == "zip_bomb"


def test_a_long_remark_beside_many_rows_is_no_bomb() -> None:
    source = open_source(hostile.repeated_long_string(3_000, 10_000), "x.xlsx")
    assert len(source.sheets[0].rows) == 9_999


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="9"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="9"><c r="XFD9"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="9"><c r="ZZZZZZZ9"><v>1</v></c></row>', "damaged"),
        ('<row r="9"><c r="9"><v>1</v></c></row>', "damaged"),
        ('<row r="x"><c><v>1</v></c></row>', "damaged"),
        ('<row r="150000"><c r="SF150000"><v>1</v></c></row>', "too_many_cells"),
        ('<row r="9"><c r="A9" t="s"><v>99999999</v></c></row>', "damaged"),
        ('<row r="9"><c r="A9"', "damaged"),
    ],
)
def test_a_cell_far_outside_or_without_sense_is_refused(cell: str, code: str) -> None:
    assert refusal(hostile.with_sheet_data(cell)).code == code


def test_cells_without_references_are_counted_where_they_stand() -> None:
    source = open_source(
        hostile.with_sheet_data('<row><c><v>5</v></c><c t="e"><v>#N/A</v></c></row>'), "x.xlsx"
    )
    assert len(source.sheets[0].rows) == 3


def test_a_document_type_declaration_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = with_part(
        xlsx([HEADINGS]),
        hostile.SHEET,
        lambda xml: xml.replace(b"<worksheet", bomb.encode() + b"<worksheet", 1),
    )
    assert refusal(data).code == "damaged"


def test_a_part_in_an_encoding_that_nobody_knows_is_refused() -> None:
    data = with_part(
        hostile.with_shared_strings("姓名"),
        "xl/workbook.xml",
        lambda xml: xml.replace(b'"UTF-8"', b'"XYZ"'),
    )
    assert refusal(data).code == "damaged"


def test_an_absurd_count_of_strings_is_refused_before_room_is_made() -> None:
    data = with_part(
        hostile.with_shared_strings("姓名"),
        hostile.SHARED,
        lambda xml: xml.replace(b"uniqueCount=", b'uniqueCount="4294967295" x='),
    )
    assert refusal(data).code == "damaged"


def test_two_parts_of_one_name_are_refused() -> None:
    target = io.BytesIO(xlsx([HEADINGS, ZHANG]))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("XL/Worksheets/sheet1.xml", b"<worksheet/>")
    assert refusal(target.getvalue()).code == "damaged"


def test_sizes_are_bounded() -> None:
    rows = [HEADINGS, ZHANG, LI]
    assert refusal(xlsx(rows), limits=Limits(file_bytes=100)).code == "too_large"
    assert refusal(xlsx(rows), limits=Limits(inflated_bytes=100)).code == "zip_bomb"
    assert refusal(xlsx(rows), limits=Limits(parts=3)).code == "zip_bomb"
    assert refusal(book({"a": rows, "b": rows}), limits=Limits(sheets=1)).code == "too_many_sheets"
    for data in (xlsx(rows), xls(rows), text(rows)):
        assert refusal(data, limits=Limits(rows=2)).code == "too_many_rows"
        assert refusal(data, limits=Limits(columns=6)).code == "too_many_columns"
        assert refusal(data, limits=Limits(cells=20)).code == "too_many_cells"


def test_a_hundred_thousand_empty_formatted_rows_are_no_people_and_no_hindrance() -> None:
    letters = "ABCDEFGHIJKLMNO"
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" s="1"/>' for c in letters) + "</row>"
        for n in range(122, 100_122)
    )
    data = with_part(
        sample("roster-tidy"),
        hostile.SHEET,
        lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>"),
    )
    reading = roster(data)
    assert len(reading.rows) == 120
    assert reading.skipped == ()


FILES = {
    "xlsx": sample("roster-messy"),
    "xls": xls([HEADINGS, ZHANG, LI]),
    "csv": text([HEADINGS, ZHANG, LI], "gbk"),
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_damaged_file_is_read_or_refused_and_never_fails_otherwise(
    kind: str, data: st.DataObject
) -> None:
    content = bytearray(FILES[kind])
    places = st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)
    for place in data.draw(places):
        content[place] = data.draw(st.integers(0, 255))
    with suppress(BadSheet):
        read(bytes(content), "x", ROSTER)


PARTS = ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", hostile.SHEET)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_a_workbook_with_damaged_xml_is_read_or_refused_and_never_fails_otherwise(
    part: str, data: st.DataObject
) -> None:
    def damage(xml: bytes) -> bytes:
        place = data.draw(st.integers(0, len(xml) - 1))
        junk = data.draw(
            st.sampled_from([b"", b'"', b"<", b">", b"&x;", b"-1", b"9" * 25, b"\xff"])
        )
        return xml[:place] + junk + xml[place + data.draw(st.integers(0, 4)) :]

    with suppress(BadSheet):
        read(with_part(FILES["xlsx"], part, damage), "x", ROSTER)
