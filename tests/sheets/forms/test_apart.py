"""Is each person's sheet called by place and name, and does each leave as a file of its own?"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader

from app.sheets.forms import (
    ResultNotice,
    compose_applications,
    compose_documents,
    write,
    write_apart,
)
from tests.sheets.forms.paper import opened
from tests.sheets.forms.people import application


def test_a_sheet_is_called_by_the_place_in_the_roster_and_the_name() -> None:
    people = [application(name="王小燕", number=12), application(name="李强", number=3)]
    notices = [("王小燕", ResultNotice(number=12)), ("李强", ResultNotice())]

    made = compose_applications(people)
    composed = compose_documents(notices, ResultNotice)
    assert [sheet.name for sheet in made.sheets] == ["0012 王小燕", "0003 李强"]
    assert [sheet.name for sheet in composed.sheets] == ["0012 王小燕", "0002 李强"]


def test_places_that_were_given_twice_make_sheets_of_different_names() -> None:
    made = compose_applications([application(number=1) for _ in range(4)])

    assert len({sheet.name for sheet in made.sheets}) == 4
    assert len(opened(write(made, "xlsx")).sheetnames) == 4


def test_apart_each_has_a_page_in_a_file_of_its_own() -> None:
    made = compose_applications([application(name="王/小燕", number=1), application(number=2)])
    steps: list[tuple[int, int]] = []
    with ZipFile(BytesIO(write_apart(made, lambda *step: steps.append(step)))) as archive:
        names = archive.namelist()
        pages = [PdfReader(BytesIO(archive.read(name))).pages for name in names]

    assert names == [f"{one}-职业技能等级认定申报表.pdf" for one in ("0001 王小燕", "0002 王小燕")]
    assert [len(one) for one in pages] == [1, 1]
    assert steps == [(2, 2)]
    assert write_apart(made) == write_apart(made)
