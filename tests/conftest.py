"""Which fixtures and guards does every test have? Database, fonts, passwords, tree, network."""

from __future__ import annotations

from app.assembly import PRODUCT
from app.core.upkeep import readiness
from tests.database import (
    app,
    client,
    context,
    database,
    database_server,
    database_url,
    empty_database,
    no_trace,
    prepared,
    session,
    stages,
)
from tests.guards import (
    pytest_collection_finish,
    pytest_configure,
    pytest_sessionfinish,
    pytest_sessionstart,
)
from tests.passwords import quick_passwords, real_passwords
from tests.second_engine import pytest_collection_modifyitems
from tests.typefaces import boxes_will_do

# Tests name procedures, moves, sheets and revisions while they are collected.
PRODUCT.declare()
readiness.use(PRODUCT.folder / "migrations")

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
    "prepared",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_sessionfinish",
    "pytest_sessionstart",
    "quick_passwords",
    "real_passwords",
    "session",
    "stages",
]
