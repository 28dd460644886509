"""What is the address of a page with its conditions?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import current_app, url_for
from werkzeug.datastructures import MultiDict

from app.core.declarations.base import Entity


def query(args: Mapping[str, Any], **changes: Any) -> str:
    """Return the query string of ``args`` with ``changes``; None removes a parameter.

    Repeated parameters stay repeated; a list of values becomes a repeated parameter.
    """
    pairs = args.items(multi=True) if isinstance(args, MultiDict) else args.items()
    merged: dict[str, list[Any]] = {}
    for name, value in pairs:
        merged.setdefault(name, []).append(value)
    merged |= {
        name: list(value) if isinstance(value, list | tuple) else [value]
        for name, value in changes.items()
    }
    return urlencode(
        [(name, one) for name, values in merged.items() for one in values if one not in (None, "")]
    )


def address(base: str, args: Mapping[str, Any], **changes: Any) -> str:
    """Return ``base`` with the query string from :func:`query`."""
    asked = query(args, **changes)
    return f"{base}?{asked}" if asked else base


def view_of(model: type[Any]) -> Any | None:
    """Return the registered screen of ``model``, or None."""
    views = current_app.extensions.setdefault("entity_views", {})
    return views.get(model.__name__)


def may(permission: str, view: Any) -> bool:
    """Return whether the user of this request has ``permission`` on ``view``."""
    granted: bool = permission in view.base_permissions and current_app.appbuilder.sm.has_access(
        permission, view.class_permission_name
    )
    return granted


def page_at(endpoint: str) -> tuple[Any, str]:
    """Return the view and the permission behind an endpoint; raises LookupError if unknown."""
    name, _, method = endpoint.partition(".")
    for view in current_app.appbuilder.baseviews:
        if view.endpoint == name:
            return view, f"can_{view.get_method_permission(method)}"
    raise LookupError(endpoint)


def page_url(endpoint: str, **values: Any) -> str:
    """Return the address of a page; empty if this user may not open it."""
    view, permission = page_at(endpoint)
    return url_for(endpoint, **values) if may(permission, view) else ""


def record_url(item: Entity | None) -> str:
    """Return the record page of ``item``; empty if this user may not open it."""
    view = view_of(type(item)) if item is not None else None
    if view is None or item is None or not may("can_show", view):
        return ""
    return url_for(f"{view.endpoint}.show", pk=item.id)


def picker_url(view: Any, field: str) -> str:
    """Return the address from which a select loads the rows that it may offer."""
    return url_for(f"{view.endpoint}.pick", field=field)
