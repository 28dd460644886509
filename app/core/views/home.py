"""What is on the first page after signing in?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app, g, url_for
from flask_appbuilder import IndexView, expose, has_access

from app.core import clock
from app.core.database import db
from app.core.declarations.base import entity_named
from app.core.declarations.behaviour import find_procedure, state_label
from app.core.roles import Actor, Power
from app.core.security import current_actor
from app.core.storage import free_megabytes
from app.core.views.addresses import may, record_url, view_of
from app.core.workflow.recent import Happened, recent
from app.core.workflow.worklist import Waiting, waiting


def waiting_now(actor: Actor) -> list[Waiting]:
    """Return what waits for the person of this request; read once per request."""
    if "waiting" not in g:
        g.waiting = waiting(db.session, actor)
    found: list[Waiting] = g.waiting
    return found


def waiting_counts(actor: Actor) -> dict[str, int]:
    """Return the number of waiting records by entity, for the person of this request."""
    counts: dict[str, int] = {}
    for one in waiting_now(actor):
        counts[one.procedure.entity] = counts.get(one.procedure.entity, 0) + one.count
    return counts


class HomeView(IndexView):
    """The first page; a product may derive its own under the same name."""

    class_permission_name = "Home"
    open_to = Power.ENTER

    @expose("/")
    @has_access
    def index(self) -> str:
        """Show what this person has to do and should know."""
        actor, today = current_actor(), clock.today()
        return self.render_template(
            "home.html",
            title="首页",
            greeting=f"{actor.name}，{_time_of_day()}好",
            warning=_disk_warning(actor),
            description=f"今天是 {today.year} 年 {today.month} 月 {today.day} 日",
            todo=[_todo(one) for one in waiting_now(actor)],
            recent=[_recent(one) for one in recent(db.session, actor)],
            **self.panels(today),
        )

    def panels(self, _today: date) -> dict[str, Any]:
        """Return further panels of a product: ``deadlines``, ``stats`` and ``quick`` buttons."""
        return {}


def _disk_warning(actor: Actor) -> str:
    """Return the administrator's warning of low disk space; empty while there is room."""
    limit = int(current_app.config["DISK_WARN_MB"])
    if not actor.can(Power.UPKEEP) or not limit:
        return ""
    free = free_megabytes(Path(current_app.config["DATA_FOLDER"]))
    if free is None or free >= limit:
        return ""
    return (
        f"服务器磁盘只剩 {free} MB 可用空间（低于 {limit} MB）。磁盘满了以后，导入、办理和登录"
        "都不能保存，请尽快腾出空间，例如把旧的备份移到别处。"
    )


def _time_of_day() -> str:
    hour = clock.now().hour
    return "早上" if hour < 9 else "上午" if hour < 12 else "下午" if hour < 18 else "晚上"


def list_url(entity: str, **conditions: Any) -> str:
    """Return the address of a table's list; empty if this user may not open it."""
    view = view_of(entity_named(entity))
    if view is None or not may("can_list", view):
        return ""
    return url_for(f"{view.endpoint}.list", **conditions)


def _todo(one: Waiting) -> dict[str, Any]:
    return {
        "label": f"{one.procedure.label}：{one.state.label}",
        "count": one.count,
        "url": list_url(one.procedure.entity, state=one.state.name),
        "kind": one.state.colour,
        "text": one.state.meaning,
    }


def _recent(one: Happened) -> dict[str, Any]:
    step, table = one.step, find_procedure(one.step.entity)
    done = "建立" if table is None or step.move == "create" else table.move(step.move).label
    target = state_label(step.entity, step.target)
    return {
        "at": step.at.strftime("%Y-%m-%d %H:%M"),
        "who": step.actor_name,
        "text": f"{table.label if table else ''} {one.record}：{done}，现为{target}",
        "url": record_url(one.record),
        "kind": table.state(step.target).colour if table else "grey",
    }
