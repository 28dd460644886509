"""What must not be deleted by hand, and until when?"""

from __future__ import annotations

from collections.abc import Sequence

from app.core import clock
from app.core.declarations.base import Entity
from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import Batch, BodyNumberRule
from app.rules.archive.retention import deletion_problems, keep_until
from app.services.certificates import number_rules
from app.services.reference.terms import terms


def reason(session: AnySession, item: Entity, batch: Batch | None) -> str:
    """Why the row must stay, in Chinese; empty where it may go. ``batch`` is what it hangs on."""
    return "；".join(one.message for one in _problems(session, item, batch))


def _problems(session: AnySession, item: Entity, batch: Batch | None) -> Sequence[Problem]:
    if isinstance(item, BodyNumberRule):
        return number_rules.in_use(session, item)
    if batch is None or batch.archived_on is None:
        return ()
    periods = terms()
    last = max(keep_until(batch.archived_on, kind, periods) for kind in ("paper", "electronic"))
    return deletion_problems(last, clock.today())
