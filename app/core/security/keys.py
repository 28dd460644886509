"""Which program acts for which user, according to its API key?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app, g

from app.core import audit, clock
from app.core.accounts import acting
from app.core.accounts.key_rules import key_problems
from app.core.database import db
from app.core.errors import NotFound, RulesBroken
from app.core.tables.user import ACCOUNT, BaseUser


def holder() -> BaseUser | None:
    """Return the user whose API key this request sends, or None; found once per request."""
    if "key_holder" not in g:
        written = _manager().extract_api_key_from_request()
        known = None if written is None else _manager().validate_api_key(written)
        g.key_holder = None if known is None else acting.user_by_id(db.session, known.id)
    found: BaseUser | None = g.key_holder
    return found


def of(user_id: int) -> list[Any]:
    """Return the valid keys of a user, newest first."""
    return [one for one in _manager().find_api_keys_for_user(user_id) if one.is_active]


def issue(user: BaseUser, name: str, days: int) -> str:
    """Create a key and return it; only its hash is stored. Raises RulesBroken."""
    problems = key_problems(name, days)
    if problems:
        raise RulesBroken(problems)
    noted = {"接口密钥": [None, name.strip()], "有效天数": [None, days]}
    audit.write(db.session, ACCOUNT, "edit", [(user.id, user.get_full_name(), noted)])
    until = clock.real() + timedelta(days=days)
    made = _manager().create_api_key(user, name.strip(), expires_on=until)
    if made is None:
        from app.core.security import once  # which asks who is acting, and so asks for keys

        once.check()
        raise RuntimeError("the key could not be kept")
    return str(made["key"])


def revoke(user: BaseUser, uuid: str) -> None:
    """Revoke a key of this user at once; raises NotFound for a key of somebody else."""
    mine = next((one for one in of(user.id) if one.uuid == uuid), None)
    if mine is None:
        raise NotFound("没有这个接口密钥，或已经停用")
    noted = {"接口密钥": [mine.name, None]}
    audit.write(db.session, ACCOUNT, "edit", [(user.id, user.get_full_name(), noted)])
    _manager().revoke_api_key(uuid)


def _manager() -> Any:
    return current_app.extensions["appbuilder"].sm
