"""Does preflight tell a terminal what would be sent back, and is the walked batch ever at fault?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.cli.preflight import _readable
from app.core import clock, scope
from app.core.database import db
from app.core.roles import SYSTEM
from app.models import Batch, Body
from app.rules.catalogue import marks
from app.services.demonstration import stand_ins
from app.services.demonstration.batch_walk import Walk, Workbook, Workbooks
from app.services.filing import filing
from tests.cli.conftest import ARRANGEMENT, ROSTER, SCORES, Terminal

KEYS = ["rule", "clause", "severity", "message", "rows", "remedy"]


@pytest.fixture
def unready(terminal: Terminal, batch: str) -> str:
    """A draft with the tidy roster and arrangement and nothing else."""
    terminal.done("import", "roster", batch, ROSTER, "--today", "2021-04-12")
    return batch


def findings(terminal: Terminal, batch: str, *words: str) -> list[dict[str, Any]]:
    answer = terminal.done("preflight", batch, *words)
    assert list(answer) == ["findings"]
    found: list[dict[str, Any]] = answer["findings"]
    assert all(list(one) == KEYS for one in found)
    return found


def test_what_is_missing_is_reported_with_rule_clause_rows_and_remedy(
    terminal: Terminal, unready: str
) -> None:
    found = findings(terminal, unready, "--today", "2021-04-12")
    by_rule = {one["rule"]: one for one in found}
    assert {"plan_unpublished", "roster_unchecked", "sessions_missing", "paper_missing"} <= set(
        by_rule
    )
    assert by_rule["plan_unpublished"]["clause"] == "流程二"
    assert by_rule["insurance_evidence_missing"]["rows"]
    assert all(one["remedy"] and one["severity"] in ("error", "warning") for one in found)
    weights = [one["severity"] for one in found]
    assert weights == sorted(weights)


@pytest.mark.parametrize(("day", "late"), [("2021-04-18", False), ("2021-04-19", True)])
def test_the_day_of_the_command_counts(
    terminal: Terminal, unready: str, day: str, late: bool
) -> None:
    found = findings(terminal, unready, "--today", day)
    assert ("filing_late" in {one["rule"] for one in found}) is late


def test_it_is_readable_too_and_the_check_itself_succeeds(terminal: Terminal, unready: str) -> None:
    said = terminal.runner.invoke(args=["preflight", unready, "--today", "2021-04-12"])
    assert said.exit_code == 0
    assert "错误  认定计划尚未公布" in said.stdout
    assert f"〔流程二〕  [{marks()['plan_unpublished']}]" in said.stdout
    assert "plan_unpublished" not in said.stdout
    assert "怎么办：" in said.stdout


def test_a_batch_out_of_reach_is_not_checked(terminal: Terminal, unready: str) -> None:
    said = terminal.run("preflight", unready, "--as", "other_clerk")
    assert said.code != 0
    assert said.answer["error"] == "NotFound"
    assert terminal.run("preflight", "KESHI-1").code != 0


def workbook(path: Path) -> Workbook:
    return Workbook(path.name, path.read_bytes())


def test_the_walked_batch_meets_no_error_at_any_step(terminal: Terminal, app: Flask) -> None:
    """Checked after each step as the person of that step, also when the same people come again."""
    files = Workbooks(*(workbook(path) for path in (ROSTER, ARRANGEMENT, SCORES)))
    with app.app_context():
        scope.bind(db.session, SYSTEM)
        body = db.session.scalars(select(Body).where(Body.code == "DEMO")).one()
        clerk = stand_ins.clerk_of_body(db.session, body.id)
        for _ in range(2):
            with clock.set_to(date(2021, 4, 12)):
                walk = Walk(db.session, clerk, body, files)
                batch = walk.prepare()
            assert _errors(walk, batch) == []
            for state, take in walk._way():
                take()
                assert batch.state == state
                assert _errors(walk, batch) == [], state


def _errors(walk: Walk, batch: Batch) -> list[str]:
    with clock.set_to(walk.day):
        found = filing.problems(db.session, batch)
    return [one.code for one in found if one.severity == "error"]


def test_nothing_to_object_to_is_said() -> None:
    assert _readable({"findings": []}).startswith("全部通过")
