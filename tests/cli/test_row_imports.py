"""Do rows of any table come in, leave as a blank sheet, and go again at the terminal?"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.cli.conftest import Terminal


def filled(folder: Path, *rows: tuple[str, str, str]) -> Path:
    """A sheet of code lists: three columns are the least that a head needs."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (("代码表", "代码", "名称"), *rows):
        page.append(list(row))
    path = folder / "代码.xlsx"
    book.save(path)
    return path


def test_rows_go_in_and_the_same_file_changes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    file = filled(tmp_path, ("性别", "8", "第八"), ("没有的表", "9", "第九"))
    errors = tmp_path / "问题.xlsx"
    dry = terminal.done("import-rows", "code-item", file, "--dry-run")
    assert (dry["run"], dry["new"], dry["refused"]) == (None, 1, 1)
    said = terminal.done("import-rows", "CodeItem", file, "--errors", errors)
    assert (said["new"], said["refused"], said["problems"][0]["row"]) == (1, 1, 3)
    assert load_workbook(errors).worksheets[0].max_row == 2
    again = terminal.done("import-rows", "代码项", file)
    assert (again["new"], again["unchanged"]) == (0, 1)


def test_an_import_is_taken_back_once(terminal: Terminal, tmp_path: Path) -> None:
    file = filled(tmp_path, ("性别", "8", "第八"))
    run = terminal.done("import-rows", "CodeItem", file)["run"]
    assert terminal.done("withdraw", str(run))["rows"] == 1
    said = terminal.run("withdraw", str(run))
    assert said.code == 1
    assert "已经撤回" in said.refusal
    assert "没有这次导入" in terminal.run("withdraw", "9999").refusal


def test_blank_sheets_are_written(terminal: Terminal, tmp_path: Path) -> None:
    for name in ("Enterprise", "roster", "scores", "arrangement"):
        path = tmp_path / f"{name}.xlsx"
        assert terminal.done("template", name, "-o", path)["bytes"] == path.stat().st_size
        assert load_workbook(path).sheetnames[1] == "填写说明"


def test_a_table_that_takes_no_rows_is_refused_with_those_that_do(
    terminal: Terminal, tmp_path: Path
) -> None:
    said = terminal.run("import-rows", "Certificate", filled(tmp_path))
    assert said.code == 1
    assert "Enterprise" in said.refusal


def test_the_named_user_imports_in_the_own_scope(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.run("import-rows", "CodeItem", filled(tmp_path), "--as", "auditor")
    assert said.code == 1
    assert "不能导入" in said.refusal or "没有" in said.refusal
