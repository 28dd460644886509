"""Who makes a request, what may they do, and how is an error answered?

The visitor is identified before anything else, and the session acts for them. What a role may do is
declared in the code. Every kind of error has one status and one page.
"""

from __future__ import annotations

from flask import Flask
from flask_appbuilder import AppBuilder
from sqlalchemy.orm import configure_mappers

from app.core.accounts import acting
from app.core.database import db
from app.core.roles import Actor
from app.core.security import answers, commands, headers, once, reading
from app.core.security.framework import AppSecurityManager
from app.core.security.visitor import current_actor

__all__ = ["AppSecurityManager", "actor_for", "current_actor", "install", "prepare"]


def prepare(app: Flask) -> None:
    """Set up how requests are read; must come before the framework adds its routes."""
    reading.install(app)


def install(app: Flask, _builder: AppBuilder) -> None:
    """Add headers to every answer and Chinese pages to every error; grants no rights."""
    configure_mappers()
    headers.install(app)
    answers.install(app)
    once.install(app)
    commands.refuse_tables_past_migrations(db.metadata)


def actor_for(username: str, source: str = "cli") -> Actor:
    """Return the actor of a user name, for commands; raises NotFound."""
    return acting.actor_for(db.session, username, source)
