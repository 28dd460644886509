"""Which groups and entries does the side menu have?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from flask_appbuilder.menu import MenuItem
from flask_babel import gettext

from app.core.declarations.base import entity_named
from app.core.declarations.field import describe
from app.core.scope import actor_of
from app.core.views.addresses import may, page_url, view_of
from app.core.views.guests.guests import roles_of
from app.core.views.home import waiting_counts

#: The group of pages that were added without a category.
OTHERS = "其他"


@dataclass(frozen=True)
class Entry:
    """An entry of the menu: the screen of an entity, or any other page by its endpoint."""

    entity: str = ""
    label: str = ""
    endpoint: str = ""


#: Groups with their entries, in order.
Menu = tuple[tuple[str, tuple[Entry, ...]], ...]


def screens(*names: str) -> tuple[Entry, ...]:
    """Return entries for the screens of these tables."""
    return tuple(Entry(entity=name) for name in names)


#: The groups that every product has.
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
    """Return the menu groups of the user of this request, with numbers of waiting records."""
    counts = waiting_counts(actor_of(current_app.appbuilder.session))
    groups: dict[str, list[dict[str, Any]]] = {}
    for title, entries in (*current_app.extensions["menu"], *SYSTEM):
        groups[title] = [item for entry in entries if (item := _item(entry, counts)) is not None]
    for title, item in _registered(current_app.appbuilder.menu.get_list()):
        groups.setdefault(title, []).append(item)
    return [{"title": title, "items": items} for title, items in groups.items() if items]


def _registered(entries: Iterable[MenuItem]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pages added by ``add_view`` and ``add_link``, with their category."""
    for entry in entries:
        if not entry.should_render():
            continue
        title = gettext(str(entry.label)) if entry.childs else OTHERS
        for one in entry.childs or [entry]:
            url = _url_of(one) if one.name != "-" and one.should_render() else ""
            if url:
                view = one.baseview
                here = (
                    request.path == urlsplit(url).path
                    if view is None
                    else (request.blueprint == view.endpoint)
                )
                label = gettext(str(one.label))
                yield title, {"label": label, "url": url, "count": 0, "active": here}


def _url_of(entry: MenuItem) -> str:
    """Return the address of an entry; empty if this user may not open its page."""
    view = entry.baseview
    if view is None:
        # The framework takes a link's href for an endpoint, or if there is none for an address.
        endpoint = entry.href if entry.href in current_app.view_functions else ""
        return page_url(endpoint) if endpoint else entry.get_url()
    method = getattr(view, view.default_view, None)
    right = getattr(method, "_permission_name", "")
    if right and not may(f"can_{view.get_method_permission(view.default_view)}", view):
        return ""
    if not right and not actor_of(current_app.appbuilder.session).has(*roles_of(view)):
        return ""
    url: str = entry.get_url()
    return url


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
