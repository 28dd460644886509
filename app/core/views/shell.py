"""What surrounds the content of every page?"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Flask, current_app, url_for

from app.core.security.visitor import Visitor, current_visitor
from app.core.views import practice
from app.core.views.menu import menu_groups


class Shell:
    """The frame of a page; its parts are computed only when a template uses them."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    @property
    def product(self) -> str:
        """The product's name in the top bar."""
        return str(current_app.config["APP_NAME"])

    @cached_property
    def menu(self) -> list[Any]:
        """The groups of the side menu for this visitor, with numbers of waiting records."""
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
    """Provide every template with the frame; without a visitor there is none."""

    @app.context_processor
    def _frame() -> dict[str, Any]:
        visitor = current_visitor()
        return {
            "shell": None if visitor is None else Shell(visitor),
            "practice": practice.shown(),
        }
