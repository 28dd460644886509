"""Which OpenAPI document describes the interface?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from flask_appbuilder import permission_name
from flask_appbuilder.api import expose
from flask_appbuilder.security.decorators import protect
from werkzeug.wrappers import Response

from app.core.api.file_contract import JOB_PATHS, export_call
from app.core.api.gate import VERSION, KeyedApi
from app.core.api.resource import LARGEST_PAGE, EntityApi
from app.core.api.schemas import Schema, body_schema, row_schema
from app.core.database import db
from app.core.declarations.base import Entity
from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import describe
from app.core.roles import SYSTEM, Actor, Power
from app.core.scope import actor_of
from app.core.views.lists.filters import simple_names


class ContractApi(KeyedApi):
    """接口文档."""

    resource_name = "openapi.json"
    class_permission_name = "Api"
    open_to = Power.ENTER
    resources: ClassVar[tuple[type[EntityApi], ...]] = ()

    @expose("", methods=["GET"])
    @protect()
    @permission_name("read")
    def document(self) -> Response:
        """Return the whole interface as an OpenAPI 3.0 document."""
        return self.response(200, **contract(self.resources, actor_of(db.session)))


def contract(resources: Iterable[type[EntityApi]], actor: Actor = SYSTEM) -> Schema:
    """Return the OpenAPI document of ``resources`` for the holder of a key.

    It has their paths, and a schema per table.
    """
    known = list(resources)
    paths: Schema = {**JOB_PATHS}
    for one in known:
        paths |= _paths(one)
    schemas = {one.model.__name__: row_schema(one.model) for one in known}
    bodies = {f"{one.model.__name__}Body": body_schema(one.model, actor) for one in known}
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "职业技能等级认定管理系统接口",
            "version": VERSION,
            "description": "凭接口密钥使用：Authorization: Bearer 密钥。权限和范围同密钥的主人。",
        },
        "paths": paths,
        "components": {
            "schemas": {**schemas, **bodies, "Refusal": _REFUSAL},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


_REFUSAL: Schema = {
    "type": "object",
    "properties": {
        "code": {"type": "integer"},
        "message": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}


def _paths(resource: type[EntityApi]) -> Schema:
    name, gone = resource.model.__name__, resource.exclude_route_methods
    base, label = f"/api/{VERSION}/{resource.resource_name}", describe(resource.model).label
    key = [{"name": "pk", "in": "path", "required": True, "schema": {"type": "integer"}}]
    row, body = _reference(name), _reference(f"{name}Body")
    many, one = {}, {}
    many["get"] = _call(name, "many", f"查询{label}", _page_of(row), _asked(resource.model))
    if "add" not in gone:
        many["post"] = _call(name, "add", f"新增{label}", row, [], body, 201)
    one["get"] = _call(name, "one", f"读取{label}", row, [*key, _WHOLE])
    if "change" not in gone:
        version = {"type": "object", "required": ["version"], "properties": _VERSION}
        changed = {"allOf": [version, {"type": "object"}]}
        one["patch"] = _call(name, "change", f"修改{label}", row, key, changed)
        one["delete"] = _call(name, "remove", f"删除{label}", _DONE, key)
    paths = {f"{base}/": many, f"{base}/{{pk}}": one}
    exported = export_call(resource.model, _asked(resource.model))
    paths[f"{base}/export"] = {"get": exported}
    if find_procedure(name) is not None:
        paths |= _move_paths(resource, base, key)
    return paths


_WHOLE: Schema = {
    "name": "whole",
    "in": "query",
    "description": "1：完整的证件号码和电话，须有维护权限，并留下记录",
    "schema": {"type": "string", "enum": ["1"]},
}
_VERSION: Schema = {"version": {"type": "integer"}}
_DONE: Schema = {"type": "object", "properties": {"message": {"type": "string"}}}
_NOTE: Schema = {
    "type": "object",
    "properties": {
        "note": {"type": "string"},
        "acknowledge": {
            "type": "array",
            "description": "已知悉的提醒（拒绝时 severity 为 caution 的 code），须同时写明 note",
            "items": {"type": "string"},
        },
    },
}


def _move_paths(resource: type[EntityApi], base: str, key: list[Schema]) -> Schema:
    name, label = resource.model.__name__, describe(resource.model).label
    procedure = find_procedure(name)
    names = [one.name for one in procedure.moves] if procedure else []
    choice: Schema = {"type": "string", "enum": names}
    named = [{"name": "name", "in": "path", "required": True, "schema": choice}]
    offers = _call(name, "offers", f"{label}现在能办什么", {"type": "array", "items": {}}, key)
    made = _call(name, "move", f"办理{label}", {"type": "object"}, [*key, *named], _NOTE)
    return {
        f"{base}/{{pk}}/moves": {"get": offers},
        f"{base}/{{pk}}/moves/{{name}}": {"post": made},
    }


def _asked(model: type[Entity]) -> list[Schema]:
    """Return the query parameters of a list."""
    sized = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}
    found = [
        {"name": "q", "in": "query", "description": "快速查找", "schema": {"type": "string"}},
        {"name": "sort", "in": "query", "description": "-开头为降序", "schema": {"type": "string"}},
        {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}},
        {"name": "size", "in": "query", "schema": sized},
        _WHOLE,
    ]
    found += [
        {"name": name, "in": "query", "description": field.label, "schema": {"type": "string"}}
        for name, field in simple_names(model).items()
    ]
    return found


def _page_of(row: Schema) -> Schema:
    counts = {name: {"type": "integer"} for name in ("count", "page", "pages")}
    result = {"type": "array", "items": row}
    return {"type": "object", "properties": {**counts, "result": result}}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _call(
    entity: str,
    method: str,
    summary: str,
    answer: Schema,
    parameters: list[Schema],
    body: Schema | None = None,
    code: int = 200,
) -> Schema:
    plain = method in ("many", "remove")
    whole = answer if plain else {"type": "object", "properties": {"result": answer}}
    found: Schema = {
        "operationId": f"{entity}.{method}",
        "tags": [entity],
        "summary": summary,
        "responses": {
            str(code): {"description": "成功", "content": _json(whole)},
            "default": {"description": "没有办理", "content": _json(_reference("Refusal"))},
        },
    }
    if parameters:
        found["parameters"] = parameters
    if body is not None:
        found["requestBody"] = {"required": True, "content": _json(body)}
    return found


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}
