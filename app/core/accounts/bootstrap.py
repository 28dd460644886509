"""How does a database get the roles and rights that the code declares?"""

from __future__ import annotations

from flask import current_app


def bootstrap() -> None:
    """Make roles, permissions and grants equal to what the code declares; may be repeated.

    Raises BadConfig for a route whose roles neither an area nor its view declares.
    """
    current_app.extensions["appbuilder"].sm.lay_down_rights()
