"""Is this the user's password, and may the user sign in now?"""

from __future__ import annotations

import logging
from collections import deque
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from secrets import token_hex

from sqlalchemy import case, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.security import check_password_hash, generate_password_hash

from app.core import audit, clock, scope
from app.core.database import is_busy
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables.user import ACCOUNT, BaseUser, user_class
from app.core.transaction import transaction

log = logging.getLogger(__name__)

FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)

#: Recorded in the history for an unknown user name.
UNKNOWN = "（没有这个用户名）"

#: The same answer to every failure, so that it does not reveal which user names exist.
REFUSAL = (
    "用户名或密码不对，或者帐号已停用、已锁定。"
    f"连续 {FAILURES} 次输错密码，帐号锁定 {LOCKED_FOR.seconds // 60} 分钟。"
)


#: Successful sign-ins that could not be recorded yet: user id, name and time.
_unwritten: deque[tuple[int, str, datetime]] = deque()


def sign_in(session: AnySession, username: str, password: str) -> BaseUser | None:
    """Return the user with this name and password; None if wrong, inactive or locked.

    Failures are counted, and five lock the account. Time and statements are the same whether or
    not the user exists. If the database stays busy, a right password is accepted all the same
    and recorded later, but a wrong one raises: uncounted guesses must not be possible.
    """
    user = find(session, username)
    expected = (user.password if user is not None else None) or _decoy()
    # Checked in every case, with a decoy where there is no user: the time must not tell.
    right = check_password_hash(expected, password)
    if user is None or not user.active or is_locked(user):
        _write(session, user, {"login_count": user_class().login_count}, came_in=False)
        return None
    if not right:
        _write(session, user, _failure(), came_in=False)
        return None
    user_id, name = user.id, user.get_full_name()
    try:
        _write(session, user, _success(), came_in=True)
    except SQLAlchemyError as error:
        if not is_busy(error):
            raise
        _unwritten.append((user_id, name, clock.real()))
        log.warning("user %s came in, which the trail does not say yet: database busy", user_id)
    return user


def find(session: AnySession, username: str) -> BaseUser | None:
    """Return the user of that name, ignoring case."""
    if not username or "\x00" in username:
        return None
    return session.scalar(
        select(user_class())
        .where(func.lower(user_class().username) == username.strip().lower())
        # The actor, and with it the scope, is only known after this.
        .execution_options(unscoped=True)
    )


def is_locked(user: BaseUser) -> bool:
    """Return whether the account is locked now because of wrong passwords."""
    return user.locked_until is not None and user.locked_until > clock.real()


@cache
def _decoy() -> str:
    return generate_password_hash(token_hex())


def _success() -> dict[str, object]:
    return {
        "fail_login_count": 0,
        "locked_until": None,
        "login_count": func.coalesce(user_class().login_count, 0) + 1,
        "last_login": clock.real(),
    }


def _failure() -> dict[str, object]:
    # Counted in SQL, so that two simultaneous attempts count as two failures.
    now = clock.real()
    expired = user_class().locked_until <= now
    failed = case((expired, 1), else_=func.coalesce(user_class().fail_login_count, 0) + 1)
    return {
        "fail_login_count": failed,
        "locked_until": case((failed >= FAILURES, now + LOCKED_FOR), else_=None),
    }


def _write(
    session: AnySession, user: BaseUser | None, values: dict[str, object], *, came_in: bool
) -> None:
    """Record an attempt in the account and the history, and the late ones as well."""
    user_id, name = (user.id, user.get_full_name()) if user is not None else (0, UNKNOWN)
    late = _take_unwritten()
    counted: dict[str, object] = {"login_count": func.coalesce(user_class().login_count, 0) + 1}
    try:
        with transaction(session):
            _put(session, user_id, name, values, came_in=came_in)
            for one_id, one_name, at in late:
                noted = {"登录时间": [None, f"{at}"]}
                _put(session, one_id, one_name, counted, came_in=True, noted=noted)
    except BaseException:
        # Back to the front and in their order: the next attempt writes them.
        _unwritten.extendleft(reversed(late))
        raise


def _take_unwritten() -> list[tuple[int, str, datetime]]:
    """Take the late lines, each for one caller only: several people sign in at a time."""
    taken = []
    with suppress(IndexError):
        while True:
            taken.append(_unwritten.popleft())
    return taken


def _put(
    session: AnySession,
    user_id: int,
    name: str,
    values: dict[str, object],
    *,
    came_in: bool,
    noted: dict[str, list[str | None]] | None = None,
) -> None:
    session.execute(
        update(user_class())
        .where(user_class().id == user_id)
        .values(**values)
        # The values are SQL expressions, which the session could not compute for loaded users.
        .execution_options(synchronize_session=False)
    )
    # A failure is no act of the user; the name typed may be a password, so it is not recorded.
    who = Actor(user_id, name, name) if came_in else Actor(None, "", "")
    with scope.acting(session, who):
        kind = "login" if came_in else "denied"
        audit.write(session, ACCOUNT, kind, [(user_id, name, noted or {})])
