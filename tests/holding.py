"""How does somebody else hold the whole database, as a backup or another program would?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


@contextmanager
def held_by_others(url: str) -> Iterator[None]:
    """Nobody else can write inside the block, everybody can read.

    Fails where the product itself holds what others want for longer than an ordinary write.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(address.database), timeout=2)) as lite:
            lite.isolation_level = None
            lite.execute("BEGIN IMMEDIATE")
            yield
            lite.execute("ROLLBACK")
        return
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as other:
        names = [sql.Identifier(name) for (name,) in other.execute(TABLES).fetchall()]
        lock = sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE NOWAIT").format(sql.SQL(", ").join(names))
        other.execute(lock)
        yield
        other.rollback()
