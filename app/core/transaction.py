"""Where does an act begin and end, so that all of it is committed or nothing?

An act opens a ``transaction``; the functions below it only write, and an act that is part of
another joins its transaction. Nothing else commits or rolls back. Opening takes no lock: reading
and judging keep no one waiting, and the first statement that writes waits for its turn
(``app.core.database``).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.orm.exc import StaleDataError

from app.core import audit, scope
from app.core.declarations.limits import broken_limit
from app.core.errors import AppError, RulesBroken, Stale
from app.core.roles import Actor
from app.core.scope import AnySession

SAVED_MEANWHILE = "这条记录刚刚被别人保存过，请刷新后核对再保存"
_OPEN = "transaction"


class _Open:
    """An act in progress; ``broken`` once a part of it has failed."""

    broken = False


@contextmanager
def transaction(
    session: AnySession, actor: Actor | None = None, *, operation: str = ""
) -> Iterator[None]:
    """Commit everything written inside the block, or roll it all back if it raises.

    ``actor`` is set if the act is done for someone other than the session's present actor.
    ``operation`` groups the changes as one operation of the history, e.g. ``step:submit``. Inside
    another transaction the block becomes a part of it. Raises Stale if somebody else saved one
    of the rows first, and RulesBroken if the database refuses a value as out of its limits.
    """
    own = _own(session)
    acting = nullcontext() if actor is None else scope.acting(own, actor)
    name = f"{operation}:{secrets.token_hex(6)}" if operation else ""
    with acting, audit.naming(own, name):
        if _OPEN in own.info:
            with _part(own.info[_OPEN]):
                yield
                if operation:
                    own.flush()  # now, while the changes still get this operation's name
        else:
            with _whole(own):
                yield


@contextmanager
def _part(outer: _Open) -> Iterator[None]:
    try:
        yield
    except BaseException:
        # The failed part may be half written: a caller who catches the error must not commit it.
        outer.broken = True
        raise


@contextmanager
def _whole(session: Session) -> Iterator[None]:
    session.info[_OPEN] = act = _Open()
    try:
        yield
        if act.broken:
            raise RuntimeError("a part of this transaction has failed: the rest cannot be kept")
        session.commit()
    # The version in the row is no longer the one that was read: SQLAlchemy found nothing to update.
    except StaleDataError as error:
        session.rollback()
        raise Stale(SAVED_MEANWHILE) from error
    except IntegrityError as error:
        session.rollback()
        limit = broken_limit(error)
        if limit is None:
            raise
        raise RulesBroken([limit.problem()]) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info[_OPEN]


@contextmanager
def explained(
    session: AnySession, explain: Callable[[], AppError], stale: str = SAVED_MEANWHILE
) -> Iterator[None]:
    """Raise the error from ``explain`` if the database refuses what the block writes.

    By then the savepoint, or else the whole transaction, is rolled back, so that ``explain`` can
    query for the reason. Raises Stale with the message ``stale`` if somebody else saved one of
    the rows first, and RulesBroken if a value is out of its limits.
    """
    try:
        yield
    except (IntegrityError, StaleDataError) as error:
        own = _own(session)
        savepoint = own.get_nested_transaction()
        if savepoint is not None:
            savepoint.rollback()
        else:
            own.rollback()
            if _OPEN in own.info:
                own.info[_OPEN].broken = True
        raise _explanation(error, explain, stale) from error


def _explanation(error: Exception, explain: Callable[[], AppError], stale: str) -> AppError:
    if isinstance(error, StaleDataError):
        return Stale(stale)
    limit = broken_limit(error)
    return explain() if limit is None else RulesBroken([limit.problem()])


def abandon(session: AnySession) -> None:
    """Roll back what was read or begun outside of an act, e.g. on a broken connection.

    For requests and commands that end in an error, and before a retry. Raises RuntimeError inside
    an act, which must end where it began.
    """
    own = _own(session)
    if _OPEN in own.info:
        raise RuntimeError("an act is under way: it ends where it was begun")
    own.rollback()


def _own(session: AnySession) -> Session:
    return session() if isinstance(session, scoped_session) else session
