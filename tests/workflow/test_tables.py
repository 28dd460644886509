"""Is every procedure whole: can each state be reached, and is each told apart in words?"""

from __future__ import annotations

import re

import pytest

from app.core.declarations.base import Entity, Stateful, entities
from app.core.declarations.behaviour import find_procedure, procedure_of, procedures, state_label
from app.core.declarations.links import above, links_of
from app.core.declarations.opening import AlwaysOpen, is_issued, openings_of
from app.core.declarations.procedure import BACK, STAY, Procedure
from app.core.errors import WrongState
from app.models import Batch

CHINESE = re.compile("[一-鿿]")
tables = pytest.mark.parametrize("table", procedures().values(), ids=procedures())


def names(table: Procedure) -> set[str]:
    return {state.name for state in table.states}


def follow(table: Procedure, start: str) -> set[str]:
    """Every state that can be reached from ``start``."""
    found, todo = {start}, [start]
    while todo:
        for move in table.moves_from(todo.pop()):
            if move.target not in {BACK, STAY} and move.target not in found:
                found.add(move.target)
                todo.append(move.target)
    return found


@tables
def test_every_state_can_be_reached_from_the_first(table: Procedure) -> None:
    assert follow(table, table.first) == names(table)


@tables
def test_every_move_stands_between_states_of_its_own_table(table: Procedure) -> None:
    for move in table.moves:
        assert move.sources
        assert set(move.sources) <= names(table)
        assert move.target in {BACK, STAY} or move.target in names(table)
        # What follows from another record may come again: a corrected certificate, corrected.
        assert move.target not in move.sources or not move.roles, f"{move.name}: changes nothing"


def test_only_leaves_reports_and_suspensions_of_others_leave_the_state_as_it_is() -> None:
    found = [(t.entity, m.name) for t in procedures().values() for m in t.moves if m.target == STAY]
    assert found == [
        ("Batch", "allow_late"),
        ("Batch", "revoke_late"),
        ("Inspection", "report"),
        ("Inspection", "suspend_batch"),
        ("Inspection", "suspend_body"),
    ]


@tables
def test_a_state_that_waits_can_be_left_without_force(table: Procedure) -> None:
    for state in table.states:
        if state.waiting:
            assert any(not move.danger for move in table.moves_from(state.name)), state.name


@tables
def test_an_end_is_not_waited_for(table: Procedure) -> None:
    ends = {
        state.name
        for state in table.states
        if all(move.rare for move in table.moves_from(state.name))
    }
    assert ends
    assert [s.name for s in table.states if s.name in ends and s.waiting] == []


@tables
def test_states_and_moves_have_names_of_their_own_in_chinese(table: Procedure) -> None:
    for group in (table.states, table.moves):
        assert len({one.name for one in group}) == len(group)
        assert len({one.label for one in group}) == len(group)
        assert [one.name for one in group if not CHINESE.search(one.label)] == []
    assert [state.name for state in table.states if not CHINESE.search(state.meaning)] == []


@tables
def test_a_confirmation_says_what_will_happen_to_how_many(table: Procedure) -> None:
    asked = [move for move in table.moves if move.roles]
    assert [move.name for move in asked if "{n}" not in move.confirm] == []


@tables
def test_a_dangerous_move_demands_a_reason(table: Procedure) -> None:
    assert [m.name for m in table.moves if m.danger and m.note != "required"] == []


@tables
def test_a_state_offers_at_most_one_usual_way_on(table: Procedure) -> None:
    for state in table.states:
        usual = [move.name for move in table.moves_from(state.name) if move.primary]
        assert len(usual) <= 1, state.name


@tables
def test_a_move_is_kept_apart_from_one_that_comes_before_it(table: Procedure) -> None:
    for move in table.moves:
        for earlier in move.apart:
            reached = follow(table, table.move(earlier).target)
            assert set(move.sources) & reached, (move.name, earlier)


@tables
def test_a_move_names_a_centre_that_the_record_has(table: Procedure) -> None:
    model = next(one for one in entities() if one.__name__ == table.entity)
    assert [
        move.name for move in table.moves if move.at and not hasattr(model, move.at.column)
    ] == []


def test_exactly_the_records_with_a_state_have_a_procedure() -> None:
    stateful = {model.__name__ for model in entities() if issubclass(model, Stateful)}
    assert set(procedures()) == stateful
    assert find_procedure("Region") is None


def test_the_procedure_fills_these_tables_by_itself() -> None:
    assert {model.__name__ for model in entities() if is_issued(model)} == {
        "Certificate",
        "CertificateCounter",
        "CertificateSegment",
        "PublishedResult",
        "SpotCheckDraw",
        "SpotCheckEntry",
    }


def test_what_hangs_on_a_batch_is_closed_at_some_time() -> None:
    hanging = {model for model in entities() if Batch in above(model) or "batch" in names_of(model)}
    assert len(hanging) > 10
    for model in hanging:
        assert openings_of(model), model.__name__
        assert not any(isinstance(one, AlwaysOpen) for one in openings_of(model)), model.__name__


def names_of(model: type[Entity]) -> set[str]:
    return {link.name for link in links_of(model)}


def test_states_are_shown_by_their_names() -> None:
    assert state_label("Batch", "filed") == "已备案"
    assert state_label("Batch", "nowhere") == "nowhere"
    assert state_label("Region", "x") == "x"


def test_an_unknown_move_is_refused_with_the_known_ones() -> None:
    with pytest.raises(WrongState, match="submit（提交备案）"):
        procedure_of("Body").move("fly")


def test_an_unknown_state_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError, match=r"Body\.nowhere"):
        procedure_of("Body").state("nowhere")
