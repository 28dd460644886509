"""Does a row out of scope exist on any screen: list, page, form, act, picker, export, tab?

Each test walks every table and every route of its kind; a new table is in it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import scope
from app.core.declarations.base import Entity
from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import describe
from app.core.roles import AREAS, SYSTEM, Actor
from app.core.scope import AnySession
from app.core.tables import Change
from app.core.views.base import EntityView
from app.core.views.columns import is_many, key_name, target_of
from app.roles import BODY_CLERK, CITY_ADMIN
from tests import factories
from tests.views.pages import keys
from tests.views.world import World, is_scoped, sees

PEOPLE = ("clerk", "city")
#: Without the right to a route 403 comes first: the row is not even looked for.
REFUSED = (403, 404)
HERE = "没有这条记录，或不在您的管辖范围内"


def screens(app: Flask) -> list[EntityView]:
    views = app.extensions["appbuilder"].baseviews
    return [view for view in views if isinstance(view, EntityView)]


@dataclass(frozen=True)
class Stranger:
    """Somebody of 唐山 before a browser, while 保定 has a row of every table too."""

    browser: FlaskClient
    actor: Actor
    session: AnySession
    theirs: World

    def barred(self, model: type[Entity]) -> bool:
        """Whether the scope (tested for itself) hides their row of ``model`` from this person."""
        return is_scoped(model) and not sees(self.session, self.actor, self.theirs.row(model))

    def reads(self, model: type[Entity]) -> bool:
        """Whether this person's role has lists of ``model`` at all."""
        return self.actor.has(*AREAS[model.__area__].read)

    def screens(self, app: Flask) -> list[EntityView]:
        found = [
            one for one in app.extensions["appbuilder"].baseviews if isinstance(one, EntityView)
        ]
        # A table that the role does not read at all is closed before any row is looked for.
        barred = [view for view in found if self.barred(view.model) and self.reads(view.model)]
        assert len(barred) >= 20
        return barred

    def relations(self, view: EntityView) -> Iterator[Any]:
        for field in describe(view.model).fields:
            if field.relation and self.barred(target_of(view.model, field)):
                yield field


@pytest.fixture(params=PEOPLE)
def stranger(
    request: pytest.FixtureRequest, session: AnySession, ours: World, theirs: World
) -> Stranger:
    """The clerk of our body, then the administrator of our city's centre."""
    browser = request.getfixturevalue(request.param)
    of_body = factories.actor(BODY_CLERK, body=ours.body)
    of_city = factories.actor(CITY_ADMIN, at=ours.centre)
    actor = of_body if request.param == "clerk" else of_city
    return Stranger(browser, actor, session, theirs)


def has(view: EntityView, route: str) -> bool:
    return route not in view.exclude_route_methods


def rows(session: AnySession) -> dict[str, int]:
    """How many rows every table has, whoever asks."""
    from app.core.declarations.base import entities

    return {
        one.__name__: session.scalar(
            select(func.count()).select_from(one).execution_options(unscoped=True)
        )
        for one in entities()
    }


def state_of(session: AnySession, row: Any) -> Any:
    model = type(row)
    found = select(model).where(model.id == row.id).execution_options(unscoped=True)
    with scope.acting(session, SYSTEM):
        fresh = session.scalars(found.execution_options(populate_existing=True)).one()
        return {one.key: getattr(fresh, one.key) for one in model.__mapper__.column_attrs
                if one.key not in ("content",)}  # fmt: skip


def link(view: EntityView, row: Entity) -> str:
    return f'{view.route_base}/show/{row.id}"'


def test_lists_show_no_row_of_others_but_their_own(
    app: Flask, stranger: Stranger, ours: World
) -> None:
    own = 0
    for view in stranger.screens(app):
        page = stranger.browser.get(f"{view.route_base}/list/?size=100").text
        assert link(view, stranger.theirs.row(view.model)) not in page, view.model
        own += link(view, ours.row(view.model)) in page
    assert own >= 15


def test_every_column_sorts_within_the_scope(app: Flask, stranger: Stranger) -> None:
    sorted_by = 0
    for view in stranger.screens(app):
        base = f"{view.route_base}/list/?size=100&sort="
        everything = set(keys(stranger.browser.get(base).text))
        for field in view.list_columns:
            page = stranger.browser.get(f"{base}-{field}")
            assert page.status_code == 200, (view.model, field)
            assert set(keys(page.text)) == everything, (view.model, field)
            sorted_by += bool(everything)
    assert sorted_by > 100


def test_pages_and_forms_of_others_are_not_found(app: Flask, stranger: Stranger) -> None:
    for view in stranger.screens(app):
        row = stranger.theirs.row(view.model)
        for page in ("show/{}", "show/{}?tab=timeline", "edit/{}" * has(view, "edit")):
            if page:
                answer = stranger.browser.get(f"{view.route_base}/{page.format(row.id)}")
                assert answer.status_code in REFUSED, (view.model, page)


def test_nothing_of_others_is_edited_deleted_or_moved(
    app: Flask, stranger: Stranger, session: AnySession
) -> None:
    before = rows(session)
    for view in stranger.screens(app):
        row = stranger.theirs.row(view.model)
        stood, base = state_of(session, row), view.route_base
        posts = [f"{base}/edit/{row.id}"] * has(view, "edit")
        posts += [f"{base}/delete/{row.id}"] * has(view, "delete")
        table = find_procedure(view.model.__name__)
        posts += [f"{base}/{row.id}/move/{one.name}" for one in (table.moves if table else ())]
        for url in posts:
            answer = stranger.browser.post(url, data={"note": "试一试"})
            assert answer.status_code in REFUSED, url
        assert state_of(session, row) == stood, view.model
    assert rows(session) == before


def test_bulk_moves_leave_the_rows_of_others_alone(
    app: Flask, stranger: Stranger, session: AnySession
) -> None:
    tried = 0
    for view in stranger.screens(app):
        table = find_procedure(view.model.__name__)
        row = stranger.theirs.row(view.model)
        for move in table.moves if table else ():
            stood = state_of(session, row)
            answer = stranger.browser.post(
                f"{view.route_base}/moves",
                data={"action": move.name, "rowid": [str(row.id)], "note": "试一试"},
            )
            assert answer.status_code == 200
            assert HERE in answer.text, (view.model, move.name)
            assert str(row) not in answer.text
            assert state_of(session, row) == stood
            tried += 1
    assert tried > 20


def test_all_matching_rows_never_means_those_of_others(
    app: Flask, stranger: Stranger, session: AnySession
) -> None:
    for view in stranger.screens(app):
        table, row = find_procedure(view.model.__name__), stranger.theirs.row(view.model)
        if table is None:
            continue
        stood, move = state_of(session, row), table.moves_from(table.first)[0]
        kept = stranger.browser.post(f"{view.route_base}/select").location
        answer = stranger.browser.post(
            f"{view.route_base}/moves",
            data={"action": move.name, "selection": kept.rpartition("=")[2], "note": "试"},
        )
        assert str(row) not in answer.text
        assert state_of(session, row) == stood, view.model


def test_pickers_offer_nothing_of_others(app: Flask, stranger: Stranger) -> None:
    asked = 0
    for view in (one for one in screens(app) if stranger.reads(one.model)):
        for field in stranger.relations(view):
            url, row = (
                f"{view.route_base}/pick/{field.name}",
                stranger.theirs.row(target_of(view.model, field)),
            )
            for words in ("", stranger.theirs.name, str(row)):
                offered = stranger.browser.get(url, query_string={"q": words}).json["results"]
                assert str(row.id) not in {str(one["id"]) for one in offered}, url
            asked += 1
    assert asked > 20


def test_forms_take_no_related_row_of_others(
    app: Flask, stranger: Stranger, session: AnySession, ours: World
) -> None:
    before, tried = rows(session), 0
    for view in stranger.screens(app):
        if not has(view, "add"):
            continue
        for field in stranger.relations(view):
            if field.name not in view.add_columns:
                continue
            row = stranger.theirs.row(target_of(view.model, field))
            page = stranger.browser.post(f"{view.route_base}/add", data={field.name: str(row.id)})
            if page.status_code == 403:
                continue
            assert HERE in page.text, (view.model, field.name)
            prefilled = stranger.browser.get(f"{view.route_base}/add?{field.name}={row.id}").text
            assert str(row) not in prefilled, (view.model, field.name)
            tried += 1
    assert rows(session) == before
    assert tried > 10


def test_edits_move_no_row_to_others(
    app: Flask, stranger: Stranger, session: AnySession, ours: World
) -> None:
    for view in stranger.screens(app):
        row = ours.row(view.model)
        for field in stranger.relations(view) if has(view, "edit") else ():
            if field.name not in view.edit_columns or is_many(view.model, field):
                continue
            foreign = stranger.theirs.row(target_of(view.model, field))
            data = {field.name: str(foreign.id), "version": "1"}
            stranger.browser.post(f"{view.route_base}/edit/{row.id}", data=data)
            kept = state_of(session, row)[key_name(view.model, field)]
            assert kept != foreign.id, (view.model, field.name)


def test_lists_narrowed_to_a_row_of_others_are_empty_and_do_not_name_it(
    app: Flask, stranger: Stranger
) -> None:
    for view in stranger.screens(app):
        for field in stranger.relations(view):
            row = stranger.theirs.row(target_of(view.model, field))
            page = stranger.browser.get(f"{view.route_base}/list/?{field.name}={row.id}").text
            assert link(view, stranger.theirs.row(view.model)) not in page
            if describe(type(row)).title != "work_type":
                assert str(row) not in page, (view.model, field.name)


def test_exports_hold_nothing_of_others(app: Flask, stranger: Stranger, ours: World) -> None:
    full = 0
    for view in stranger.screens(app):
        file = stranger.browser.get(f"{view.route_base}/export?format=csv").data.decode("utf-8-sig")
        assert f"{stranger.theirs.name}1甲{view.model.__tablename__}" not in file, view.model
        full += f"{ours.name}1甲{view.model.__tablename__}" in file
    assert full > 8


def test_the_history_of_others_is_not_read(
    app: Flask, stranger: Stranger, session: AnySession
) -> None:
    changes = session.scalars(
        select(Change).where(Change.title.contains(stranger.theirs.name))
    ).all()
    assert changes
    for change in changes:
        answer = stranger.browser.get(f"/change/show/{change.id}")
        assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    "pk", ["0", "-1", "x", "1.5", "１", "99999999999999999999", "2147483648", "1%00", "1e3"]
)
def test_an_id_that_is_none_is_not_found(app: Flask, province: FlaskClient, pk: str) -> None:
    for page in ("show", "edit"):
        assert province.get(f"/batch/{page}/{pk}").status_code == 404
    for act in (f"/batch/delete/{pk}", f"/batch/{pk}/move/submit"):
        assert province.post(act).status_code == 404
