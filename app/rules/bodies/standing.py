"""May a body act on this day although its registration has been stopped or has run out?"""

from __future__ import annotations

from datetime import date

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import shown_day
from app.rules.bodies.approved_scope import BodyFacts, is_in_force

BODY_STOPPED_SINCE = Rule(
    "body_stopped_since",
    "备案上网、核发证书时评价机构未被暂停、注销；已被暂停、注销的，办理人确认并写明理由",
    "standing_problems",
    clause="流程七",
    basis=INFERRED,
    severity="caution",
    number="7-33",
)
BODY_EXPIRED_SINCE = Rule(
    "body_expired_since",
    "备案上网、核发证书时评价机构的备案在有效期内；已过有效期的，办理人确认并写明理由",
    "standing_problems",
    clause="流程七",
    basis=INFERRED,
    severity="caution",
    number="7-34",
)


def standing_problems(body: BodyFacts, today: date) -> list[Problem]:
    """Return the cautions about a body that examined while it was allowed to.

    What it did then may be completed, but not without somebody who knows and says why.
    """
    found = []
    if not body.registered:
        message = f"“{body.name}”的备案现在已暂停或注销"
        found.append(BODY_STOPPED_SINCE.broken(message, field="body"))
    if not is_in_force(body.valid_from, body.valid_to, today):
        until = f"，有效期到{shown_day(body.valid_to)}止" if body.valid_to is not None else ""
        message = f"“{body.name}”的备案{shown_day(today)}不在有效期内{until}"
        found.append(BODY_EXPIRED_SINCE.broken(message, field="body"))
    return found
