"""What stands around every page: the menu, who is signed in, the way out?"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Flask, current_app, url_for

from app.core.security.visitor import Visitor, current_visitor
from app.core.views.menu import menu_groups


class Shell:
    """The frame of a page; what it costs is asked for only when a template draws it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    @property
    def product(self) -> str:
        """The product's name in the top bar."""
        return str(current_app.config["APP_NAME"])

    @cached_property
    def menu(self) -> list[Any]:
        """The groups of the side menu that this visitor has, with what waits."""
        return list(menu_groups())

    @property
    def user(self) -> dict[str, str]:
        """Name, place and role as the top bar shows them."""
        visitor = self.visitor
        return {"name": visitor.actor.name, "org": visitor.place, "role": visitor.titles}

    @property
    def home_url(self) -> str:
        return url_for("HomeView.index")

    @property
    def logout_url(self) -> str:
        return url_for("EntranceView.logout")

    @property
    def profile_url(self) -> str:
        return url_for("ProfileView.show")

    @property
    def jobs_url(self) -> str:
        return url_for("JobView.list")

    @property
    def password_url(self) -> str:
        return url_for("ProfileView.password")


def install(app: Flask) -> None:
    """Give every template its frame; pages for nobody have none."""

    @app.context_processor
    def _frame() -> dict[str, Any]:
        visitor = current_visitor()
        return {"shell": None if visitor is None else Shell(visitor)}
