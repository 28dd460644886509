"""How does the OpenAPI document describe exports and jobs?"""

from __future__ import annotations

from typing import Any

from app.core.api.gate import VERSION
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.jobs.exports import KINDS
from app.core.views.columns import exported

Schema = dict[str, Any]

_REFUSED = {
    "description": "没有办理",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
}
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_LATER: Schema = {
    "type": "object",
    "properties": {"message": _TEXT, "count": _NUMBER, "job": _TEXT},
}
_JOB: Schema = {
    "type": "object",
    "properties": {
        "id": _NUMBER,
        "title": _TEXT,
        "state": _TEXT,
        "done": _NUMBER,
        "total": _NUMBER,
        "message": _TEXT,
        "file": {**_TEXT, "nullable": True},
    },
}
_KEY = [{"name": "job_id", "in": "path", "required": True, "schema": _NUMBER}]


def export_call(model: type[Entity], conditions: list[Schema]) -> Schema:
    """Return the export operation of a table: the list's conditions and the file's options."""
    taken = [one for one in conditions if one["name"] not in ("page", "size")]
    names = "、".join(f"{one.name} {one.label}" for one in exported(model))
    ways = [
        _way("format", "文件格式", list(KINDS)),
        _way("values", "选项的值：名称或代码", ["labels", "codes"]),
        {"name": "columns", "in": "query", "description": f"逗号隔开：{names}", "schema": _TEXT},
    ]
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {
        "operationId": f"{model.__name__}.export",
        "tags": [model.__name__],
        "summary": f"导出{describe(model).label}",
        "parameters": [*taken, *ways],
        "responses": {
            "200": {
                "description": "文件",
                "content": {kind.partition(";")[0]: binary for kind in KINDS.values()},
            },
            "202": {
                "description": "条数较多，在后台生成；job 是查看进度的地址",
                "content": {"application/json": {"schema": _LATER}},
            },
            "default": _REFUSED,
        },
    }


def _way(name: str, description: str, values: list[str]) -> Schema:
    schema = {"type": "string", "enum": values}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _job_call(method: str, summary: str, content: Schema) -> Schema:
    return {
        "operationId": f"Job.{method}",
        "tags": ["Job"],
        "summary": summary,
        "parameters": _KEY,
        "responses": {"200": {"description": "成功", "content": content}, "default": _REFUSED},
    }


_ONE = {"application/json": {"schema": {"type": "object", "properties": {"result": _JOB}}}}
_FILE = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}

JOB_PATHS: Schema = {
    f"/api/{VERSION}/job/{{job_id}}": {"get": _job_call("one", "生成任务的进度", _ONE)},
    f"/api/{VERSION}/job/{{job_id}}/file": {"get": _job_call("file", "取生成的文件", _FILE)},
}
