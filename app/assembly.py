"""In which order do the parts join? Settings, database, scope and audit, framework, screens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_appbuilder import AppBuilder
from flask_wtf import CSRFProtect

import config
from app import cli, views
from app.core import api, audit, jobs, scope, security, storage
from app.core.database import db, migrate, prepare
from app.core.declarations.base import entities
from app.core.declarations.checked import check_declarations
from app.services.filing import next_due


def assemble(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build the application from the environment's settings and ``settings`` over them."""
    app = Flask("app", root_path=str(Path(__file__).parent))
    app.config.from_mapping(config.load_settings())
    app.config.from_mapping(settings or {})
    check_declarations(entities())
    db.init_app(app)
    migrate.init_app(
        app, db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True
    )
    CSRFProtect(app)
    with app.app_context():
        # The last threads of the server are for those who only read.
        prepare(db.engine, app.config["BUSY_SECONDS"], max(1, app.config["THREADS"] - 4))
        storage.install(db.engine)
        scope.install(db.session)
        audit.install(db.session)
        next_due.install(db.session)
        security.prepare(app)
        builder = AppBuilder()
        builder.init_app(app, db.session)
        security.install(app, builder)
        views.register(app, builder)
        api.register(builder)
        jobs.install(app)
    cli.register(app)
    return app
