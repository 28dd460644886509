"""May this account be kept as it is filled in, and is this password good enough?"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import Problem
from app.core.roles import TITLES
from app.core.rule import CENTRE as OWN
from app.core.rule import Rule
from app.roles import AUDITOR, BODY_CLERK, CENTRE, CITY, PROVINCE

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128

PASSWORD_LENGTH = Rule("password_length", "密码不少于10个字符", "password_problems", basis=OWN)
PASSWORD_KINDS = Rule("password_kinds", "密码同时含有字母和数字", "password_problems", basis=OWN)
PASSWORD_USERNAME = Rule("password_username", "密码不含用户名", "password_problems", basis=OWN)
PASSWORD_SAME = Rule("password_same", "新密码与原密码不同", "new_password_problems", basis=OWN)
ACCOUNT_NAME = Rule("account_name", "帐号有用户名和姓名", "account_problems", basis=OWN)
ACCOUNT_ROLE = Rule("account_role", "帐号有一个已知的角色", "account_problems", basis=OWN)
ACCOUNT_CENTRE = Rule(
    "account_centre", "中心的人员和审计员属于一个层级相符的中心", "account_problems", basis=OWN
)
ACCOUNT_BODY = Rule(
    "account_body", "评价机构的经办属于一个评价机构，其他人不属于", "account_problems", basis=OWN
)


@dataclass(frozen=True)
class AccountFacts:
    """What an account says of its person; ``centre_level`` is empty without a centre."""

    username: str
    name: str
    role: str
    centre_level: str = ""
    has_body: bool = False


def password_problems(password: str, username: str) -> list[Problem]:
    """All that is wrong with a password, whoever chose it."""
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
    """All that is wrong with a password that its owner puts in the place of ``old``."""
    found = password_problems(password, username)
    if password == old:
        found.append(PASSWORD_SAME.broken("新密码不能与原密码相同", field="password"))
    return found


def account_problems(facts: AccountFacts) -> list[Problem]:
    """All that is wrong with an account: a name, one role, and the place that the role needs."""
    found: list[Problem] = []
    if not _sound_username(facts.username):
        message = "用户名须由 3 到 64 个英文字母、数字或 . _ - 组成"
        found.append(ACCOUNT_NAME.broken(message, field="username"))
    if not facts.name:
        found.append(ACCOUNT_NAME.broken("请填写姓名", field="name"))
    if facts.role not in TITLES:
        found.append(ACCOUNT_ROLE.broken("请选择一个角色", field="role"))
        return found
    return found + _place_problems(facts)


def _sound_username(username: str) -> bool:
    plain = username.replace(".", "").replace("_", "").replace("-", "")
    return 3 <= len(username) <= 64 and plain.isascii() and plain.isalnum()


def _place_problems(facts: AccountFacts) -> list[Problem]:
    title, level = TITLES[facts.role], facts.centre_level
    if facts.role == BODY_CLERK:
        if facts.has_body and not level:
            return []
        message = f"{title}须选择所属的评价机构，不选中心"
        return [ACCOUNT_BODY.broken(message, field="body")]
    if facts.has_body:
        message = f"{title}不属于评价机构，请把评价机构清空"
        return [ACCOUNT_BODY.broken(message, field="body")]
    wanted = "省级" if facts.role in PROVINCE else "市级" if facts.role in CITY else ""
    fits = level == {"省级": "province", "市级": "city", "": level}[wanted]
    if fits and (level or facts.role not in CENTRE | {AUDITOR}):
        return []
    message = f"{title}须选择所属的{wanted}中心"
    return [ACCOUNT_CENTRE.broken(message, field="centre")]
