"""Which fixtures does every test know? The database's; what else a folder needs stands there."""

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

__all__ = [
    "app",
    "client",
    "context",
    "database",
    "database_server",
    "database_url",
    "empty_database",
    "no_trace",
    "session",
]
