"""Does an office program print each form on the pages that we counted, with all that we printed?"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.sheets.forms import pages_of
from tests.sheets.forms.samples import OFFICIAL, SAMPLES, sample, written

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
PEOPLE = {"application": 3, "arrangement": 40, "result-summary": 60}
HEADINGS = {
    "roster": ("身份证号", "联系电话"),
    "arrangement": ("认定日期", "理论考试", "督导员"),
    "result-summary": ("准考", "证书号段"),
    "result-list": ("证件号码", "发证机构"),
    "application": ("附件1", "一寸照片"),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each form as the office program prints it, all in one run."""
    if PROGRAM is None:
        pytest.skip("没有 LibreOffice，表格的印样不检查。安装：apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("printed")
    books = []
    for kind in SAMPLES:
        books.append(folder / f"{kind}.xlsx")
        books[-1].write_bytes(written(kind, PEOPLE.get(kind, 25), long=kind != "application"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    to_pdf = ("--headless", "--convert-to", "pdf", "--outdir", str(folder))
    subprocess.run(
        [PROGRAM, profile, *to_pdf, *map(str, books)], check=True, capture_output=True, timeout=120
    )
    return folder


def pages(file: Path | BytesIO) -> list[str]:
    """What stands on each page, without blanks and places to break."""
    texts = [page.extract_text() for page in PdfReader(file).pages]
    return ["".join(text.replace("\u200b", "").split()) for text in texts]


@pytest.mark.parametrize("kind", OFFICIAL)
def test_the_office_program_breaks_where_we_broke_and_repeats_the_heading(
    printed: Path, kind: str
) -> None:
    found = pages(printed / f"{kind}.pdf")
    made = sample(kind, PEOPLE.get(kind, 25), long=kind != "application")

    assert len(found) == pages_of(made) > 1
    for page in found:
        assert [caption for caption in HEADINGS[kind] if caption not in page] == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_each_page_of_the_office_program_says_what_that_of_our_own_pdf_says(
    printed: Path, kind: str
) -> None:
    people, long = PEOPLE.get(kind, 25), kind != "application"
    theirs = pages(printed / f"{kind}.pdf")
    ours = pages(BytesIO(written(kind, people, long=long, form="pdf")))

    assert len(theirs) == len(ours)
    # Cells are told in another order; every character stands on the same page all the same.
    for page, (one, other) in enumerate(zip(theirs, ours, strict=True), start=1):
        assert Counter(one) == Counter(other), page
