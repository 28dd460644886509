"""Does one planted fault give exactly its finding, for every rule of a filing?"""

from __future__ import annotations

from importlib import import_module

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.models import Certificate
from app.rules.catalogue import all_rules
from app.services.filing import filing
from tests.services.planted import FAULTS, IMPOSSIBLE, Fault, World, sound_world

DB = scoped_session[Session]

#: The modules of which the check before submission consists.
MODULES = frozenset(
    {
        "arrangement", "authority", "clashes", "eligibility_findings", "examiners", "filing",
        "gender_and_age", "identity", "level", "materials", "papers", "phone", "plan", "roster",
        "approved_scope", "sign_up", "sites", "staffing", "submission",
    }
)  # fmt: skip


def found(world: World, fault: Fault | None = None) -> list[tuple[str, tuple[int, ...]]]:
    day = fault.day if fault is not None else Fault(lambda _: None).day
    with clock.set_to(day):
        return [(one.code, one.numbers) for one in filing.problems(world.db, world.batch)]


@pytest.fixture
def world(db: DB) -> World:
    return sound_world(db)


def test_the_sound_batch_passes(world: World) -> None:
    assert found(world) == []


def test_each_planted_fault_gives_its_finding_and_no_other(world: World) -> None:
    """All in one world, each fault undone before the next."""
    wrong = {}
    for code, fault in FAULTS.items():
        fault.spoil(world)
        world.db.flush()
        world.db.expire_all()
        met = found(world, fault)
        if met != [(code, fault.rows)]:
            wrong[code] = met
        world.db.rollback()
    assert wrong == {}
    assert found(world) == []


def test_a_corrected_or_reissued_certificate_certifies_and_a_void_one_does_not(
    world: World,
) -> None:
    fault = FAULTS["certified_already"]
    fault.spoil(world)
    met = {}
    for state in ("reserved", "valid", "corrected", "reissued", "void"):
        world.db.execute(update(Certificate).values(state=state))
        met[state] = [code for code, _ in found(world, fault)]
    already = ["certified_already"]
    kept = dict.fromkeys(("valid", "corrected", "reissued"), already)
    assert met == {"reserved": [], "void": []} | kept


def test_every_rule_of_a_filing_has_its_planted_fault() -> None:
    rules = {entry.rule.code for entry in all_rules() if entry.function.split(".")[-2] in MODULES}
    assert rules - set(FAULTS) == set(IMPOSSIBLE)
    assert set(FAULTS) <= rules


def test_the_modules_are_all_that_the_check_takes_its_rules_from() -> None:
    taken = {
        value.__module__.split(".")[-1]
        for value in vars(import_module("app.rules.filing.filing")).values()
        if callable(value)
        and getattr(value, "__module__", "").startswith("app.rules.")
        and getattr(value, "__name__", "").endswith("_problems")
    }
    assert taken <= MODULES


def test_every_rule_of_a_filing_says_what_to_do() -> None:
    assert [
        entry.rule.code
        for entry in all_rules()
        if entry.rule.code in FAULTS and not entry.rule.remedy
    ] == []
