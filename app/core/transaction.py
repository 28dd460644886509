"""Where does an act begin and end? The one place that commits and rolls back.

An act opens ``transaction``; what it consists of only writes, and an act done as a part of another
joins it. Opening takes no lock: whoever reads and judges first keeps nobody waiting, and the first
statement that writes waits for its turn (``app.core.database``).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.orm.exc import StaleDataError

from app.core import audit, scope
from app.core.errors import AppError, Stale
from app.core.roles import Actor
from app.core.scope import AnySession

SAVED_MEANWHILE = "这条记录刚刚被别人保存过，请刷新后核对再保存"
_OPEN = "transaction"


class _Open:
    """An act under way; ``broken`` once a part of it has failed."""

    broken = False


@contextmanager
def transaction(
    session: AnySession, actor: Actor | None = None, *, operation: str = ""
) -> Iterator[None]:
    """Keep all that is written inside the block, or nothing of it whatever was raised.

    ``actor`` is whose act it is, where that is not whom the session acts for already. ``operation``
    names what is changed as one operation of the history, as in ``step:submit``. Inside another
    transaction the block is a part of that one. Raises Stale where somebody else saved a row first.
    """
    own = _own(session)
    acting = nullcontext() if actor is None else scope.acting(own, actor)
    name = f"{operation}:{secrets.token_hex(6)}" if operation else ""
    with acting, audit.naming(own, name):
        if _OPEN in own.info:
            with _part(own.info[_OPEN]):
                yield
                if operation:
                    own.flush()  # while its lines still carry the name
        else:
            with _whole(own):
                yield


@contextmanager
def _part(outer: _Open) -> Iterator[None]:
    try:
        yield
    except BaseException:
        # Half of a part is there: whoever goes on all the same must not keep it.
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
    except StaleDataError as error:
        session.rollback()
        raise Stale(SAVED_MEANWHILE) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info[_OPEN]


@contextmanager
def explained(
    session: AnySession, explain: Callable[[], AppError], stale: str = SAVED_MEANWHILE
) -> Iterator[None]:
    """Raise what ``explain`` gives where the database objects to what the block writes.

    What the savepoint, or else the whole transaction, had written is gone by then: ``explain`` may
    ask the database what stands in the way. Raises Stale, in the words ``stale``, where somebody
    else saved a row first.
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
        told = Stale(stale) if isinstance(error, StaleDataError) else explain()
        raise told from error


def abandon(session: AnySession) -> None:
    """Let go of what was read or begun outside of any act, and of a connection that is broken.

    For requests and commands that end in a refusal, and before what was broken off is tried again.
    """
    own = _own(session)
    if _OPEN in own.info:
        raise RuntimeError("an act is under way: it ends where it was begun")
    own.rollback()


def _own(session: AnySession) -> Session:
    return session() if isinstance(session, scoped_session) else session
