"""Is the time of a new step later than that of the record's last one?"""

from __future__ import annotations

from datetime import datetime

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule

STEP_ORDER = Rule(
    "step_order",
    "后一步的办理时间不早于前一步；服务器时钟被拨回时不办理",
    "order_problems",
    basis=INFERRED,
    number="0-11",
)


def order_problems(last: datetime | None, now: datetime, *, by_day: bool) -> list[Problem]:
    """Return the problem if a step at ``now`` would precede the ``last`` one.

    ``by_day`` compares dates only: with a date set by command, the time of day means nothing.
    """
    if last is None or (now.date() >= last.date() if by_day else now >= last):
        return []
    pattern = "%Y-%m-%d" if by_day else "%Y-%m-%d %H:%M:%S"
    message = (
        f"现在的时间 {now.strftime(pattern)} 早于上一步的办理时间 {last.strftime(pattern)}，"
        "服务器的时钟可能被拨回，请联系系统管理员核对时钟后再办理"
    )
    return [STEP_ORDER.broken(message)]
