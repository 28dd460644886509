"""In which order do the parts join? Settings, database, scope and audit, framework, screens.

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
    """What a product brings along; all else follows from what its tables declare.

    ``folder`` holds its ``templates`` and ``migrations``. ``declare`` loads its tables, roles,
    places and behaviours, and may be called again. ``screens`` finds the screens of its tables,
    ``pages`` the views beside them, both once the database is known; ``home`` names the first
    page. ``listen`` watches what the sessions write.
    """

    name: str
    folder: Path
    declare: Callable[[], None]
    screens: Callable[[], tuple[type[Any], ...]]
    pages: Callable[[], tuple[type[Any], ...]] = tuple
    menu: Menu = ()
    home: str = "app.core.views.home.HomeView"
    commands: tuple[Any, ...] = ()
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
        # The last threads of the server are for those who only read.
        prepare(db.engine, app.config["BUSY_SECONDS"], max(1, app.config["THREADS"] - 4))
        storage.install(db.engine)
        scope.install(db.session)
        audit.install(db.session)
        product.listen(db.session)
        security.prepare(app)
        builder = Builder()
        builder.init_app(app, db.session)
        security.install(app, builder)
        views.register(app, builder, product.screens(), product.pages(), product.menu)
        api.register(builder)
        jobs.install(app)
        builder.add_addons()
        cli.register(app, product.commands)
    return app
