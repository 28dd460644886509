"""Where does everything stand? The side menu: a product's groups, then those of every product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request

from app.core.declarations.base import entity_named
from app.core.declarations.field import describe
from app.core.scope import actor_of
from app.core.views.addresses import page_url, view_of
from app.core.views.home import waiting_counts


@dataclass(frozen=True)
class Entry:
    """A line of the menu: a screen of an entity, or any other page by its endpoint."""

    entity: str = ""
    label: str = ""
    endpoint: str = ""


#: Groups with their lines, in the order in which they stand.
Menu = tuple[tuple[str, tuple[Entry, ...]], ...]


def screens(*names: str) -> tuple[Entry, ...]:
    """Lines for the screens of these tables."""
    return tuple(Entry(entity=name) for name in names)


#: What every product has.
SYSTEM: Menu = (
    (
        "系统管理",
        (
            Entry(label="用户", endpoint="AccountView.list"),
            Entry(label="角色", endpoint="RoleMatrixView.matrix"),
            Entry(label="变更记录", endpoint="ChangeView.list"),
        ),
    ),
)


def menu_groups() -> list[dict[str, Any]]:
    """The groups of the menu that the user of this request has, with what waits in each."""
    counts = waiting_counts(actor_of(current_app.appbuilder.session))
    groups = []
    for title, entries in (*current_app.extensions["menu"], *SYSTEM):
        items = [item for entry in entries if (item := _item(entry, counts)) is not None]
        if items:
            groups.append({"title": title, "items": items})
    return groups


def _item(entry: Entry, counts: dict[str, int]) -> dict[str, Any] | None:
    endpoint = entry.endpoint
    view = view_of(entity_named(entry.entity)) if entry.entity else None
    if view is not None:
        endpoint = f"{view.endpoint}.list"
    url = page_url(endpoint)
    if not url:
        return None
    return {
        "label": entry.label or describe(entity_named(entry.entity)).label,
        "url": url,
        "count": counts.get(entry.entity),
        "active": request.blueprint == endpoint.partition(".")[0],
    }
