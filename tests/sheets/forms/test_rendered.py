"""Does an office program print the official forms on the pages that we counted?"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.sheets.forms import pages_of
from tests.sheets.forms.samples import OFFICIAL, sample, written

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
    """A folder with each official form as the office program prints it, all in one run."""
    if PROGRAM is None:
        pytest.skip("没有 LibreOffice，表格的印样不检查。安装：apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("printed")
    books = []
    for kind in OFFICIAL:
        books.append(folder / f"{kind}.xlsx")
        books[-1].write_bytes(written(kind, PEOPLE.get(kind, 25), long=kind != "application"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    to_pdf = ("--headless", "--convert-to", "pdf", "--outdir", str(folder))
    subprocess.run(
        [PROGRAM, profile, *to_pdf, *map(str, books)], check=True, capture_output=True, timeout=120
    )
    return folder


def pages(folder: Path, kind: str) -> list[str]:
    """What stands on each page, without blanks."""
    texts = [page.extract_text() for page in PdfReader(folder / f"{kind}.pdf").pages]
    return ["".join(text.split()) for text in texts]


@pytest.mark.parametrize("kind", OFFICIAL)
def test_the_office_program_breaks_where_we_broke_and_repeats_the_heading(
    printed: Path, kind: str
) -> None:
    found = pages(printed, kind)
    made = sample(kind, PEOPLE.get(kind, 25), long=kind != "application")

    assert len(found) == pages_of(made) > 1
    for page in found:
        assert [caption for caption in HEADINGS[kind] if caption not in page] == []
