"""Does a program with the clerk's key rewrite no objection, and does the contract say so?"""

from __future__ import annotations

from typing import Any

import pytest

from app.models import Objection
from app.roles import BODY_CLERK, CITY_ADMIN
from tests.api.conftest import Programs
from tests.views.world import World


@pytest.mark.parametrize(
    ("name", "value"),
    [("content", "没有异议"), ("raised_by", "某人"), ("phone", "13900009999"),
     ("raised_on", "2021-05-01"), ("candidate", None), ("finding", "不实")],
)  # fmt: skip
def test_the_accused_rewrites_nothing(
    ours: World, program: Programs, name: str, value: Any
) -> None:
    clerk = program(BODY_CLERK, ours)
    path = f"objection/{ours.row(Objection).id}"
    before = clerk.get(path)["result"]
    answer = clerk.call("PATCH", path, {"version": before["version"], name: value})
    assert answer.status_code == 422, answer.text
    (problem,) = answer.json["problems"]
    assert problem["field"] == name
    assert "不能" in problem["message"]
    assert clerk.get(path)["result"] == before


def test_the_accused_adds_no_finding(ours: World, program: Programs) -> None:
    body = {
        "publicity": ours.row(Objection).publicity_id, "raised_on": "2021-04-27",
        "content": "不公", "finding": "不实",
    }  # fmt: skip
    answer = program(BODY_CLERK, ours).call("POST", "objection/", body)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["problems"]] == ["finding"]


def test_the_centre_writes_the_finding(ours: World, program: Programs) -> None:
    city, path = program(CITY_ADMIN, ours), f"objection/{ours.row(Objection).id}"
    version = city.get(path)["result"]["version"]
    answer = city.call("PATCH", path, {"version": version, "finding": "属实"})
    assert answer.status_code == 200, answer.text
    assert answer.json["result"]["finding"] == "属实"


def test_the_contract_tells_what_cannot_change_and_who_fills_in(
    ours: World, program: Programs
) -> None:
    schemas = program(BODY_CLERK, ours).get("openapi.json")["components"]["schemas"]
    asked = schemas["ObjectionBody"]["properties"]
    assert "新增后不能修改" in asked["content"]["description"]
    assert "只由省中心管理员" in asked["finding"]["description"]
    assert asked["finding"]["readOnly"] is True
    theirs = program(CITY_ADMIN, ours).get("openapi.json")["components"]["schemas"]
    assert "readOnly" not in theirs["ObjectionBody"]["properties"]["finding"]
    inspected = theirs["InspectionBody"]["properties"]["findings"]
    assert "只能在“待实施”时修改" in inspected["description"]
