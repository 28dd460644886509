"""How are a request's address and body checked before anything uses them?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, current_app, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import BaseConverter, ValidationError

from app.core import outside
from app.core.security import visitor

TAKES_JSON = "takes_json"


class KeyConverter(BaseConverter):
    """``<int:…>`` in a route: a key within the databases' range; other numbers give 404."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        # Beyond its range PostgreSQL raises an error where SQLite finds no row.
        number = outside.whole(value, 0, outside.LARGEST_KEY)
        if number is None:
            raise ValidationError
        return number


class JsonProvider(DefaultJSONProvider):
    """Flask's JSON provider, which also treats too deeply nested JSON as bad JSON."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return outside.structure(s, **kwargs)


def takes_json(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let this route of a screen accept a JSON body; place it below ``has_access``."""
    setattr(view, TAKES_JSON, True)
    return view


def install(app: Flask) -> None:
    """Set up how addresses and bodies are read; must come before any route is added."""
    app.url_map.converters["int"] = KeyConverter
    app.json = JsonProvider(app)
    app.before_request(_refuse_unreadable)


def _refuse_unreadable() -> None:
    """Refuse undecodable addresses and unexpected JSON here, rather than wherever they fail."""
    try:
        request.query_string.decode()
    except UnicodeDecodeError:
        abort(400)
    # PostgreSQL stores no NUL, so no record can be named by one.
    if "\0" in request.path:
        abort(404)
    view = current_app.view_functions.get(request.endpoint or "")
    # Forms would accept JSON as their input, without its values being checked as texts.
    if request.is_json and not visitor.by_key() and not getattr(view, TAKES_JSON, False):
        abort(415)
