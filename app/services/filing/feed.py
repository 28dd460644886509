"""At which address does a user's calendar program read the deadlines of the batches in scope?

The address contains a random secret. Only its digest is stored, so that a copy of the database
does not give access to anyone's calendar.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from app.core import clock, scope
from app.core.accounts import acting
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.models import Batch, CalendarFeed
from app.services.filing import deadlines
from app.services.filing.deadlines import Due
from app.services.filing.feed_file import DayEvent, write_calendar

NAME = "职业技能等级认定办理期限"
#: The feed holds at most this many batches, earliest due first, and drops those overdue for
#: longer than ``LOOKED_BACK``.
MOST = 500
LOOKED_BACK = timedelta(days=90)
_SECRET_BYTES = 32
_LONGEST = 100


def feed_of(session: AnySession, user_id: int) -> CalendarFeed | None:
    """Return the user's calendar feed, or None where they have none."""
    return session.scalar(select(CalendarFeed).where(CalendarFeed.user_id == user_id))


def renew(session: AnySession, user_id: int) -> str:
    """Give the user's calendar a new address, which invalidates the old one.

    Return the secret part of the address. It cannot be read again later.
    """
    word = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction(session):
        session.execute(delete(CalendarFeed).where(CalendarFeed.user_id == user_id))
        session.add(CalendarFeed(user_id=user_id, digest=_digest(word), made_at=clock.now()))
    return word


def revoke(session: AnySession, user_id: int) -> None:
    """Delete the user's calendar feed; its address stops working."""
    with transaction(session):
        session.execute(delete(CalendarFeed).where(CalendarFeed.user_id == user_id))


def reader_of(session: AnySession, word: str) -> Actor | None:
    """Return the actor for whom the secret ``word`` reads.

    None where no feed has that secret or the account is inactive.
    """
    if not word or len(word) > _LONGEST:
        return None
    user_id = session.scalar(
        select(CalendarFeed.user_id).where(CalendarFeed.digest == _digest(word))
    )
    user = acting.user_by_id(session, user_id) if user_id is not None else None
    if user is None or not user.active:
        return None
    return acting.actor_of(user, source="feed")


def calendar_of(session: AnySession, actor: Actor, link: Callable[[Batch], str]) -> bytes:
    """Return the open deadlines of the batches in the actor's scope as an iCalendar file.

    ``link`` maps a batch to the URL of its page. Runs a fixed number of SQL statements.
    """
    today = clock.today()
    with scope.acting(session, actor):
        batches = session.scalars(
            select(Batch)
            .where(Batch.next_due >= today - LOOKED_BACK)
            .options(joinedload(Batch.body))
            .order_by(Batch.next_due, Batch.id)
            .limit(MOST)
        ).all()
        found = deadlines.of_batches(session, batches)
        events = [
            _event(one, one.deadline.due, link)
            for one in found
            if one.deadline.due is not None and one.standing.kind in ("due", "overdue")
        ]
        return write_calendar(NAME, events)


def _event(one: Due, day: date, link: Callable[[Batch], str]) -> DayEvent:
    batch, deadline = one.batch, one.deadline
    return DayEvent(
        uid=f"batch-{batch.id}-{deadline.key}@skills-backoffice",
        day=day,
        title=f"{deadline.label}：{batch.no} {batch.name}",
        text=f"{batch.body.name}\n{deadline.basis}\n依据：{deadline.clause}",
        link=link(batch),
        version=batch.version,
        changed=batch.changed_at or batch.created_at,
    )


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
