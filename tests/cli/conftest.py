"""What do tests of the commands start from? The demo centre without its batches."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.database import Prepare

WORKBOOKS = Path(__file__).parents[1] / "workbooks"
ROSTER = WORKBOOKS / "roster-tidy.xlsx"
MESSY = WORKBOOKS / "roster-messy.xlsx"
ARRANGEMENT = WORKBOOKS / "exam-arrangement-tidy.xlsx"
SCORES = WORKBOOKS / "scores-tidy.xlsx"


@dataclass(frozen=True)
class Said:
    """What a command answered: exit code, JSON (None where it is none), words of the refusal."""

    code: int
    answer: Any
    refusal: str


class Terminal:
    """Runs the product's commands as a person at a terminal would."""

    def __init__(self, app: Flask) -> None:
        self.runner = app.test_cli_runner()

    def run(self, *words: str | Path) -> Said:
        """The command with --json."""
        result = self.runner.invoke(args=[*map(str, words), "--json"])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        answer = json.loads(result.stdout) if result.stdout.strip() else None
        return Said(result.exit_code, answer, result.stderr)

    def done(self, *words: str | Path) -> Any:
        """The answer of a command that must succeed."""
        said = self.run(*words)
        assert said.code == 0, said.refusal
        return said.answer


@pytest.fixture
def terminal(app: Flask, prepared: Prepare) -> Terminal:
    """A terminal on a database with the demo bodies and users."""
    from seed import demo

    prepared("demo", lambda: demo.load(batches=False))
    return Terminal(app)


@pytest.fixture
def batch(terminal: Terminal) -> str:
    """A fresh batch of the demo body that examines on Saturday 2021-04-24."""
    made = terminal.done(
        "batch-new", "--body", "DEMO", "--name", "春季认定", "--exam-date", "2021-04-24",
        "--today", "2021-04-12",
    )  # fmt: skip
    return str(made["batch"])
