"""Does an account have the place that its role requires: a body, or a centre of which level?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.roles import TITLES
from app.core.rule import CENTRE as OWN
from app.core.rule import Rule
from app.roles import AUDITOR, BODY_CLERK, CENTRE, CITY, PROVINCE

ACCOUNT_CENTRE = Rule(
    "account_centre",
    "中心的人员和审计员属于一个层级相符的中心",
    "place_problems",
    basis=OWN,
    number="0-15",
)
ACCOUNT_BODY = Rule(
    "account_body",
    "评价机构的经办属于一个评价机构，其他人不属于",
    "place_problems",
    basis=OWN,
    number="0-16",
)


def place_problems(role: str, level: str, *, has_body: bool) -> list[Problem]:
    """Return the problem with a role's place; ``level`` is the centre's, '' without a centre."""
    title = TITLES[role]
    if role == BODY_CLERK:
        if has_body and not level:
            return []
        message = f"{title}须选择所属的评价机构，不选中心"
        return [ACCOUNT_BODY.broken(message, field="body")]
    if has_body:
        message = f"{title}不属于评价机构，请把评价机构清空"
        return [ACCOUNT_BODY.broken(message, field="body")]
    wanted = "省级" if role in PROVINCE else "市级" if role in CITY else ""
    fits = level == {"省级": "province", "市级": "city", "": level}[wanted]
    if fits and (level or role not in CENTRE | {AUDITOR}):
        return []
    message = f"{title}须选择所属的{wanted}中心"
    return [ACCOUNT_CENTRE.broken(message, field="centre")]
