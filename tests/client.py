"""How does a test ask for a page as a separate request would, while it holds a session itself?"""

from __future__ import annotations

from contextvars import copy_context
from typing import Any

from flask import current_app, has_app_context
from flask.globals import _cv_app
from flask.testing import FlaskClient


class IsolatedClient(FlaskClient):
    """A test client whose requests never share the test's application context.

    Flask would reuse the context that the ``session`` fixture holds: the logged-in user and the
    session's rows would then leak from request to request. What the test has written is committed
    first, so that the request sees it; afterwards the test reads fresh rows.
    Not for ``with client:`` blocks, which keep a request's context open.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        session = current_app.extensions["sqlalchemy"].session if has_app_context() else None
        if session is not None:
            session.commit()
        try:
            return copy_context().run(self._open_alone, args, kwargs)
        finally:
            if session is not None:
                session.expire_all()

    def _open_alone(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        _cv_app.set(None)  # type: ignore[arg-type]  # this copy of the context ends with the call
        answer = super().open(*args, **kwargs)
        for name, value in answer.headers:
            # A server writes headers in these letters; here alone would any pass.
            assert value.isascii(), f"{name} of {answer.request.path}: {value}"
        return answer
