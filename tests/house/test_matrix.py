"""Does every procedure let exactly the right people take exactly the right steps?

Every (state × move × role) of every table is asked and compared with ``expected_procedures``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product
from typing import Any, cast

import pytest

from app.core.declarations.behaviour import procedure_of, procedures
from app.core.declarations.procedure import BACK, Move, Procedure
from app.core.errors import NotPermitted, RulesBroken, WrongState
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.roles import EVERYONE, Officer
from tests.house.expected_procedures import PROCEDURES, moves_of

HERE, ELSEWHERE = 7, 8


class Steps:
    """What the engine asks of a session: who made which move before."""

    def __init__(self, last: int | None = None, moves: Collection[str] = ()) -> None:
        self.made = [(last, name) for name in moves] if last is not None else []

    def execute(self, _statement: Any) -> list[tuple[int | None, str]]:
        return self.made


@dataclass
class Row:
    """A record as the engine sees it before a step."""

    state: str
    id: int = 1
    centre_id: int = HERE
    city_centre_id: int = HERE


def person(role: str, number: int = 5, centre_id: int = HERE) -> Actor:
    level = {"c": "city", "p": "province"}.get(role[0], "")
    return Officer(number, role, role, frozenset({role}), centre_id=centre_id, centre_level=level)


def answer(
    table: Procedure,
    state: str,
    move: Move,
    actor: Actor,
    last: int | None = None,
    made: Collection[str] = (),
) -> str:
    """``done``, ``wrong_state`` or ``not_permitted`` for a step before its rules are asked.

    ``last`` is who made the moves ``made`` before.
    """
    row, session = Row(state), cast(AnySession, Steps(last, made))
    try:
        engine.check_state(table, row, move)
        engine.check_person(session, table, row, move, actor)
    except WrongState:
        return "wrong_state"
    except NotPermitted:
        return "not_permitted"
    return "done"


def test_every_procedure_is_in_the_expected_matrix() -> None:
    assert set(procedures()) == set(PROCEDURES)


@pytest.mark.parametrize("entity", PROCEDURES)
def test_the_moves_are_those_of_the_notice(entity: str) -> None:
    assert [move.name for move in procedure_of(entity).moves] == list(moves_of(entity))


@pytest.mark.parametrize("entity", PROCEDURES)
def test_everyone_may_take_exactly_the_expected_steps(entity: str) -> None:
    table, expected = procedure_of(entity), moves_of(entity)
    wrong = {}
    for state in (one.name for one in table.states):
        for move in table.moves:
            wanted = expected[move.name]
            for role in EVERYONE:
                right = "not_permitted" if role not in wanted.roles else "done"
                right = right if state in wanted.sources else "wrong_state"
                found = answer(table, state, move, person(role))
                if found != right:
                    wrong[state, move.name, role] = (found, right)
    assert wrong == {}


@pytest.mark.parametrize("entity", PROCEDURES)
def test_every_step_leads_where_the_notice_says(entity: str) -> None:
    expected = {name: one.target for name, one in moves_of(entity).items()}
    assert {move.name: move.target for move in procedure_of(entity).moves} == expected


@pytest.mark.parametrize("entity", PROCEDURES)
def test_what_is_taken_back_and_what_is_rare_are_as_expected(entity: str) -> None:
    expected = {name: (one.takes_back, one.rare) for name, one in moves_of(entity).items()}
    found = {move.name: (move.takes_back, move.rare) for move in procedure_of(entity).moves}
    assert found == expected


@pytest.mark.parametrize("entity", PROCEDURES)
def test_a_note_is_demanded_where_somebody_is_refused_or_stopped(entity: str) -> None:
    for move in procedure_of(entity).moves:
        if moves_of(entity)[move.name].note:
            with pytest.raises(RulesBroken) as refused:
                engine.check_note(move, "  \n")
            assert refused.value.problems[0].field == "note"
        else:
            engine.check_note(move, "")


@pytest.mark.parametrize("entity", PROCEDURES)
def test_a_step_that_belongs_to_a_centre_is_refused_to_another_city(entity: str) -> None:
    table = procedure_of(entity)
    for name, wanted in moves_of(entity).items():
        move, state = table.move(name), sorted(wanted.sources)[0]
        for role in wanted.roles & {"city_admin", "city_clerk"}:
            right = "not_permitted" if wanted.at else "done"
            assert answer(table, state, move, person(role, centre_id=ELSEWHERE)) == right, name
        for role in wanted.roles & {"province_admin", "province_clerk"}:
            found = answer(table, state, move, person(role, centre_id=ELSEWHERE))
            assert found == "done", f"the province stands in for {name}"


@pytest.mark.parametrize("level", ["", "city", "province"])
def test_it_is_the_role_that_stands_in_for_another_centre_and_not_a_centre_called_provincial(
    level: str,
) -> None:
    table, record = procedure_of("Batch"), Row("submitted", city_centre_id=ELSEWHERE)
    city = Officer(5, "x", "x", frozenset({"city_admin"}), centre_id=HERE, centre_level=level)
    with pytest.raises(NotPermitted, match="另一个中心"):
        engine.check_person(cast(AnySession, Steps()), table, record, table.move("file"), city)


def test_who_sees_all_for_another_reason_stands_in_for_no_centre() -> None:
    table, record = procedure_of("Batch"), Row("submitted", city_centre_id=ELSEWHERE)
    both = frozenset({"system_admin", "city_admin"})
    person = Officer(5, "x", "x", both, centre_id=HERE, centre_level="city")
    with pytest.raises(NotPermitted, match="另一个中心"):
        engine.check_person(cast(AnySession, Steps()), table, record, table.move("file"), person)


@pytest.mark.parametrize("column", ["centre_id", "city_centre_id"])
def test_it_is_the_named_centre_and_not_the_other_one(column: str) -> None:
    table = procedure_of("Batch")
    other = {"centre_id": "city_centre_id", "city_centre_id": "centre_id"}[column]
    for name, wanted in moves_of("Batch").items():
        if wanted.at == column:
            row = Row(sorted(wanted.sources)[0], **{column: ELSEWHERE, other: HERE})
            with pytest.raises(NotPermitted, match="另一个中心"):
                engine.check_person(
                    cast(AnySession, Steps()), table, row, table.move(name), person("city_admin")
                )


@pytest.mark.parametrize("entity", PROCEDURES)
def test_nobody_reviews_what_they_sent_in_themselves(entity: str) -> None:
    table = procedure_of(entity)
    for name, wanted in moves_of(entity).items():
        move, state = table.move(name), sorted(wanted.sources)[0]
        for role, earlier in product(wanted.roles, wanted.apart):
            me = person(role, number=5)
            assert answer(table, state, move, me, 5, [earlier]) == "not_permitted", (name, earlier)
            assert answer(table, state, move, me, 6, [earlier]) == "done", (name, earlier)


def test_registration_is_a_second_examination_by_another_person() -> None:
    register = moves_of("Batch")["register"]
    assert {"submit", "file", "submit_results", "review_results"} <= set(register.apart)


@pytest.mark.parametrize("entity", PROCEDURES)
def test_it_is_the_sender_of_that_step_who_is_kept_apart(entity: str) -> None:
    expected = {name: set(one.apart) for name, one in moves_of(entity).items()}
    assert {move.name: set(move.apart) for move in procedure_of(entity).moves} == expected


@pytest.mark.parametrize("entity", PROCEDURES)
def test_the_system_itself_may_take_every_step_but_from_no_wrong_state(entity: str) -> None:
    from app.core.roles import SYSTEM

    table = procedure_of(entity)
    for move in table.moves:
        for state in (one.name for one in table.states):
            right = "done" if state in move.sources else "wrong_state"
            assert answer(table, state, move, SYSTEM) == right


def test_a_person_of_two_roles_may_what_either_may() -> None:
    table = procedure_of("Batch")
    both = Officer(
        5, "x", "x", frozenset({"body_clerk", "city_admin"}), centre_id=HERE, centre_level="city"
    )
    assert answer(table, "draft", table.move("submit"), both) == "done"
    assert answer(table, "submitted", table.move("file"), both, 6, ["submit"]) == "done"
    assert answer(table, "submitted", table.move("file"), both, 5, ["submit"]) == "not_permitted"


def test_only_a_resumption_goes_back_to_where_the_record_was() -> None:
    back = [(t.entity, m.name) for t in procedures().values() for m in t.moves if m.target == BACK]
    assert back == [("Batch", "resume")]
