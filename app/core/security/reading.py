"""How is a request read, before anybody acts on it: numbers in addresses, JSON, kinds of bodies?"""

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
    """``<int:…>`` in a route: a key that both databases can look for; other numbers are no page."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        number = outside.whole(value, 0, outside.LARGEST_KEY)
        if number is None:
            raise ValidationError
        return number


class JsonProvider(DefaultJSONProvider):
    """Flask's own, for which JSON that is nested without end is bad JSON and no failure."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return outside.structure(s, **kwargs)


def takes_json(view: Callable[..., Any]) -> Callable[..., Any]:
    """This route of a screen reads a body of JSON; to stand below ``has_access``."""
    setattr(view, TAKES_JSON, True)
    return view


def install(app: Flask) -> None:
    """Set how addresses and bodies are read; before any route is added."""
    app.url_map.converters["int"] = KeyConverter
    app.json = JsonProvider(app)
    app.before_request(_refuse_unreadable)


def _refuse_unreadable() -> None:
    """What is no text would fail wherever it is first read, what is no form in every form."""
    try:
        request.query_string.decode()
    except UnicodeDecodeError:
        abort(400)
    # PostgreSQL takes no NUL in a text, so nothing is called by one.
    if "\0" in request.path:
        abort(404)
    view = current_app.view_functions.get(request.endpoint or "")
    # A form would take JSON for what was filled in, whatever it holds.
    if request.is_json and not visitor.by_key() and not getattr(view, TAKES_JSON, False):
        abort(415)
