"""In which order are the parts of the application put together?

A product on this core brings its own tables, screens, pages and commands (``Product``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect

from app.core import api, audit, cli, jobs, scope, security, storage, views
from app.core.database import db, migrate, prepare
from app.core.declarations.base import entities
from app.core.declarations.checked import check_declarations
from app.core.declarations.sound import check_openings
from app.core.scope import AnySession
from app.core.upkeep import readiness
from app.core.views.guests.builder import Builder
from app.core.views.menu import Menu

HERE = Path(__file__).parent


def _nothing(_session: AnySession) -> None:
    return


@dataclass(frozen=True)
class Product:
    """What a product adds to the core; everything else follows from its tables' declarations.

    ``folder`` contains its ``templates`` and ``migrations``. ``declare`` registers its tables,
    roles, places and behaviours, and may be called repeatedly. ``screens`` returns the screens of
    its tables and ``pages`` its other views; both are called once the database is set up. ``home``
    names the view of the first page. ``listen`` attaches listeners to the session.
    """

    name: str
    folder: Path
    declare: Callable[[], None]
    screens: Callable[[], tuple[type[Any], ...]]
    pages: Callable[[], tuple[type[Any], ...]] = tuple
    menu: Menu = ()
    home: str = "app.core.views.home.HomeView"
    commands: tuple[Any, ...] = ()
    profile_links: tuple[tuple[str, str, str], ...] = ()
    listen: Callable[[AnySession], None] = _nothing


def assemble(product: Product, settings: Mapping[str, Any]) -> Flask:
    """Build the application of a product from complete ``settings``."""
    app = Flask("app.core", root_path=str(HERE))
    app.config.from_mapping({"FAB_INDEX_VIEW": product.home, **settings})
    readiness.use(product.folder / "migrations")
    app.register_blueprint(
        Blueprint(
            product.name, product.name, root_path=str(product.folder), template_folder="templates"
        )
    )
    product.declare()
    check_declarations(entities())
    check_openings(entities())
    db.init_app(app)
    migrate.init_app(app, db, directory=str(product.folder / "migrations"), render_as_batch=True)
    CSRFProtect(app)
    with app.app_context():
        # Waiting writers may occupy all threads but four, which are kept for readers.
        prepare(db.engine, app.config["BUSY_SECONDS"], max(1, app.config["THREADS"] - 4))
        storage.install(db.engine)
        scope.install(db.session)
        audit.install(db.session)
        product.listen(db.session)
        security.prepare(app)
        builder = Builder()
        builder.init_app(app, db.session)
        security.install(app, builder)
        app.extensions["profile_links"] = product.profile_links
        views.register(app, builder, product.screens(), product.pages(), product.menu)
        api.register(builder)
        jobs.install(app)
        builder.add_addons()
        cli.register(app, product.commands)
    return app
