"""Who may do what in principle?"""

from __future__ import annotations

import pytest

from app.core.records import editable
from app.core.roles import SYSTEM, TITLES, Actor, Place, may_delete, may_write
from app.models import Batch, Body, Certificate, Complaint, Occupation
from app.roles import (
    AUDITOR,
    BODY_CLERK,
    CITY_ADMIN,
    CITY_CLERK,
    EVERYONE,
    PROVINCE_ADMIN,
    PROVINCE_CLERK,
    SYSTEM_ADMIN,
    Officer,
)

CENTRE = {PROVINCE_ADMIN, PROVINCE_CLERK, CITY_ADMIN, CITY_CLERK}

#: Area → who adds and edits, who deletes; said once more, as the centre would say it.
RIGHTS = {
    "reference": ({SYSTEM_ADMIN, PROVINCE_ADMIN, PROVINCE_CLERK}, {SYSTEM_ADMIN, PROVINCE_ADMIN}),
    "bodies": (CENTRE, {PROVINCE_ADMIN}),
    "filing": (CENTRE | {BODY_CLERK}, CENTRE | {BODY_CLERK}),
    "supervisors": (CENTRE, CENTRE),
    "objections": (CENTRE | {BODY_CLERK}, CENTRE),
    "supervision": (CENTRE, {PROVINCE_ADMIN}),
    "draws": ({PROVINCE_ADMIN, PROVINCE_CLERK}, set()),
    "results": ({PROVINCE_ADMIN}, set()),
}


def person(*roles: str, level: str = "") -> Actor:
    return Officer(1, "x", "x", frozenset(roles), centre_id=1, centre_level=level)


def test_every_role_has_a_title_of_its_own() -> None:
    assert len(set(TITLES.values())) == len(TITLES) == len(EVERYONE) == 7


@pytest.mark.parametrize("area", RIGHTS)
def test_each_role_writes_and_deletes_where_it_should(area: str) -> None:
    write, delete = RIGHTS[area]
    assert {role for role in EVERYONE if may_write(person(role), area)} == write
    assert {role for role in EVERYONE if may_delete(person(role), area)} == delete


def test_all_areas_are_reported() -> None:
    from app.core.roles import AREAS

    assert set(AREAS) == set(RIGHTS)


def test_only_people_of_a_body_have_to_do_with_no_other_place() -> None:
    clerk = Officer(1, "x", "x", frozenset({BODY_CLERK}), centre_id=1, body_id=7)
    assert clerk.only_place == Place("body", 7)
    assert person(CITY_CLERK).place == Place("centre", 1)
    assert person(CITY_CLERK).only_place is None
    assert SYSTEM.only_place is None


def test_the_system_may_everything_and_nobody_nothing() -> None:
    nobody = Actor(None, "", "")
    for area in RIGHTS:
        assert may_write(SYSTEM, area)
        assert not may_write(nobody, area)
        assert not may_delete(nobody, area)


@pytest.mark.parametrize(
    ("actor", "all_rows"),
    [
        (SYSTEM, True),
        (person(SYSTEM_ADMIN), True),
        (person(PROVINCE_ADMIN, level="province"), True),
        (person(PROVINCE_CLERK, level="province"), True),
        (person(AUDITOR, level="province"), True),
        (person(AUDITOR, level="city"), False),
        (person(AUDITOR), False),
        (person(CITY_ADMIN, level="city"), False),
        (person(BODY_CLERK), False),
        (person(), False),
        (person(CITY_ADMIN, level="province"), False),
    ],
)
def test_the_province_the_system_and_its_auditor_see_all_rows(actor: Actor, all_rows: bool) -> None:
    assert actor.sees_all is all_rows


def test_forms_are_offered_to_those_who_may_use_them() -> None:
    clerk, city, auditor = person(BODY_CLERK), person(CITY_CLERK), person(AUDITOR)
    offered = {
        model.__name__: [editable.may_add(actor, model) for actor in (clerk, city, auditor)]
        for model in (Batch, Body, Complaint, Occupation, Certificate)
    }
    assert offered == {
        "Batch": [True, True, False],
        "Body": [False, True, False],
        "Complaint": [False, True, False],
        "Occupation": [False, False, False],
        "Certificate": [False, False, False],
    }
