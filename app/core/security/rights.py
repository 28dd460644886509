"""Which role may use which route, according to areas and views?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    Role,
    ViewMenu,
    assoc_permissionview_role,
)
from sqlalchemy import Select, delete, insert, select

from app.core.declarations.base import entities
from app.core.errors import BadConfig
from app.core.roles import AREAS, TITLES, Power, granted
from app.core.scope import AnySession
from app.core.transaction import transaction

#: The right of an area that each route of an entity's view requires. Moves check it themselves.
KINDS: Mapping[str, frozenset[str]] = {
    "read": frozenset({"can_list", "can_show", "can_pick", "can_export", "can_move"}),
    "write": frozenset({"can_add", "can_edit", "can_import", "can_draw"}),
    "delete": frozenset({"can_delete"}),
}

Right = tuple[str, str]


def held_by(role_ids: Sequence[int]) -> Select[Any]:
    """Return a select of the permission and view names that these roles have."""
    held = assoc_permissionview_role
    return (
        select(Permission.name, ViewMenu.name)
        .select_from(held)
        .join(PermissionView, PermissionView.id == held.c.permission_view_id)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(held.c.role_id.in_(role_ids))
    )


def declared(views: Iterable[Any]) -> dict[Right, frozenset[str]]:
    """Return every (permission, view name) that the views declare, with its roles.

    A view named after an entity takes its roles from the entity's area. Any other view declares
    them in ``open_to``, and without that only roles with ``Power.GUESTS`` may use it. Raises
    BadConfig for an unknown kind of route or an unknown role.
    """
    views = list(views)
    # What a screen says of its table holds for the table's interface, which has the same name.
    said = {
        one.class_permission_name: one.open_to
        for one in views
        if getattr(one, "open_to", None) is not None
    }
    found: dict[Right, frozenset[str]] = {}
    for view in views:
        own = said.get(view.class_permission_name)
        for permission in sorted(view.base_permissions):
            right = (permission, view.class_permission_name)
            found[right] = found.get(right, frozenset()) | _roles(view, permission, own)
        _check_roles(view, found)
    return found


def _check_roles(view: Any, found: Mapping[Right, frozenset[str]]) -> None:
    for permission in view.base_permissions:
        unknown = found[permission, view.class_permission_name] - set(TITLES)
        if unknown:
            raise BadConfig(
                f"视图 {type(view).__name__} 的 open_to 里有不认识的角色"
                f" {'、'.join(sorted(unknown))}，可用的角色：{'、'.join(TITLES)}"
            )


def _roles(view: Any, permission: str, said: Any = None) -> frozenset[str]:
    areas = {model.__name__: model.__area__ for model in entities()}
    name = view.class_permission_name
    own: Any = getattr(view, "open_to", None)
    own = said if own is None else own
    if isinstance(own, Mapping) and permission in own:
        return granted(own[permission])
    if own is not None and not isinstance(own, Mapping):
        return granted(own)
    # A view that says nothing is open to few: a forgotten declaration must not open a page to all.
    if name not in areas:
        return granted(Power.GUESTS)
    if permission in getattr(view, "actions", ()):
        # The framework's @action changes rows, so it is for those who may edit them.
        return AREAS[areas[name]].write
    for kind, permissions in KINDS.items():
        if permission in permissions:
            roles: frozenset[str] = getattr(AREAS[areas[name]], kind)
            return roles
    raise BadConfig(
        f"视图 {type(view).__name__} 的权限 {permission} 没有归类："
        "请在 app/core/security/rights.py 的 KINDS 里写明它属于查看、编辑还是删除"
    )


def lay_down(session: AnySession, views: Iterable[Any]) -> None:
    """Make the roles, permissions and grants in the database equal to the declared ones.

    What the code no longer declares is removed, including manual grants. May be repeated.
    """
    wanted = declared(views)
    with transaction(session):
        roles = _sync_names(session, Role, set(TITLES))
        permissions = _sync_pairs(session, set(wanted))
        grants = {
            (permissions[right], roles[role])
            for right, allowed in wanted.items()
            for role in allowed
        }
        _sync_grants(session, grants)


def _sync_pairs(session: AnySession, wanted: set[Right]) -> dict[Right, int]:
    names = {row.id: row.name for row in session.execute(select(Permission.id, Permission.name))}
    menus = {row.id: row.name for row in session.execute(select(ViewMenu.id, ViewMenu.name))}
    stale = [
        row.id
        for row in session.execute(
            select(PermissionView.id, PermissionView.permission_id, PermissionView.view_menu_id)
        )
        if (names.get(row.permission_id), menus.get(row.view_menu_id)) not in wanted
    ]
    held = assoc_permissionview_role
    # Grants before pairs before names: each refers to the next.
    _delete_in(session, held, held.c.permission_view_id, stale)
    _delete_in(session, PermissionView, PermissionView.id, stale)
    permission_ids = _sync_names(session, Permission, {name for name, _ in wanted})
    menu_ids = _sync_names(session, ViewMenu, {menu for _, menu in wanted})
    wanted_ids = {(permission_ids[name], menu_ids[menu]): (name, menu) for name, menu in wanted}
    columns = (PermissionView.permission_id, PermissionView.view_menu_id)
    there = {(row[0], row[1]) for row in session.execute(select(*columns))}
    _insert(
        session,
        PermissionView,
        [
            {"permission_id": one, "view_menu_id": two}
            for one, two in sorted(set(wanted_ids) - there)
        ],
    )
    made = session.execute(select(*columns, PermissionView.id))
    return {wanted_ids[row[0], row[1]]: row[2] for row in made}


def _sync_names(session: AnySession, model: Any, wanted: set[str]) -> dict[str, int]:
    there = {row.name: row.id for row in session.execute(select(model.id, model.name))}
    _delete_in(session, model, model.id, [there[name] for name in set(there) - wanted])
    _insert(session, model, [{"name": name} for name in sorted(wanted - set(there))])
    return {
        row.name: row.id
        for row in session.execute(select(model.id, model.name).where(model.name.in_(wanted)))
    }


def _sync_grants(session: AnySession, wanted: set[tuple[int, int]]) -> None:
    held = assoc_permissionview_role
    rows = session.execute(select(held.c.id, held.c.permission_view_id, held.c.role_id))
    there = {(row.permission_view_id, row.role_id): row.id for row in rows}
    _delete_in(session, held, held.c.id, [there[pair] for pair in set(there) - wanted])
    missing = sorted(wanted - set(there))
    _insert(session, held, [{"permission_view_id": one, "role_id": two} for one, two in missing])


def _delete_in(session: AnySession, target: Any, column: Any, ids: Sequence[int]) -> None:
    if ids:
        session.execute(delete(target).where(column.in_(ids)))


def _insert(session: AnySession, target: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(target), rows)
