"""For what and for how long may an API key be made?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.refusals.changes import KEY_NAME
from app.core.rule import CENTRE, Rule

#: For how many days a key may be good, and for how many it is when nothing else is said.
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
    """All that stands against a key for that use and so many days."""
    found: list[Problem] = []
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        found.append(KEY_NAME.of(field="name", most=LONGEST_NAME))
    if not 1 <= days <= LONGEST_DAYS:
        found.append(KEY_DAYS.broken(f"有效期请填 1 到 {LONGEST_DAYS} 天", field="days"))
    return found
