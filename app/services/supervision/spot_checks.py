"""Which batches does the province check unannounced, drawn at random and verifiably?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from secrets import token_hex

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.errors import NotPermitted, Problem, RulesBroken
from app.core.records import record
from app.core.records.numbering import next_number
from app.core.roles import Actor, may_write
from app.core.scope import AnySession
from app.core.tables import Step
from app.core.transaction import transaction
from app.models import Batch, Centre, Complaint, Inspection, SpotCheckDraw, SpotCheckEntry
from app.rules.supervision.draw import Drawn, Lot, Weights, draw, draw_problems, redrawn_problems

#: How far back complaints and orders to rectify count, in days.
LOOKED_BACK = 731
#: States of a batch whose examination is due or under way.
TO_BE_CHECKED = ("filed", "examining")
SPOT_CHECK = "spot_check"


@dataclass(frozen=True)
class Wish:
    """Parameters of a draw: exam days from first to last, number of batches, weights.

    A blank ``seed`` is replaced by a random one. The seed of an earlier draw repeats its result.
    """

    first: date | None
    last: date | None
    wanted: int
    seed: str = ""
    weights: Weights = field(default_factory=Weights)


def make(session: AnySession, actor: Actor, wish: Wish) -> SpotCheckDraw:
    """Draw batches, store the draw and plan an inspection of each chosen batch.

    Raises NotPermitted except for the province, and RulesBroken for unusable parameters.
    """
    if not may_write(actor, SpotCheckDraw.__area__):
        raise NotPermitted("抽查由省中心抽取，您的角色不能抽取")
    seed = wish.seed.strip() or token_hex(8)
    batches = population(session, wish.first, wish.last)
    problems = draw_problems(wish.first, wish.last, wish.wanted, len(batches), seed, wish.weights)
    if problems or wish.first is None or wish.last is None:
        raise RulesBroken(problems)
    lots = _lots(session, batches)
    by_number = {batch.no: batch for batch in batches}
    with transaction(session, actor):
        made = SpotCheckDraw(
            no=next_number(session, f"CC-{clock.today().year}"),
            centre=_province(session),
            drawn_on=clock.today(),
            first_day=wish.first,
            last_day=wish.last,
            wanted=wish.wanted,
            population=len(batches),
            seed=seed,
            complaint_weight=wish.weights.complaint,
            finding_weight=wish.weights.finding,
        )
        session.add(made)
        for one in draw(lots, seed, wish.wanted, wish.weights):
            batch = by_number[one.lot.batch_no]
            session.add(_entry(made, batch, one, _planned(session, actor, made, batch, one)))
    return made


def population(session: AnySession, first: date | None, last: date | None) -> list[Batch]:
    """Return the batches that can be drawn, by number.

    They are filed or examining, have an exam day in the period and no spot check planned yet.
    """
    if first is None or last is None:
        return []
    ends = func.coalesce(Batch.exam_end, Batch.exam_date)
    planned = select(Inspection.batch_id).where(
        Inspection.kind == SPOT_CHECK, Inspection.state == "planned"
    )
    found = (
        select(Batch)
        .where(Batch.state.in_(TO_BE_CHECKED), Batch.exam_date <= last, ends >= first)
        .where(Batch.id.not_in(planned))
        .order_by(Batch.no)
    )
    return list(session.scalars(found))


def verify(session: AnySession, made: SpotCheckDraw) -> list[Problem]:
    """Recompute the draw from its record; return what differs."""
    entries = session.scalars(
        select(SpotCheckEntry)
        .where(SpotCheckEntry.draw_id == made.id)
        .options(joinedload(SpotCheckEntry.batch))
        .order_by(SpotCheckEntry.rank)
    ).all()
    recorded = [
        Drawn(
            Lot(one.batch.no, one.complaints, one.findings),
            one.rank,
            one.weight,
            int(one.lot, 16),
            one.chosen,
        )
        for one in entries
    ]
    weights = Weights(made.complaint_weight, made.finding_weight)
    return redrawn_problems(recorded, made.seed, made.wanted, weights)


def _entry(
    made: SpotCheckDraw, batch: Batch, one: Drawn, inspection: Inspection | None
) -> SpotCheckEntry:
    return SpotCheckEntry(
        draw=made,
        rank=one.rank,
        batch=batch,
        complaints=one.lot.complaints,
        findings=one.lot.findings,
        weight=one.weight,
        lot=f"{one.number:016x}",
        chosen=one.chosen,
        inspection=inspection,
    )


def _planned(
    session: AnySession, actor: Actor, made: SpotCheckDraw, batch: Batch, one: Drawn
) -> Inspection | None:
    if not one.chosen:
        return None
    inspection = Inspection(
        kind=SPOT_CHECK,
        batch=batch,
        centre=made.centre,
        inspected_on=batch.exam_date,
        place=batch.place or "",
    )
    record.put(session, actor, inspection)
    return inspection


def _lots(session: AnySession, batches: Iterable[Batch]) -> list[Lot]:
    """Return the batches as lots, with recent complaints and orders against their bodies."""
    since = clock.today() - timedelta(days=LOOKED_BACK)
    complaints, found = _complaints(session, since), _orders(session, since)
    return [Lot(one.no, complaints[one.body_id], found[one.body_id]) for one in batches]


def _complaints(session: AnySession, since: date) -> Counter[int]:
    body = func.coalesce(Complaint.body_id, Batch.body_id)
    rows = session.execute(
        select(body, func.count())
        .select_from(Complaint)
        .outerjoin(Complaint.batch)
        .where(Complaint.received_on >= since)
        .where(or_(Complaint.body_id.is_not(None), Complaint.batch_id.is_not(None)))
        .group_by(body)
    )
    return Counter({key: int(count) for key, count in rows})


def _orders(session: AnySession, since: date) -> Counter[int]:
    """Count inspections since ``since`` that led to an order to rectify, by body id."""
    ordered = select(Step.record_id).where(Step.entity == "Inspection", Step.move == "order")
    rows = session.execute(
        select(Batch.body_id, func.count())
        .select_from(Inspection)
        .join(Inspection.batch)
        .where(Inspection.inspected_on >= since, Inspection.id.in_(ordered))
        .group_by(Batch.body_id)
    )
    return Counter({key: int(count) for key, count in rows})


def _province(session: AnySession) -> Centre:
    return session.scalars(select(Centre).where(Centre.level == "province")).one()
