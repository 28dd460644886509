"""Does each role hold exactly the rights of its areas, in the database and at the doors?"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.accounts.bootstrap import bootstrap
from app.core.declarations.base import entities, entity_named
from app.core.errors import BadConfig
from app.core.roles import AREAS, TITLES
from app.core.security import rights
from app.core.tables.user import Role
from app.roles import PROVINCE_ADMIN, SYSTEM_ADMIN
from tests.security.people import signed_in

ENTITIES = sorted(model.__name__ for model in entities())


def held(session: Session, role: str) -> set[rights.Right]:
    role_id = session.scalars(select(Role.id).where(Role.name == role)).one()
    return {(name, view) for name, view in session.execute(rights.held_by([role_id]))}


def views(app: Flask) -> list[Any]:
    return list(app.extensions["appbuilder"].baseviews)


@pytest.mark.parametrize("role", TITLES)
def test_a_role_holds_what_its_areas_grant_and_nothing_else(
    app: Flask, session: Session, role: str
) -> None:
    granted = held(session, role)
    for permission, view in rights.declared(views(app)):
        if view not in ENTITIES:
            continue
        area = AREAS[entity_named(view).__area__]
        kind = next(kind for kind, names in rights.KINDS.items() if permission in names)
        assert ((permission, view) in granted) is (role in getattr(area, kind)), (permission, view)


def test_no_role_holds_a_right_that_no_view_declares(app: Flask, session: Session) -> None:
    everything = set().union(*(held(session, role) for role in TITLES))
    assert everything <= set(rights.declared(views(app)))


def test_only_the_roles_of_the_product_exist(session: Session) -> None:
    assert set(session.scalars(select(Role.name))) == set(TITLES)


def test_only_the_system_administrator_reaches_the_accounts(app: Flask, session: Session) -> None:
    for role in TITLES:
        reached = {name for name, view in held(session, role) if view == "Account"}
        assert bool(reached) is (role == SYSTEM_ADMIN)


def test_laying_down_twice_changes_nothing(app: Flask, session: Session) -> None:
    before = {role: held(session, role) for role in TITLES}
    pairs = session.scalar(select(func.count(rights.PermissionView.id)))
    bootstrap()
    assert {role: held(session, role) for role in TITLES} == before
    assert session.scalar(select(func.count(rights.PermissionView.id))) == pairs


def test_what_was_granted_by_hand_or_is_gone_from_the_code_is_removed(
    app: Flask, session: Session
) -> None:
    auditor = session.scalars(select(Role).where(Role.name == "auditor")).one()
    stray = rights.PermissionView(
        permission=rights.Permission(name="can_destroy"), view_menu=rights.ViewMenu(name="World")
    )
    known = select(rights.PermissionView).join(rights.Permission).join(rights.ViewMenu)
    by_hand = session.scalars(
        known.where(rights.Permission.name == "can_edit", rights.ViewMenu.name == "Centre")
    ).one()
    auditor.permissions.extend([stray, by_hand])
    session.add(Role(name="Admin", permissions=[by_hand]))
    session.commit()
    bootstrap()
    session.expire_all()
    assert ("can_edit", "Centre") not in held(session, "auditor")
    assert session.scalar(select(rights.ViewMenu).where(rights.ViewMenu.name == "World")) is None
    assert session.scalar(select(Role).where(Role.name == "Admin")) is None


def test_a_missing_grant_comes_back(app: Flask, session: Session) -> None:
    before = held(session, "auditor")
    session.execute(rights.assoc_permissionview_role.delete())
    session.commit()
    bootstrap()
    assert held(session, "auditor") == before


class Stray:
    """A view of somebody else, which says neither whom it is for nor which table it shows."""

    base_permissions = ("can_look",)
    class_permission_name = "Stray"


def test_a_route_that_nobody_was_given_is_the_provincial_administrators() -> None:
    assert rights.declared([Stray()]) == {("can_look", "Stray"): frozenset({PROVINCE_ADMIN})}


def test_every_view_of_ours_says_whom_it_is_for(app: Flask) -> None:
    for view in views(app):
        if view.class_permission_name not in ENTITIES and view.base_permissions:
            assert getattr(view, "open_to", None), type(view).__name__


def test_a_role_that_there_is_not_stops_the_laying_down() -> None:
    class Strange(Stray):
        open_to = frozenset({"pirate"})

    with pytest.raises(BadConfig, match="pirate"):
        rights.declared([Strange()])


def test_an_unknown_kind_of_route_on_a_table_stops_the_laying_down() -> None:
    class Odd(Stray):
        class_permission_name = "Batch"

    with pytest.raises(BadConfig, match="can_look"):
        rights.declared([Odd()])


@pytest.mark.parametrize("role", TITLES)
def test_the_doors_open_as_the_areas_say(app: Flask, session: Session, role: str) -> None:
    client = signed_in(app, role)
    builder = app.extensions["appbuilder"]
    for area, table in {model.__area__: model for model in map(entity_named, ENTITIES)}.items():
        view = app.extensions["entity_views"][table.__name__]
        if view not in builder.baseviews:
            continue
        listed = client.get(f"{view.route_base}/list/").status_code
        assert listed == (200 if role in AREAS[area].read else 403), (table, role)
        if "can_add" in view.base_permissions:
            added = client.get(f"{view.route_base}/add").status_code
            assert (added == 403) is (role not in AREAS[area].write), (table, role)
        gone = client.post(f"{view.route_base}/delete/999999").status_code
        if "can_delete" in view.base_permissions:
            assert gone == (404 if role in AREAS[area].delete else 403), (table, role)


def test_the_rights_cost_one_statement_a_request(app: Flask, session: Session) -> None:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    client = signed_in(app, SYSTEM_ADMIN)
    asked: list[str] = []
    listen = lambda *args: asked.append(args[2])  # noqa: E731 - a listener of one line
    event.listen(Engine, "before_cursor_execute", listen)
    client.get("/batch/list/")
    event.remove(Engine, "before_cursor_execute", listen)
    assert len([one for one in asked if "ab_permission_view_role" in one]) == 1
    assert len([one for one in asked if "FROM ab_user" in one]) == 1
    assert len(asked) <= 10


def test_what_a_screen_says_of_its_table_holds_for_programs_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    (screen,) = [one for one in views(app) if type(one).__name__ == "SiteView"]
    said = {"can_delete": frozenset({PROVINCE_ADMIN})}
    monkeypatch.setattr(screen, "open_to", said, raising=False)
    found = rights.declared(views(app))
    assert found["can_delete", "Site"] == {PROVINCE_ADMIN}
    assert found["can_list", "Site"] == AREAS["bodies"].read
