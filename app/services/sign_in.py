"""Is this the password of this user, and may the user come in now?"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from secrets import token_hex

from sqlalchemy import case, func, select, update
from werkzeug.security import check_password_hash, generate_password_hash

from app import clock
from app.models import AppUser
from app.scope import AnySession

FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)

#: One answer to every failure: it must not tell which user names exist.
REFUSAL = (
    "用户名或密码不对，或者帐号已停用、已锁定。"
    f"连续 {FAILURES} 次输错密码，帐号锁定 {LOCKED_FOR.seconds // 60} 分钟。"
)


def sign_in(session: AnySession, username: str, password: str) -> AppUser | None:
    """The user whose name and password these are; None if not, or if inactive or locked.

    Counts the failures of the account and locks it after five. Commits. Takes the same time and
    the same statements whether or not the user exists.
    """
    user = find(session, username)
    expected = (user.password if user is not None else None) or _decoy()
    right = check_password_hash(expected, password)
    if user is None or not user.active or is_locked(user):
        _write(session, 0 if user is None else user.id, {"login_count": AppUser.login_count})
        return None
    _write(session, user.id, _success() if right else _failure())
    return user if right else None


def find(session: AnySession, username: str) -> AppUser | None:
    """The user of that name, written in capitals or not."""
    if not username or "\x00" in username:
        return None
    return session.scalar(
        select(AppUser)
        .where(func.lower(AppUser.username) == username.strip().lower())
        .execution_options(unscoped=True)
    )


def is_locked(user: AppUser) -> bool:
    """Whether too many wrong passwords keep the account shut at this moment."""
    return user.locked_until is not None and user.locked_until > clock.now()


@cache
def _decoy() -> str:
    return generate_password_hash(token_hex())


def _success() -> dict[str, object]:
    return {
        "fail_login_count": 0,
        "locked_until": None,
        "login_count": func.coalesce(AppUser.login_count, 0) + 1,
        "last_login": clock.now(),
    }


def _failure() -> dict[str, object]:
    # Counted by the database: two attempts at the same moment are two failures.
    now = clock.now()
    expired = AppUser.locked_until <= now
    failed = case((expired, 1), else_=func.coalesce(AppUser.fail_login_count, 0) + 1)
    return {
        "fail_login_count": failed,
        "locked_until": case((failed >= FAILURES, now + LOCKED_FOR), else_=None),
    }


def _write(session: AnySession, user_id: int, values: dict[str, object]) -> None:
    session.execute(
        update(AppUser)
        .where(AppUser.id == user_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.commit()
