"""What is the next running number under a prefix?"""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.core.scope import AnySession
from app.core.tables import NumberCounter


def next_number(session: AnySession, prefix: str, width: int = 4) -> str:
    """Return the next number under ``prefix``, such as DEMO-2021-0003.

    ``width`` is the number of digits. The counter's row stays locked until the transaction ends
    and rolls back with it, so the numbers have no gaps.
    """
    return f"{prefix}-{next_value(session, prefix):0{width}d}"


def next_value(session: AnySession, prefix: str, count: int = 1) -> int:
    """Return the first of ``count`` new consecutive integers under ``prefix``."""
    if not _advance(session, prefix, count):
        try:
            # Not the session's own savepoint: that would flush rows that have not been checked yet.
            with session.connection().begin_nested():
                session.connection().execute(
                    insert(NumberCounter).values(prefix=prefix, last=count)
                )
        except IntegrityError:  # another transaction created the counter first
            _advance(session, prefix, count)
    last = session.scalar(select(NumberCounter.last).where(NumberCounter.prefix == prefix))
    return int(last or count) - count + 1


def _advance(session: AnySession, prefix: str, count: int) -> bool:
    changed = session.connection().execute(
        update(NumberCounter)
        .where(NumberCounter.prefix == prefix)
        .values(last=NumberCounter.last + count)
    )
    return changed.rowcount == 1
