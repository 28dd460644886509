"""Is this database for practice, and which day does it take for today?

Most deadlines of a procedure are days or weeks apart. In a database that is marked as practice the
day can be chosen, so that the whole way is walked in one sitting. The mark is set when the demo is
laid into an empty database, and never on one with real data.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import AppError
from app.core.scope import AnySession
from app.core.tables import Installation
from app.core.transaction import transaction

#: The only key of the table.
ONLY = 1
#: Outside these years no procedure is walked, and a slip of the keyboard is likely.
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
NOT_FOR_PRACTICE = (
    "这不是练习用的数据库，日期以真实日期为准，不能更改。"
    "要练习，请另建一个空数据库，用 flask --app run seed --demo 载入演示中心。"
)
OUT_OF_RANGE = f"练习日期须在 {FIRST} 至 {LAST} 之间，请重新填写。"


def is_practice(session: AnySession) -> bool:
    """Return whether the database is marked as practice."""
    return bool(session.scalar(select(Installation.practice).where(Installation.id == ONLY)))


def day(session: AnySession) -> date | None:
    """Return the day that a practice database takes for today; None for the real day."""
    chosen = select(Installation.practice_day).where(Installation.id == ONLY, Installation.practice)
    found: date | None = session.scalar(chosen)
    return found


def mark(session: AnySession) -> None:
    """Mark the database as practice; it stays so."""
    with transaction(session):
        _row(session).practice = True


def choose_day(session: AnySession, chosen: date | None) -> None:
    """Let everybody's today be ``chosen``, or the real day if None.

    Raises AppError if the database is not for practice, or for a day that is certainly a slip.
    """
    if chosen is not None and not FIRST <= chosen <= LAST:
        raise AppError(OUT_OF_RANGE)
    with transaction(session):
        row = _row(session)
        if not row.practice:
            raise AppError(NOT_FOR_PRACTICE)
        row.practice_day = chosen


def _row(session: AnySession) -> Installation:
    found = session.get(Installation, ONLY)
    if found is None:
        found = Installation(id=ONLY, practice=False)
        session.add(found)
    return found


def looked_up(engine: Engine) -> bool:
    """Return whether the database is for practice; False while it has no such table yet."""
    if not inspect(engine).has_table(Installation.__tablename__):
        return False
    with Session(engine) as session:
        return is_practice(session)


@contextmanager
def days_of(session: AnySession) -> Iterator[None]:
    """Set the clock to the practice day, if there is one and no other day was set already."""
    if clock.is_set():
        yield
        return
    with clock.set_to(day(session)):
        yield
