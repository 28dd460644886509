"""For which purpose and how long may an API key be created?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.refusals.changes import KEY_NAME
from app.core.rule import CENTRE, Rule

#: The longest and the default validity of a key, in days.
LONGEST_DAYS, USUAL_DAYS = 365, 180
LONGEST_NAME = 60

KEY_DAYS = Rule(
    "key_days",
    f"接口密钥的有效期为1至{LONGEST_DAYS}天",
    "key_problems",
    basis=CENTRE,
    number="0-09",
)


def key_problems(name: str, days: int) -> list[Problem]:
    """Return all problems with a key of that name, valid for ``days``."""
    found: list[Problem] = []
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        found.append(KEY_NAME.of(field="name", most=LONGEST_NAME))
    if not 1 <= days <= LONGEST_DAYS:
        found.append(KEY_DAYS.broken(f"有效期请填 1 到 {LONGEST_DAYS} 天", field="days"))
    return found
