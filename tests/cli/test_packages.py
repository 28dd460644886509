"""Do packages and a file for each person leave without a browser, whole and always the same?"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.conftest import ARRANGEMENT, ROSTER, Terminal

DAY = ("--today", "2021-04-12")


@pytest.fixture
def filled(terminal: Terminal, batch: str) -> str:
    """The fresh batch with its roster and arrangement."""
    terminal.done("import", "roster", batch, ROSTER, *DAY)
    terminal.done("import", "arrangement", batch, ARRANGEMENT, *DAY)
    return batch


@pytest.mark.parametrize("stage", ["filing", "results", "archive"])
def test_a_package_holds_what_its_list_of_digests_says_and_repeats(
    terminal: Terminal, filled: str, tmp_path: Path, stage: str
) -> None:
    first, second = tmp_path / "甲.zip", tmp_path / "乙.zip"
    said = terminal.done("package", filled, stage, "-o", first, *DAY)
    terminal.done("package", filled, stage, "-o", second, *DAY)

    assert first.read_bytes() == second.read_bytes()
    assert said["sha256"] == sha256(first.read_bytes()).hexdigest()
    with ZipFile(first) as archive:
        names = archive.namelist()
        sums = archive.read("SHA256SUMS.txt").decode().splitlines()
        digests = {path: digest for digest, path in (one.split("  ", 1) for one in sums)}
        assert set(digests) == set(names) - {"SHA256SUMS.txt"}
        assert all(sha256(archive.read(path)).hexdigest() == digests[path] for path in digests)
    assert "目录.html" in names
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_the_forms_of_all_leave_as_one_file_or_as_a_file_for_each(
    terminal: Terminal, filled: str, tmp_path: Path
) -> None:
    together, apart = tmp_path / "申报表.pdf", tmp_path / "申报表.zip"
    terminal.done("export", "application", filled, "-o", together)
    said = terminal.done("export", "application", filled, "-o", apart)

    assert together.read_bytes().startswith(b"%PDF")
    assert said["title"] == f"{filled}-职业技能等级认定申报表.zip"
    with ZipFile(apart) as archive:
        names = archive.namelist()
        assert all(archive.read(name).startswith(b"%PDF") for name in names)
    assert names[0].startswith("0001 ")
    assert (
        len(names)
        == len(set(names))
        == terminal.done("status", "batch", filled)["counts"]["candidates"]
    )


def test_a_table_of_all_people_cannot_be_had_for_each(
    terminal: Terminal, filled: str, tmp_path: Path
) -> None:
    said = terminal.run("export", "roster", filled, "-o", tmp_path / "名册.zip")

    assert said.code != 0
    assert "没有“zip”这种格式" in said.refusal
    assert not (tmp_path / "名册.zip").exists()


def test_a_name_that_does_not_fit_what_is_written_is_refused(
    terminal: Terminal, filled: str, tmp_path: Path
) -> None:
    form = terminal.run("export", "roster", filled, "-o", tmp_path / "名册.pdf", "--format", "xlsx")
    packed = terminal.run("package", filled, "filing", "-o", tmp_path / "材料.txt")

    assert "不一致" in form.refusal
    assert ".zip" in packed.refusal
    assert form.code != 0 != packed.code
    assert [*tmp_path.iterdir()] == []


def test_a_paper_that_there_is_not_yet_is_refused_with_the_reason(
    terminal: Terminal, filled: str, tmp_path: Path
) -> None:
    said = terminal.run("export", "certificate", filled, "-o", tmp_path / "证书.pdf")

    assert said.code != 0
    assert "还没有核发的证书" in said.refusal
    assert [*tmp_path.iterdir()] == []
