"""Is every route behind the entrance, named in the rights, and one of ours?"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.core.api.gate import KeyedApi

#: Routes that need no right: the entrance, files of the product, calendars (whose address is their
#: key), and two of the framework's own that lead back to a page of this session or choose among the
#: installed languages (one).
WITHOUT_RIGHT = frozenset(
    {
        "static",
        "appbuilder.static",
        "EntranceView.login",
        "EntranceView.logout",
        "FeedView.feed",
        "UtilView.back",
        "LocaleView.index",
    }
)
OPEN = frozenset({"static", "appbuilder.static", "EntranceView.login", "FeedView.feed"})


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static")]


def url(app: Flask, rule: Rule) -> str:
    values: dict[str, Any] = {
        name: 1 if type(converter).__name__ == "IntegerConverter" else "1"
        for name, converter in rule._converters.items()
    }
    with app.test_request_context("/"):
        _, path = rule.build(values, append_unknown=False) or ("", "/")
    return path


def view_method(app: Flask, endpoint: str) -> tuple[Any, str]:
    name, _, method = endpoint.partition(".")
    builder = app.extensions["appbuilder"]
    view = next(one for one in builder.baseviews if one.endpoint == name)
    return view, method


def test_anybody_else_is_led_to_the_entrance_from_everywhere(
    app: Flask, client: FlaskClient
) -> None:
    checked = 0
    for rule in rules(app):
        for method in {"GET", "POST"} & (rule.methods or set()):
            if rule.endpoint in OPEN:
                continue
            answer = client.open(url(app, rule), method=method)
            if rule.rule.startswith("/api/"):
                assert answer.status_code == 401, (rule, method)
                continue
            assert answer.status_code == 302, (rule, method)
            assert answer.location.split("?")[0] == "/login/", (rule, method, answer.location)
            checked += 1
    assert checked > 100


def test_every_route_names_a_right_that_its_view_declares(app: Flask) -> None:
    for rule in rules(app):
        if rule.endpoint in WITHOUT_RIGHT:
            continue
        view, name = view_method(app, rule.endpoint)
        method = getattr(view, name)
        right = getattr(method, "_permission_name", "")
        assert right, f"{rule.endpoint} has no @has_access"
        assert f"can_{right}" in view.base_permissions, rule.endpoint
        # @has_access must stand above @permission_name; it wraps the method, which keeps its name.
        assert hasattr(method, "__wrapped__"), f"{rule.endpoint}: @permission_name without access"


def test_every_view_is_ours_or_on_the_short_list(app: Flask) -> None:
    foreign = {
        type(view).__name__
        for view in app.extensions["appbuilder"].baseviews
        if not type(view).__module__.startswith("app.")
    }
    assert foreign == {"UtilView", "LocaleView"}


def test_the_framework_hands_out_no_files_and_no_interface_of_its_own(app: Flask) -> None:
    for rule in rules(app):
        method = rule.endpoint.rpartition(".")[2]
        assert method not in {"action", "action_post"}, rule
        assert not rule.rule.startswith(("/api/v1/security", "/api/v1/menu", "/swagger")), rule
        assert "_openapi" not in rule.rule, rule
        if rule.rule.startswith("/api/"):
            assert isinstance(view_method(app, rule.endpoint)[0], KeyedApi), rule


def test_what_changes_or_ends_something_is_never_a_link(app: Flask) -> None:
    forms = {"add", "edit", "password", "login"}
    acts = {"delete", "move", "moves", "close", "open", "unlock", "logout", "accept", "discard"}
    for rule in rules(app):
        name = rule.endpoint.rpartition(".")[2]
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if name in acts:
            assert methods == {"POST"}, rule
        elif "POST" in methods:
            assert name in forms or methods == {"POST"} or "GET" in methods, rule


def test_no_stock_screen_of_the_framework_answers(app: Flask) -> None:
    paths = {rule.rule for rule in rules(app)}
    for stock in ("/users/list/", "/roles/list/", "/groups/list/", "/resetpassword/form"):
        assert stock not in paths


def test_no_two_pages_stand_under_one_address(app: Flask) -> None:
    """Whichever of them came first would answer for both."""
    found: dict[tuple[str, str], set[str]] = {}
    for rule in rules(app):
        shape = re.sub(r"<[^>]*>", "<>", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found.setdefault((shape, method), set()).add(rule.endpoint)
    assert {place: ends for place, ends in found.items() if len(ends) > 1} == {}
