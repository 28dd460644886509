"""Does a table that may stay open by oversight keep the product from starting?"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from app.core.declarations.base import entities
from app.core.declarations.opening import AlwaysOpen, Issued, OpenIn, OpenWhile
from app.core.declarations.sound import check_openings
from app.core.errors import BadConfig
from app.models import Inspection
from tests.declarations.private import Level, Person, Visit
from tests.house.tree import ROOT

CHILD = """
from app.core.declarations.base import Entity
from app.models.filing.batch import Batch
from app.core.declarations.field import Mapped, field, key_to, link
from sqlalchemy import String

class Visit(Entity):
    __tablename__ = "visit"
    __label__ = "现场核查"
    __area__ = "filing"
    {said}
    name: Mapped[str] = field(String(20), "名称")
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次")

from app import create_app
create_app()
"""


def started(said: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The product with another child of a batch."""
    return subprocess.run(
        [sys.executable, "-c", CHILD.format(said=said)],
        cwd=ROOT,
        env={
            **os.environ,
            "SECRET_KEY": "only-for-tests-" * 3,
            "DATABASE_URL": f"sqlite:///{folder / 'app.db'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_product_does_not_start_with_a_silent_child_of_a_batch(tmp_path: Path) -> None:
    done = started("", tmp_path)
    assert done.returncode != 0
    expected = done.stderr.splitlines()[-1]
    assert expected.startswith(
        "app.core.errors.BadConfig: 模型 Visit 挂在“认定批次”（batch）之下，没有写明"
    )
    assert '__open__ = OpenWhile("batch", "状态", …)' in expected


def test_it_starts_once_the_child_says_when_it_is_open(tmp_path: Path) -> None:
    said = (
        'from app.core.declarations.opening import OpenWhile as O; __open__ = O("batch", "draft")'
    )
    done = started(said, tmp_path)
    assert done.returncode == 0, done.stderr


def wrong(monkeypatch: pytest.MonkeyPatch, said: Any) -> str:
    """What is objected to when a table says this."""
    monkeypatch.setattr(Visit, "__open__", said, raising=False)
    with pytest.raises(BadConfig) as refused:
        check_openings([Visit])
    return refused.value.message


@pytest.mark.parametrize(
    "said",
    [
        OpenWhile("batch", "draft"),
        OpenWhile("person.batch", "draft", "returned"),
        (OpenWhile("batch", "draft"), OpenWhile("batch.body", "registered")),
        AlwaysOpen("why"),
        Issued(),
    ],
)
def test_every_manner_of_saying_it_will_do(monkeypatch: pytest.MonkeyPatch, said: Any) -> None:
    monkeypatch.setattr(Visit, "__open__", said, raising=False)
    check_openings([Visit])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (OpenWhile("batches", "draft"), "没有 Visit.batches 这个关联"),
        (OpenWhile("person.groups", "draft"), "没有 Person.groups 这个关联"),
        (OpenWhile("batch", "drafted"), "写的状态“drafted”不对，可用的有：draft、submitted"),
        (OpenWhile("batch"), "写的状态“”不对"),
        (OpenWhile("level", "draft"), "没有办理程序"),
        (OpenIn("draft"), "没有办理程序"),
    ],
)
def test_what_is_said_must_be_true(
    monkeypatch: pytest.MonkeyPatch, said: Any, expected: str
) -> None:
    found = wrong(monkeypatch, said)
    assert "Visit" in found
    assert expected in found


def test_a_field_is_open_in_states_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = inspect(Inspection).columns["place"].info
    monkeypatch.setitem(declared, "field", replace(declared["field"], open_in=("plan",)))
    monkeypatch.setattr("app.core.declarations.field._described", {})
    with pytest.raises(BadConfig, match="place 的 open_in 写的状态“plan”不对，可用的有：planned"):
        check_openings([Inspection])


def test_every_silent_table_is_named_at_once() -> None:
    with pytest.raises(BadConfig) as refused:
        check_openings([Person, Level, Visit])
    assert "模型 Person" in refused.value.message
    assert "模型 Visit" in refused.value.message
    assert "Level" not in refused.value.message


def test_the_tables_of_the_product_say_it() -> None:
    check_openings(entities())
