"""Does the interface's document say what the declarations say, in a form that tools accept?"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from openapi_spec_validator import validate

from app.core.declarations.base import entities
from app.core.declarations.field import describe
from app.core.views.columns import filled_in
from app.roles import AUDITOR
from tests.api.conftest import Programs


def document(program: Programs) -> dict[str, Any]:
    found: dict[str, Any] = program(AUDITOR).get("openapi.json")
    return found


def test_the_document_is_valid(app: Flask, program: Programs) -> None:
    validate(document(program))


def test_every_field_is_in_it_with_its_label(app: Flask, program: Programs) -> None:
    schemas = document(program)["components"]["schemas"]
    for model in entities():
        properties = schemas[model.__name__]["properties"]
        for field in describe(model).where("show"):
            if field.name not in model.__hidden__:
                assert properties[field.name]["title"] == field.label, (model, field.name)
        sent = schemas[f"{model.__name__}Body"]["properties"]
        assert set(sent) == {one.name for one in filled_in(model)}


def test_every_route_is_in_it(app: Flask, program: Programs) -> None:
    paths = document(program)["paths"]
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1/") or rule.rule.endswith("openapi.json"):
            continue
        path = re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule)
        operations = paths[path]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert method.lower() in operations, (rule, method)
