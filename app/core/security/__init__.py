"""Who is asking, what may they do here, and how is a refusal worded?

Nobody acts unnamed: the visitor is found before anything else, and the session knows them. What
a role may do is read from the code, and every refusal has one number and one page.
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
    """Say how requests are read; before the framework adds its routes."""
    reading.install(app)


def install(app: Flask, _builder: AppBuilder) -> None:
    """Put headers on every answer and Chinese words on every refusal; opens no gate."""
    configure_mappers()
    headers.install(app)
    answers.install(app)
    once.install(app)
    commands.refuse_tables_past_migrations(db.metadata)


def actor_for(username: str, source: str = "cli") -> Actor:
    """The actor behind a user name, for commands; raises NotFound."""
    return acting.actor_for(db.session, username, source)
