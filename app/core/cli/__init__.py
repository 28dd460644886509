"""Which commands does every product on this core have, and what do all commands share?

Commands act for a given user, answer as text or JSON, and fail in Chinese with an exit code for
scripts. On a database of another version they refuse to run.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask

from app.core.cli import backups, imports, procedure, revision, setup
from app.core.database import db

COMMANDS = (*setup.COMMANDS, *backups.COMMANDS, *imports.COMMANDS, *procedure.COMMANDS)


def register(app: Flask, commands: Iterable[Any]) -> None:
    """Add the core's and the product's commands; requires an application context."""
    revision.install(db.engine)
    for command in (*COMMANDS, *commands):
        app.cli.add_command(command)
