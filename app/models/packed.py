"""Under which name does migration 0015 unpack shared lines? It has landed and is never edited."""

from __future__ import annotations

from app.core.tables.packed import lines_of

__all__ = ["lines_of"]
