"""Is this account complete and allowed, and is this password good enough?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.roles import TITLES
from app.core.rule import CENTRE as OWN
from app.core.rule import Rule

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128

PASSWORD_LENGTH = Rule(
    "password_length", "密码不少于10个字符", "password_problems", basis=OWN, number="0-01"
)
PASSWORD_KINDS = Rule(
    "password_kinds", "密码同时含有字母和数字", "password_problems", basis=OWN, number="0-02"
)
PASSWORD_USERNAME = Rule(
    "password_username", "密码不含用户名", "password_problems", basis=OWN, number="0-03"
)
PASSWORD_SAME = Rule(
    "password_same", "新密码与原密码不同", "new_password_problems", basis=OWN, number="0-04"
)
ACCOUNT_NAME = Rule(
    "account_name", "帐号有用户名和姓名", "account_problems", basis=OWN, number="0-05"
)
ACCOUNT_ROLE = Rule(
    "account_role", "帐号有一个已知的角色", "account_problems", basis=OWN, number="0-06"
)
ACCOUNT_TAKEN = Rule(
    "account_taken", "用户名和电子邮箱不与他人相同", "taken_problems", basis=OWN, number="0-07"
)
ACCOUNT_SELF = Rule(
    "account_self",
    "系统管理员不停用自己、不取消自己的管理员角色",
    "self_problems",
    basis=OWN,
    number="0-08",
)


def password_problems(password: str, username: str) -> list[Problem]:
    """Return all problems with a password."""
    found: list[Problem] = []
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        message = f"密码须有 {SHORTEST_PASSWORD} 到 {LONGEST_PASSWORD} 个字符"
        found.append(PASSWORD_LENGTH.broken(message, field="password"))
    if not (any(map(str.isalpha, password)) and any(map(str.isdecimal, password))):
        found.append(PASSWORD_KINDS.broken("密码须同时含有字母和数字", field="password"))
    if username and username.lower() in password.lower():
        found.append(PASSWORD_USERNAME.broken("密码中不能含有用户名", field="password"))
    return found


def new_password_problems(password: str, old: str, username: str) -> list[Problem]:
    """Return all problems with a password that its owner chose to replace ``old``."""
    found = password_problems(password, username)
    if password == old:
        found.append(PASSWORD_SAME.broken("新密码不能与原密码相同", field="password"))
    return found


def account_problems(username: str, name: str, role: str) -> list[Problem]:
    """Return all problems with an account's user name, name and role."""
    found: list[Problem] = []
    if not _sound_username(username):
        message = "用户名须由 3 到 64 个英文字母、数字或 . _ - 组成"
        found.append(ACCOUNT_NAME.broken(message, field="username"))
    if not name:
        found.append(ACCOUNT_NAME.broken("请填写姓名", field="name"))
    if role not in TITLES:
        found.append(ACCOUNT_ROLE.broken("请选择一个角色", field="role"))
    return found


def taken_problems(what: str, field: str, *, taken: bool) -> list[Problem]:
    """Return the problem if a user name or address (``what``) is already taken."""
    if not taken:
        return []
    return [ACCOUNT_TAKEN.broken(f"{what}已有人使用，请换一个", field=field)]


def self_problems(*, own: bool, stays_admin: bool, stays_open: bool) -> list[Problem]:
    """Return the problem if administrators would lock themselves out; at most one."""
    if own and not stays_open:
        return [ACCOUNT_SELF.broken("不能停用自己的帐号")]
    if own and not stays_admin:
        message = "不能取消自己的系统管理员角色，请由另一位系统管理员办理"
        return [ACCOUNT_SELF.broken(message, field="role")]
    return []


def _sound_username(username: str) -> bool:
    plain = username.replace(".", "").replace("_", "").replace("-", "")
    return 3 <= len(username) <= 64 and plain.isascii() and plain.isalnum()
