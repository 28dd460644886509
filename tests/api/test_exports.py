"""Can a program take a whole list, short or long, as its user could?"""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from sqlalchemy import select

from app.core.declarations.field import describe
from app.core.jobs import exports
from app.core.scope import AnySession
from app.core.tables import Change
from app.core.views.columns import exported
from app.models import Region, Site
from app.roles import AUDITOR, PROVINCE_ADMIN
from tests import factories
from tests.api.conftest import Program, Programs


@pytest.fixture
def sites(session: AnySession) -> list[Site]:
    body = factories.body(session, "DEMO")
    region = session.scalars(select(Region)).first()
    assert region is not None
    made = [
        Site(body=body, name=f"考点{at}", region=region, capacity=at, phone=f"1380013800{at}")
        for at in range(4)
    ]
    return [factories.keep(session, one) for one in made]


def lines(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def get(caller: Program, path: str) -> Any:
    return caller.call("GET", path)


def test_a_short_list_is_answered_with_its_file(
    session: AnySession, sites: list[Site], program: Programs
) -> None:
    caller = program(PROVINCE_ADMIN)
    rows = lines(get(caller, "site/export?format=csv&capacity_from=1&sort=-capacity"))
    assert rows[0] == [one.label for one in exported(Site)]
    assert [row[rows[0].index("考点名称")] for row in rows[1:]] == ["考点3", "考点2", "考点1"]
    assert get(caller, "site/export").data.startswith(b"PK")
    picked = lines(get(caller, "site/export?format=csv&columns=capacity,name&values=codes"))
    assert picked[0] == [describe(Site).field(name).label for name in ("capacity", "name")]
    noted = session.scalars(select(Change).where(Change.kind == "export")).all()
    assert {(one.source, one.fields["行数"][1]) for one in noted} == {("api", 3), ("api", 4)}


def test_a_long_list_is_answered_with_the_address_of_its_job(
    session: AnySession, sites: list[Site], program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 3)
    caller = program(PROVINCE_ADMIN)
    answer = get(caller, "site/export?format=csv&columns=name&sort=name")
    assert answer.status_code == 202
    assert answer.headers["Location"] == answer.json["job"]
    assert answer.json["count"] == 4
    job = get(caller, answer.json["job"].removeprefix("/api/v1/")).json["result"]
    assert (job["state"], job["message"]) == ("done", "")
    file = get(caller, job["file"].removeprefix("/api/v1/"))
    assert lines(file)[1:] == [[f"考点{at}"] for at in range(4)]
    assert "filename*=UTF-8''" in file.headers["Content-Disposition"]
    assert get(program(AUDITOR), answer.json["job"].removeprefix("/api/v1/")).status_code == 404


def test_numbers_are_whole_only_where_asked_and_allowed(
    session: AnySession, program: Programs
) -> None:
    batch = factories.batch(session, factories.body(session, "DEMO"))
    (person,) = factories.candidates(session, batch, 1)
    path = "candidate/export?format=csv&columns=id_number"
    caller, auditor = program(PROVINCE_ADMIN), program(AUDITOR)
    assert "*" in lines(get(caller, path))[1][0]
    assert lines(get(caller, f"{path}&whole=1"))[1][0].strip() == person.id_number
    assert "*" in lines(get(auditor, path))[1][0]
    assert get(auditor, f"{path}&whole=1").status_code == 403


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ("nam=x", "unknown_condition", "nam"),
        ("name.nosuch=x", "unknown_condition", "name.nosuch"),
        ("nosuch.is=x", "unknown_condition", "nosuch.is"),
        ("capacity=3", "unknown_condition", "capacity"),
        ("sort=nosuch", "unknown_order", "sort"),
        ("columns=name,nosuch", "unknown_column", "columns"),
        ("format=exe", "unknown_format", "format"),
        ("values=words", "unknown_values", "values"),
    ],
)
def test_what_there_is_not_is_refused_by_its_name(
    session: AnySession, sites: list[Site], program: Programs, asked: str, code: str, field: str
) -> None:
    caller = program(PROVINCE_ADMIN)
    refused = get(caller, f"site/export?{asked}")
    assert refused.status_code == 422
    assert [(one["code"], one["field"]) for one in refused.json["problems"]] == [(code, field)]
    assert not session.scalars(select(Change).where(Change.kind == "export")).all()


@pytest.mark.parametrize("asked", ["name.nosuch=x", "nosuch.is=x", "capacity=3", "name_from=x"])
def test_a_list_refuses_it_with_a_dot_and_without(
    sites: list[Site], program: Programs, asked: str
) -> None:
    caller = program(PROVINCE_ADMIN)
    refused = get(caller, f"site/?{asked}")
    assert refused.status_code == 422
    assert refused.json["problems"][0]["field"] == asked.partition("=")[0]
    assert get(caller, f"site/{sites[0].id}?whoel=1").status_code == 422
