"""Can a year be brought in, deadlines told anew and a late filing allowed from a terminal?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A small sheet of 2031."""
    path = tmp_path / "2031.csv"
    path.write_text("年度,日期,上班或放假,说明\n2031,2031-10-01,放假,国庆节\n", encoding="utf-8")
    return path


def test_a_year_is_looked_at_and_brought_in(terminal: Terminal, year: Path) -> None:
    looked = terminal.done("calendar-import", year, "--dry-run")
    assert (looked["year"], looked["new"], looked["refused"]) == (2031, 1, 0)
    done = terminal.done("calendar-import", year, "--year", "2031", "--source", "国办发明电")
    assert done["new"] == 1
    assert [one["code"] for one in done["problems"]] == ["calendar_unbalanced"]
    assert terminal.done("calendar-import", year)["unchanged"] == 1
    batch = terminal.done(
        "batch-new", "--body", "DEMO", "--name", "远期", "--exam-date", "2031-10-06"
    )
    assert batch["batch"] == "DEMO-2031-0001"


def test_a_wrong_sheet_ends_with_the_row_and_the_remedy(terminal: Terminal, year: Path) -> None:
    said = terminal.run("calendar-import", year, "--year", "2032")
    assert said.code != 0
    assert "第2行" in said.refusal
    assert "2031年" in said.refusal


def test_a_city_does_not_bring_in_a_year(terminal: Terminal, year: Path) -> None:
    said = terminal.run("calendar-import", year, "--as", "ts_admin")
    assert said.code != 0
    assert "省中心" in said.refusal


def test_deadlines_are_recomputed(terminal: Terminal, batch: str) -> None:
    assert terminal.done("recompute-deadlines") == {"changed": 0}
    assert terminal.done("recompute-deadlines", "--batch", batch) == {"changed": 0}


def test_a_late_filing_is_allowed_and_taken_back(terminal: Terminal, batch: str) -> None:
    late = ("--today", "2021-04-19")
    words = ("act", "batch", batch, "allow_late", "--as", "ts_admin")
    assert terminal.run(*words, *late).code != 0
    done = terminal.done(*words, *late, "--note", "企业停产检修")
    assert (done["move"], done["state"]) == ("allow_late", "draft")
    steps = terminal.done("status", "batch", batch)["steps"]
    assert steps[-1]["note"] == "企业停产检修"
    said = terminal.run("act", "batch", batch, "submit", *late)
    assert "filing_late" not in {one["code"] for one in said.answer["problems"]}
    back = ("act", "batch", batch, "revoke_late", "--as", "ts_admin", "--note", "已恢复")
    assert terminal.done(*back, *late)["state"] == "draft"
    said = terminal.run("act", "batch", batch, "submit", *late)
    assert "filing_late" in {one["code"] for one in said.answer["problems"]}
