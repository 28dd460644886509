"""What does the certification product bring to the core, and how is it built?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

import app.models  # noqa: F401 - importing the tables declares them
import config
from app import behaviours, cli, views
from app.core.assembly import Product
from app.core.assembly import assemble as build
from app.services import declarations
from app.services.filing import next_due
from app.views.menu import MENU


def declare() -> None:
    """Say to the core what this product is about; importing the tables declares them."""
    behaviours.declare_all()
    declarations.declare()


PRODUCT = Product(
    name="certification",
    folder=Path(__file__).parent,
    declare=declare,
    screens=views.screens,
    pages=views.pages,
    menu=MENU,
    home="app.views.home.HomeView",
    commands=cli.COMMANDS,
    profile_links=(("期限日历", "FeedPageView.page", "clock"),),
    listen=next_due.install,
)


def assemble(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build the application from the environment's settings and ``settings`` over them."""
    app = build(PRODUCT, {**config.load_settings(), **(settings or {})})
    limiter = app.extensions["appbuilder"].sm.limiter
    limiter.limit(app.config["FEED_RATE"])(app.blueprints["FeedView"])
    return app
