"""Which fixtures does every test know? The database's and the fonts'; others stand in folders."""

from __future__ import annotations

from tests.database import (
    app,
    client,
    context,
    database,
    database_server,
    database_url,
    empty_database,
    no_trace,
    session,
)
from tests.typefaces import boxes_will_do

__all__ = [
    "app",
    "boxes_will_do",
    "client",
    "context",
    "database",
    "database_server",
    "database_url",
    "empty_database",
    "no_trace",
    "session",
]
