"""Which acts can be asked for without a browser? The same services, by exact command names."""

from __future__ import annotations

from flask import Flask

from app.cli import batches, calendar, checking, eligibility, packages, preflight, supervision
from app.core.cli import backups, imports, procedure, revision, setup
from app.core.database import db


def register(app: Flask) -> None:
    """Add the commands to ``flask --app run``."""
    with app.app_context():
        revision.install(db.engine)
    for command in (
        *setup.COMMANDS,
        *backups.COMMANDS,
        *batches.COMMANDS,
        *calendar.COMMANDS,
        *checking.COMMANDS,
        *eligibility.COMMANDS,
        *imports.COMMANDS,
        *packages.COMMANDS,
        *preflight.COMMANDS,
        *procedure.COMMANDS,
        *supervision.COMMANDS,
    ):
        app.cli.add_command(command)
