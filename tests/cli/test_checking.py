"""Can the numbers and the retention of everything be checked from the command line?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.roles import SYSTEM
from app.models import Certificate
from tests.cli.conftest import ARRANGEMENT, ROSTER, SCORES, Terminal

PAPER_OVER, ALL_OVER = "2024-06-01", "2026-06-01"


@pytest.fixture
def archived(terminal: Terminal, tmp_path: Path) -> dict[str, Any]:
    """The tidy samples, walked to the archive in the spring of 2021."""
    found: dict[str, Any] = terminal.done(
        "demo", "--roster", ROSTER, "--arrangement", ARRANGEMENT, "--scores", SCORES,
        "--out", tmp_path, "--today", "2021-04-12",
    )  # fmt: skip
    return found


def test_numbers_and_retention_of_a_walked_batch(
    terminal: Terminal, archived: dict[str, Any], session: scoped_session[Session]
) -> None:
    number, made = archived["batch"], archived["certificates"]
    for narrowed in ((), ("--batch", number), ("--body", "DEMO")):
        answer = terminal.done("check-certificates", *narrowed)
        assert answer["findings"] == []
        assert (answer["certificates"], answer["segments"]) == (made, len(archived["segments"]))
    assert terminal.done("retention-due", "--today", "2024-01-01")["count"] == 0
    paper = terminal.done("retention-due", "--today", PAPER_OVER)
    assert paper["as_of"] == PAPER_OVER
    assert {one["carrier"] for one in paper["due"]} == {"paper"}
    everything = terminal.done("retention-due", "--today", ALL_OVER)
    assert everything["count"] == len(everything["due"]) > paper["count"]
    assert {one["batch"] for one in everything["due"]} == {number}
    stranger = terminal.done("retention-due", "--today", ALL_OVER, "--as", "other_clerk")
    assert stranger["count"] == 0

    scope.bind(session, SYSTEM)
    last = session.scalars(select(Certificate.id).order_by(Certificate.number.desc())).first()
    changed = update(Certificate).where(Certificate.id == last).values(number="S" * 22)
    session.execute(changed)
    session.commit()
    found = terminal.done("check-certificates")["findings"]
    assert {one["rule"] for one in found} >= {"segment_bounds", "segment_prefix"}
    assert all(one["batch"] == number and number in one["message"] for one in found)


def test_an_unknown_batch_is_refused(terminal: Terminal) -> None:
    said = terminal.run("check-certificates", "--batch", "NONE-1")
    assert said.code == 1
    assert "NONE-1" in said.refusal
