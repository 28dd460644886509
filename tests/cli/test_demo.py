"""Does the demo walk a batch from commission to archive, and do its tables agree?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import ARRANGEMENT, MESSY, ROSTER, SCORES, Terminal


@pytest.fixture
def walked(terminal: Terminal, tmp_path: Path) -> tuple[Terminal, dict[str, Any], Path]:
    """The tidy samples, walked under April 2021's calendar."""
    answer = terminal.done(
        "demo", "--roster", ROSTER, "--arrangement", ARRANGEMENT, "--scores", SCORES,
        "--out", tmp_path / "out", "--today", "2021-04-12",
    )  # fmt: skip
    return terminal, answer, tmp_path / "out"


def expected_passes() -> int:
    """Who passed, read from the sample by hand: all papers that apply at 60 or more."""
    sheet = load_workbook(SCORES).active
    assert sheet is not None
    passed = 0
    for row in sheet.iter_rows(min_row=2, values_only=True):
        marks = [row[5], row[6]]
        if str(row[4]).startswith(("一级", "二级")):
            marks.append(row[7])
        passed += all(isinstance(mark, int | float) and mark >= 60 for mark in marks)
    return passed


def test_a_walk_ends_archived_and_everything_it_leaves_agrees(
    walked: tuple[Terminal, dict[str, Any], Path],
) -> None:
    terminal, answer, out = walked
    steps = terminal.done("status", "batch", answer["batch"])["steps"]
    check_end(answer, steps)
    check_numbers(answer)
    check_people(steps)
    check_tables(answer, out)


def check_end(answer: dict[str, Any], steps: list[dict[str, Any]]) -> None:
    """Archived by the usual way, with a certificate for each pass."""
    assert answer["state"] == "archived"
    assert answer["candidates"] == 120
    assert answer["passed"] == answer["certificates"] == expected_passes()
    assert [step["to"] for step in steps] == [
        "draft", "submitted", "filed", "examining", "scored", "publicising",
        "results_submitted", "results_reviewed", "registered", "certified", "archived",
    ]  # fmt: skip


def check_numbers(answer: dict[str, Any]) -> None:
    """Contiguous per level, from 000001."""
    assert len(answer["segments"]) == 5
    for segment in answer["segments"]:
        assert len(segment["first"]) == len(segment["last"]) == 22
        assert segment["first"][:16] == segment["last"][:16]
        assert segment["first"][16:] == "000001"
        assert int(segment["last"][16:]) == segment["count"]


def check_people(steps: list[dict[str, Any]]) -> None:
    """No review by the person who submitted."""
    by = {step["move"]: step["by"] for step in steps}
    assert by["submit"] != by["file"]
    assert by["submit_results"] not in (by["review_results"], by["register"])


def check_tables(answer: dict[str, Any], out: Path) -> None:
    """The five tables agree with each other and with the database."""
    books = {name: load_workbook(out / name) for name in answer["files"] if name.endswith("xlsx")}
    assert len(books) == 5
    by_title = {name.split("-", 3)[-1].removesuffix(".xlsx"): book for name, book in books.items()}
    texts = {
        title: [
            [cell.value for cell in row if cell.value is not None]
            for sheet in book.worksheets
            for row in sheet.iter_rows()
        ]
        for title, book in by_title.items()
    }
    roster = next(rows for title, rows in texts.items() if "名册" in title)
    numbered = [row for row in roster if row and isinstance(row[0], int)]
    assert len(numbered) == 120
    arrangement = next(rows for title, rows in texts.items() if "考务安排" in title)
    assert any("合计" in str(cell) and "120" in str(cell) for row in arrangement for cell in row)
    results = next(rows for title, rows in texts.items() if title.endswith(("（二）", "(二)")))
    numbers = {cell for row in results for cell in row if str(cell)[:1] == "S" and len(cell) == 22}
    assert len(numbers) == answer["passed"]
    summary = next(rows for title, rows in texts.items() if title.endswith("（一）"))
    counts = [row for row in summary if len(row) >= 5 and isinstance(row[3], int)]
    assert sum(row[3] for row in counts) == 120
    assert sum(row[4] for row in counts) == answer["passed"]


def test_a_second_walk_continues_the_numbers(
    walked: tuple[Terminal, dict[str, Any], Path], tmp_path: Path
) -> None:
    terminal, first, _out = walked
    second = terminal.done(
        "demo", "--roster", ROSTER, "--arrangement", ARRANGEMENT, "--scores", SCORES,
        "--out", tmp_path / "again", "--today", "2021-04-12",
    )  # fmt: skip
    assert second["batch"] != first["batch"]
    last = {one["first"][:16]: int(one["last"][16:]) for one in first["segments"]}
    for segment in second["segments"]:
        assert int(segment["first"][16:]) == last[segment["first"][:16]] + 1


def test_a_walk_that_starts_too_late_says_so(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.run(
        "demo", "--roster", ROSTER, "--arrangement", ARRANGEMENT, "--scores", SCORES,
        "--out", tmp_path, "--today", "2021-04-19",
    )  # fmt: skip
    assert said.code != 0
    assert "2021年4月18日" in said.refusal


def test_a_walk_with_bad_rows_names_the_workbook_and_the_rows(
    terminal: Terminal, tmp_path: Path
) -> None:
    said = terminal.run(
        "demo", "--roster", MESSY, "--arrangement", ARRANGEMENT, "--scores", SCORES,
        "--out", tmp_path, "--today", "2021-04-12",
    )  # fmt: skip
    assert said.code != 0
    assert MESSY.name in said.refusal
    assert "第13行" in said.refusal
    assert [one["row"] for one in said.answer["problems"]][:2] == [13, 16]


def test_a_walk_with_swapped_workbooks_opens_nothing(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.run(
        "demo", "--roster", ROSTER, "--arrangement", ARRANGEMENT, "--scores", ARRANGEMENT,
        "--out", tmp_path, "--today", "2021-04-12",
    )  # fmt: skip
    assert said.code != 0
    assert "考务安排表" in said.refusal
    assert terminal.run("status", "batch", "DEMO-2021-0001").code != 0
