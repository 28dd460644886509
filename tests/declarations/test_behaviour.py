"""Is a behaviour declared once, and found by its model?"""

from __future__ import annotations

import pytest

from app.core.declarations import behaviour
from app.core.declarations.behaviour import (
    PLAIN,
    Behaviour,
    behaviour_of,
    declare,
    find_procedure,
    procedure_of,
    procedures,
)
from app.core.declarations.procedure import Move, Procedure, State
from app.core.errors import BadConfig
from app.models import Region
from tests.declarations.private import Visit

VISIT = Procedure(
    entity="Visit",
    label="现场核查",
    states=(State("planned", "待核查", "grey"), State("done", "已核查", "green")),
    moves=(Move("finish", "完成", ("planned",), "done", frozenset()),),
)


def test_a_table_that_declares_nothing_is_plain() -> None:
    assert behaviour_of(Region) is PLAIN
    assert find_procedure("Region") is None


def test_a_declaration_is_found_by_its_model_and_its_procedure_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("_declared", "_procedures"):
        monkeypatch.setattr(behaviour, name, dict(getattr(behaviour, name)))
    said = Behaviour(procedure=VISIT)
    declare(Visit, said)
    declare(Visit, said)  # to say the same again changes nothing
    assert behaviour_of(Visit) is said
    assert procedure_of("Visit") is VISIT
    assert list(procedures())[-1] == "Visit"
    with pytest.raises(BadConfig, match="Visit 的办理方式声明了两次"):
        declare(Visit, Behaviour())


def test_a_procedure_is_that_of_its_own_model() -> None:
    with pytest.raises(BadConfig, match="模型 Region 声明的程序写的是 Visit"):
        declare(Region, Behaviour(procedure=VISIT))
    assert behaviour_of(Region) is PLAIN


def test_before_anything_is_declared_no_table_passes_for_plain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(behaviour, "_declared", {})
    with pytest.raises(BadConfig, match="declare_all"):
        behaviour_of(Region)
    with pytest.raises(BadConfig, match="declare_all"):
        procedures()
