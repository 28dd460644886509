"""Is a file that cannot be what it should be refused in clear words, with nothing changed?"""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from sqlalchemy import select

from app.core.errors import BadSheet
from app.models import Candidate
from tests.services.importing.conftest import ROSTER_HEAD, Desk, roster, sample, sheet

QIU = "130203198209232773"
ROW = ("张三", "男", QIU, "电工", "电工", "五级")


def text_file(encoding: str, before: str = "") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([ROSTER_HEAD, (1, *ROW)])
    return (before + out.getvalue()).encode(encoding)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (sample("scores-tidy.xlsx"), "other_form", "成绩表"),
        (sample("exam-arrangement-tidy.xlsx"), "other_form", "考务安排表"),
        (sheet(("水果", "价格"), ("苹果", 3)), "no_header", "没有找到“人员名册”的表头"),
        (sheet(ROSTER_HEAD), "no_rows", "没有数据行"),
        (b"", "empty_file", "空的"),
        (b"%PDF-1.7 no sheet at all", None, None),
    ],
)
def test_a_wrong_file_is_refused_and_changes_nothing(
    desk: Desk, data: bytes, code: str | None, words: str | None
) -> None:
    with pytest.raises(BadSheet) as refusal:
        desk.accept("roster", data)
    assert code is None or refusal.value.code == code
    assert words is None or words in refusal.value.message
    assert desk.session.scalars(select(Candidate)).all() == []


@pytest.mark.parametrize("kind", ["scores", "arrangement"])
def test_a_roster_in_the_wrong_place_is_recognised(desk: Desk, kind: str) -> None:
    if kind == "scores":
        desk.batch.state = "examining"
        desk.session.commit()
    with pytest.raises(BadSheet, match="看起来是“人员名册”"):
        desk.preview(kind, sample("roster-tidy.xlsx"))


def test_a_damaged_workbook_is_refused(desk: Desk) -> None:
    with pytest.raises(BadSheet):
        desk.accept("roster", sample("roster-tidy.xlsx")[:2000])


def test_a_zip_bomb_is_refused(desk: Desk) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", "0" * 50_000_000)
    with pytest.raises(BadSheet):
        desk.accept("roster", out.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_text_file_is_read_in_the_usual_encodings(desk: Desk, encoding: str) -> None:
    done = desk.accept("roster", text_file(encoding, "人员名册\n\n"))
    assert (done.counts.new, done.problems) == (1, ())


def test_a_second_sheet_with_people_is_pointed_out(desk: Desk) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(roster(ROW)))
    other = book.create_sheet("二车间")
    other.append(list(ROSTER_HEAD))
    other.append([1, *ROW])
    out = io.BytesIO()
    book.save(out)
    shown = desk.preview("roster", out.getvalue())
    assert [one.code for one in shown.notes] == ["other_sheets"]
    assert "二车间" in shown.notes[0].message


def test_a_sheet_without_a_head_is_told_what_a_score_sheet_has(desk: Desk) -> None:
    with pytest.raises(BadSheet, match=r"身份证号.*理论成绩") as refusal:
        desk.preview("scores", sheet(("水果", "价格"), ("苹果", 3)))
    assert refusal.value.code == "no_header"
