"""Is every screen derived from its declaration, with nothing left to the framework's guesses?"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_appbuilder.baseviews import BaseModelView

from app.core.api.gate import KeyedApi
from app.core.declarations.base import Stateful, entities
from app.core.declarations.field import describe
from app.core.declarations.opening import is_issued
from app.core.views.base import UNSAFE_ROUTES, EntityView
from app.core.views.forms.fields import control_for
from app.core.views.interface import EntityInterface

#: Views that show no table of the framework's kind; each says itself what it shows.
OTHERS = {
    "AccountView",
    "CalendarImportView",
    "ChangeView",
    "DocumentJobView",
    "EligibilityView",
    "EntranceView",
    "FeedPageView",
    "FeedView",
    "HomeView",
    "ImportRunView",
    "ImportView",
    "JobView",
    "KeyView",
    "PracticeView",
    "LocaleView",
    "OperationView",
    "ProfileView",
    "PublicityPrintView",
    "ResultsView",
    "RetakeView",
    "RoleMatrixView",
    "UtilView",
}


def views(app: Flask) -> list[Any]:
    return list(app.extensions["appbuilder"].baseviews)


def screens(app: Flask) -> list[EntityView]:
    return [view for view in views(app) if isinstance(view, EntityView)]


def test_every_table_has_a_screen(app: Flask) -> None:
    assert {view.model for view in screens(app)} == set(entities())


def test_every_view_is_a_screen_of_ours_or_known(app: Flask) -> None:
    unknown = {
        type(view).__name__ for view in views(app) if not isinstance(view, EntityView | KeyedApi)
    }
    assert unknown <= OTHERS


def test_no_table_is_shown_by_the_frameworks_own_view(app: Flask) -> None:
    plain = [view for view in views(app) if isinstance(view, BaseModelView)]
    assert all(isinstance(view, EntityView) for view in plain)
    assert all(isinstance(view.datamodel, EntityInterface) for view in screens(app))


def test_labels_columns_and_titles_are_the_declarations(app: Flask) -> None:
    for view in screens(app):
        declared = {one.name: one.label for one in describe(view.model).fields}
        assert view.label_columns == declared
        columns = [view.list_columns, view.show_columns, view.add_columns, view.edit_columns]
        assert all(set(names) <= set(declared) for names in [*columns, view.search_columns])
        assert view.add_title == f"新增{describe(view.model).label}"


def test_marks_of_who_and_when_stand_in_no_form_and_no_search(app: Flask) -> None:
    for view in screens(app):
        taken = {*view.add_columns, *view.edit_columns, *view.search_columns, *view.list_columns}
        assert not taken & view.model.__hidden__, view.model


def test_no_form_has_a_state(app: Flask) -> None:
    stateful = [view for view in screens(app) if issubclass(view.model, Stateful)]
    assert stateful
    for view in screens(app):
        names = {name for name in dir(view.form_class) if not name.startswith("_")}
        assert not names & {"state", "suspended_from"}, view.model


def test_no_form_holds_a_list_of_children(app: Flask) -> None:
    for view in screens(app):
        relations = view.model.__mapper__.relationships
        children = {one.key for one in relations if one.uselist and one.secondary is None}
        assert not children & set(view.add_columns), view.model


def test_every_form_field_gets_a_control(app: Flask) -> None:
    for view in screens(app):
        for name in view.add_columns:
            assert control_for(view.model, describe(view.model).field(name)) is not None


def test_the_frameworks_unsafe_routes_are_gone(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    for view in screens(app):
        assert not {f"{view.endpoint}.{name}" for name in UNSAFE_ROUTES} & endpoints


def test_what_the_procedure_issues_has_no_form(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    for view in screens(app):
        forms = {f"{view.endpoint}.{name}" for name in ("add", "edit", "delete")}
        expected = set() if is_issued(view.model) else forms
        assert forms & endpoints == expected


def test_every_route_of_a_screen_asks_for_a_permission(app: Flask) -> None:
    for view in screens(app):
        for rule in app.url_map.iter_rules():
            owner, _, name = rule.endpoint.rpartition(".")
            if owner == view.endpoint and name != "static":
                assert hasattr(getattr(view, name), "_permission_name"), rule


def test_permissions_are_named_after_the_table(app: Flask) -> None:
    for view in screens(app):
        assert view.class_permission_name == view.model.__name__
        assert view.route_base == f"/{view.model.__tablename__}"


def test_what_changes_something_is_reached_by_post_alone(app: Flask) -> None:
    changing = {"delete", "move", "moves"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.rpartition(".")[2] in changing:
            assert rule.methods is not None
            assert "GET" not in rule.methods, rule


def test_every_tab_hangs_on_a_relation(app: Flask) -> None:
    from app.core.views.forms.record_page import link_to

    for view in screens(app):
        for child in view.related_views:
            assert link_to(child.datamodel.obj, view.model) is not None, (view, child)
