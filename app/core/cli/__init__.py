"""Which commands does every product on this core have, and what do all commands share?

Commands say who acts, answer as text or JSON, and refuse in Chinese with an exit code that a
script can tell apart. A database of another version is met with a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask

from app.core.cli import backups, imports, procedure, revision, setup
from app.core.database import db

COMMANDS = (*setup.COMMANDS, *backups.COMMANDS, *imports.COMMANDS, *procedure.COMMANDS)


def register(app: Flask, commands: Iterable[Any]) -> None:
    """Add the core's commands and a product's own; runs inside the application's context."""
    revision.install(db.engine)
    for command in (*COMMANDS, *commands):
        app.cli.add_command(command)
