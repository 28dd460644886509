"""Do the generated pages say what the code says?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from app.core.declarations.base import entities
from app.core.declarations.behaviour import procedures
from app.core.declarations.field import describe
from app.core.declarations.procedure import BACK, STAY
from app.core.roles import AREAS
from tests.house.tree import tree
from tools import generate_docs


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return generate_docs.pages()


def test_the_committed_pages_are_those_of_the_code() -> None:
    assert generate_docs.stale() == [], "run make docs"


def test_writing_makes_a_folder_exact_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("nothing makes this any more", encoding="utf-8")
    assert generate_docs.write(tmp_path) == [
        "dictionary.md",
        "old.md",
        "permissions.md",
        "procedures.md",
        "settings.md",
    ]
    assert generate_docs.write(tmp_path) == []
    (tmp_path / "dictionary.md").write_text("edited by hand", encoding="utf-8")
    assert generate_docs.stale(tmp_path) == ["dictionary.md"]


def test_a_stale_page_fails_the_check_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate_docs.stale, "__defaults__", (tmp_path,))
    assert generate_docs.main(["--check"]) == 1
    assert "dictionary.md 与代码不一致，请运行 make docs" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_name_that_is_read_from_the_environment_stands_in_the_page_of_settings(
    pages: dict[str, str],
) -> None:
    read = [
        ast.literal_eval(node.args[0])
        for path in (Path("config.py"), Path("app/core/settings.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"text", "number", "yes_no"}
    ]
    said = re.findall(r"^\| `(\w+)` \| \S", pages["settings.md"], re.M)
    assert len(read) > 25
    assert sorted(said) == sorted(read)


def test_every_table_and_field_stands_in_the_dictionary(pages: dict[str, str]) -> None:
    text = pages["dictionary.md"]
    for model in entities():
        (section,) = re.findall(
            rf"## {model.__label__} `{model.__name__}`\n(.*?)(?=\n## |\Z)", text, re.DOTALL
        )
        for field in describe(model).fields:
            assert f"| {field.label} | `{field.name}` |" in section


def test_every_area_and_move_stands_in_the_matrix(pages: dict[str, str]) -> None:
    text = pages["permissions.md"]
    for area in AREAS.values():
        assert f"| {area.title} |" in text
    for table in procedures().values():
        for move in table.moves:
            assert f"| {table.label} | {move.label} `{move.name}` |" in text


def test_the_matrix_says_who_may_read_write_and_delete(pages: dict[str, str]) -> None:
    line = next(one for one in pages["permissions.md"].splitlines() if one.startswith("| 证书 |"))
    assert line.split(" | ")[2:] == ["查", "查改", "查", "查", "查", "查", "查 |"]


def test_every_step_is_an_arrow_of_the_diagram(pages: dict[str, str]) -> None:
    drawn = set(re.findall(r"^    (\w+) --> (\w+): (\S+)$", pages["procedures.md"], re.MULTILINE))
    for table in procedures().values():
        for move in table.moves:
            for source in move.sources:
                if move.target != BACK:
                    target = source if move.target == STAY else move.target
                    assert (source, target, move.label) in drawn
    for state in ("filed", "examining", "scored", "publicising"):
        assert ("suspended", state, "恢复") in drawn


def test_the_pages_are_the_same_on_every_run(pages: dict[str, str]) -> None:
    assert generate_docs.pages() == pages
