"""How does a fresh database get its roles and rights? From the code, once per deployment."""

from __future__ import annotations

from flask import current_app


def bootstrap() -> None:
    """Make roles, permissions and grants equal to what the code declares; repeatable.

    Raises BadConfig for a route that no area and no view settles.
    """
    current_app.extensions["appbuilder"].sm.lay_down_rights()
