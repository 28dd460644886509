"""Which role may do what in which area, according to the code?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder import BaseView, expose, has_access

from app.core.declarations.base import entities
from app.core.declarations.behaviour import procedures
from app.core.roles import AREAS, TITLES, Area, Power


class RoleMatrixView(BaseView):
    """角色权限: the rights in each area, and the roles that may make each move."""

    route_base = "/role"
    class_permission_name = "RoleMatrix"
    default_view = "matrix"
    open_to = Power.MATRIX

    @expose("/")
    @has_access
    def matrix(self) -> str:
        """Show two tables: areas by role, and moves by role."""
        tabs = [
            {"key": "areas", "label": "数据权限", "table": _areas()},
            {"key": "moves", "label": "办理权限", "table": _moves()},
        ]
        return self.render_template(
            "entity/show.html",
            title="角色权限",
            breadcrumbs=[("角色权限", None)],
            head={
                "title": "角色权限",
                "subtitle": "由系统规定，不能在此修改。查：查看、导出；改：新增、修改；删：删除。",
            },
            tabs=tabs,
        )


def _columns(*first: str) -> list[dict[str, Any]]:
    return [
        *({"name": name, "label": name} for name in first),
        *({"name": role, "label": title, "align": "center"} for role, title in TITLES.items()),
    ]


def _areas() -> dict[str, Any]:
    return {
        "columns": _columns("范围", "包括"),
        "rows": [_row(area.title, _tables(name), *_words(area)) for name, area in AREAS.items()],
    }


def _tables(area: str) -> str:
    return "、".join(sorted(model.__label__ for model in entities() if model.__area__ == area))


def _words(area: Area) -> list[str]:
    kinds = ((area.read, "查"), (area.write, "改"), (area.delete, "删"))
    return [" ".join(word for roles, word in kinds if role in roles) for role in TITLES]


def _moves() -> dict[str, Any]:
    return {
        "columns": _columns("业务", "办理"),
        "rows": [
            _row(
                procedure.label, move.label, *("✓" if role in move.roles else "" for role in TITLES)
            )
            for procedure in procedures().values()
            for move in procedure.moves
        ],
    }


def _row(*texts: str) -> dict[str, Any]:
    return {"pk": 0, "cells": [{"text": text} for text in texts]}
